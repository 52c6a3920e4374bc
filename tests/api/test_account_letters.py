"""Whoever is given an account is told of it; whoever is a head, of another head of the body."""

from datetime import timedelta

import pytest
from sqlmodel import select

from activities.correspondence.accounts.letters import AccountLetters
from activities.letters.smtp import SmtpClient
from activities.registries.local_day import local_today
from activities.service_letters.post import ServicePost
from locales.catalogue import text
from locales.terms import term
from models.settings.environment import Settings
from models.tables.bodies import OrganisationRow, OrganisationVersionRow
from models.tables.people import PersonRow
from models.tables.service_letters import ServiceLetterRow
from models.vocabulary.procedure import Language, Role
from models.vocabulary.service_letters import ServiceLetterKind, ServiceLetterOutcome
from tests.api.test_accounts import ACT, GIVEN, PATH
from tests.api.world import World
from tests.keeping import triggers_sleep
from tests.letters.conftest import post_office, smtp
from tests.letters.post_office import PostOffice, part

__all__ = ["post_office", "smtp"]
SETTINGS = Settings(public_url="http://monitoring.example.kz", mail_from="monitoring@example.kz")
ACTING = GIVEN | {"role": "head", "act": ACT}


async def gives(world: World, account: str, **changes: object) -> None:
    answer = await world.call("uo-admin", "PUT", f"{PATH}/{account}", json=GIVEN | changes)
    assert answer.status_code == 200, answer.text


async def made(world: World) -> list[tuple[str, str]]:
    """Letters written down so far: their kind, and the account they go to."""
    async with world.sessions() as session:
        rows = await session.exec(select(ServiceLetterRow).order_by(ServiceLetterRow.kind))
        return [(row.kind, row.listed[0]) for row in rows]


async def leave(world: World, smtp: SmtpClient) -> None:
    """All that is due."""
    writers = dict.fromkeys(ServiceLetterKind, AccountLetters(SETTINGS))
    post = ServicePost(world.sessions, SETTINGS, smtp, writers)
    while await post.send_next():
        pass


async def reads_in(world: World, language: Language, *people: str) -> dict[str, str]:
    """People of the registry from now on read this language; by their addresses, their names."""
    async with world.sessions() as session, session.begin():
        await triggers_sleep(session)
        rows = [await session.get_one(PersonRow, person) for person in people]
        for row in rows:
            row.language = language.value
        return {row.email: row.name for row in rows}


@pytest.mark.parametrize("language", Language)
async def test_both_heads_are_told_of_the_second_one_and_of_the_act(
    world: World, post_office: PostOffice, smtp: SmtpClient, language: Language
) -> None:
    names = await reads_in(world, language, "p-koko-analyst", "p-koko-head")
    await gives(world, "a-koko-acting", **ACTING)
    await leave(world, smtp)
    letters = {str(each["to"]): each for each in post_office.received}
    assert letters.keys() == names.keys()
    own, other = (letters[address] for address in names)
    assert own["subject"] == text(language, "account.opened.subject")
    assert other["subject"] == text(language, "account.head_beside.subject")
    for letter, way in ((own, "/sign-in"), (other, "/staff")):
        for form in ("text/plain", "text/html"):
            said = part(letter, form)
            assert str(ACT["act"]) in said
            assert f"{SETTINGS.public_url}{way}?lang={language.value}" in said
            assert "None" not in said
    acting, first = names.values()
    assert term(language, Role.HEAD) in part(own, "text/plain")
    assert acting in part(other, "text/plain")
    assert first in part(other, "text/plain")


async def test_only_what_somebody_can_do_from_now_on_is_told(world: World) -> None:
    opened = ServiceLetterKind.ACCOUNT_OPENED.value
    await gives(world, "a-koko-web")
    assert await made(world) == [(opened, "a-koko-web")]
    await gives(world, "a-koko-web", reason="Түзету")
    await gives(world, "a-koko-web", active=False)
    assert await made(world) == [(opened, "a-koko-web")], "nothing opens by it"
    await gives(world, "a-koko-web", role="analyst")
    assert await made(world) == [(opened, "a-koko-web")] * 2, "it is in use again, in another role"
    await gives(world, "a-koko-head", person="p-koko-head", role="head", reason="Түзету")
    assert len(await made(world)) == 2, "a head's already"


async def test_an_account_at_a_body_that_begins_next_month_is_told_of_by_the_name_it_will_have(
    world: World, post_office: PostOffice, smtp: SmtpClient
) -> None:
    async with world.sessions() as session, session.begin():
        newest = select(OrganisationVersionRow).where(OrganisationVersionRow.organisation == "td-koko")
        known = (await session.exec(newest)).first()
        assert known is not None
        session.add(OrganisationRow(id="td-next", code="NEXT"))
        await session.flush()
        begins = {"organisation": "td-next", "legal_person": "td-next", "name_kk": "Келесі бөлімше"}
        later = {"valid_from": local_today() + timedelta(days=30), "name_ru": "", "name_en": ""}
        session.add(OrganisationVersionRow.model_validate(known.model_dump() | begins | later))
    await gives(world, "a-next-web", organisation="td-next")
    await leave(world, smtp)
    (letter,) = post_office.received
    assert "Келесі бөлімше" in part(letter, "text/plain")


async def test_nobody_is_told_of_an_account_that_ended_before_the_letter_left(
    world: World, post_office: PostOffice, smtp: SmtpClient
) -> None:
    await gives(world, "a-koko-acting", **ACTING)
    await gives(world, "a-koko-acting", **(ACTING | {"active": False}))
    await leave(world, smtp)
    assert post_office.received == []
    async with world.sessions() as session:
        outcomes = set(await session.exec(select(ServiceLetterRow.outcome)))
    assert outcomes == {ServiceLetterOutcome.NOBODY.value}
