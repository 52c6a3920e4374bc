"""What of people is due is erased by an order and logged without it; whatever proves something stays."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import SQLModel, col, select

import operate
from activities.correspondence.digests import looking
from activities.keepers import erasing
from activities.keepers.erasing import Order, due_for_erasure, erase, people_needed_no_more
from activities.service_letters import queue
from activities.sign_in import asked, links, visits
from api.access import sessions as signed_in
from locales.terms import term
from models.settings.environment import Settings
from models.tables.accounts import AccountRow
from models.tables.alerts import AlertSubscriptionRow
from models.tables.commands import CommandRow
from models.tables.erasures import ErasureRow
from models.tables.foundings import FoundingRow
from models.tables.journal import EntryRow
from models.tables.monitorings import MonitoringRow
from models.tables.people import PersonRow
from models.tables.sessions import SessionRow
from models.tables.sign_ins import SignInLinkRow
from models.vocabulary.procedure import Language
from models.vocabulary.retention import RETENTION, Ending, Held
from tests.api.world import World
from tests.fixtures.stack import SeededDatabase
from tests.pages.reading import flaws, words

NOW = datetime.now(UTC)
DAY = timedelta(days=1)
LATER = NOW + 400 * DAY
ORDER = Order(act="№ 5 бұйрық", dated=date(2026, 2, 3))
NOBODY: frozenset[str] = frozenset(
    {
        *("file_makings", "file_schedules"),
        *(
            "asked_of_late",
            "calendar_feeds",
            "calendars",
            "councils",
            "disagreements",
            "editions",
            "foundings",
        ),
        *("heartbeats", "leads_read", "letter_preferences", "missed_moments", "numbers", "organisations"),
        *("organisation_versions", "probes", "recommendations", "registries", "searched", "spheres"),
        *("successions", "waits", "webhook_deliveries", "webhooks", "work_parts", "works"),
    }
)
"""Tables that hold nobody's data of their own: reference data, derived rows, hashes, files for minutes, and
those of registers that newer ones take the place of."""


async def somebody(world: World, known: str = "p-gone") -> None:
    async with world.sessions.begin() as session:
        session.add(PersonRow(id=known, name="Үлгі Жетпіс екінші", email="p72@example.kz"))


async def erased(world: World, now: datetime = LATER) -> dict[str, int]:
    async with world.sessions.begin() as session:
        return {row.held: row.count for row in await erase(session, ORDER, now)}


async def person(world: World, known: str = "p-gone") -> PersonRow:
    async with world.sessions() as session:
        row = await session.get(PersonRow, known)
        assert row is not None
        return row


async def test_an_address_that_leads_nowhere_is_erased_and_the_name_stays(world: World) -> None:
    await somebody(world)
    body = {"name": "Үлгі", "email": "typed@example.kz", "language": "kk", "reason": "№ 7"}
    answer = await world.call("uo-admin", "PUT", "/registry/people/p-typed", json=body)
    assert answer.status_code == 200, answer.text
    async with world.sessions() as session:
        assert "p-typed" not in await people_needed_no_more(session, NOW), "it was entered just now"
    assert set(await erased(world)) == {"person_contacts"}
    row = await person(world)
    assert (row.email, row.name) == ("", "Үлгі Жетпіс екінші")
    async with world.sessions() as session:
        (log,) = await session.exec(select(ErasureRow))
        assert {"p-gone", "p-typed"} <= set(log.people)
        assert (log.act, log.dated, log.count) == (ORDER.act, ORDER.dated, len(log.people))
        assert "@" not in log.model_dump_json()
        for command in await session.exec(select(CommandRow).where(CommandRow.name == "register_person")):
            assert "typed@example.kz" not in str(command.answer)
    assert await erased(world) == {}, "once"


async def test_whoever_is_needed_keeps_the_address(world: World) -> None:
    case = await world.started()
    async with world.sessions.begin() as session:
        row = (await session.exec(select(MonitoringRow).where(MonitoringRow.number == case.number))).one()
        row.state = {**row.state, "working_group": {"members": {"m1": {"person": "p-gone"}}}}
        session.add(row)
    await somebody(world)
    async with world.sessions() as session:
        due = await people_needed_no_more(session, LATER)
        active = set(await session.exec(select(AccountRow.person).where(col(AccountRow.active))))
    assert "p-gone" not in due
    assert not active & set(due)
    async with world.sessions.begin() as session:
        row = (await session.exec(select(MonitoringRow).where(MonitoringRow.number == case.number))).one()
        row.ended = True
        session.add(row)
    async with world.sessions() as session:
        assert "p-gone" in await people_needed_no_more(session, LATER), "the monitoring has ended"


async def test_what_proves_something_is_as_it_was(world: World) -> None:
    case = await world.started()
    await case.approved()
    await somebody(world)
    async with world.sessions() as session:
        before = [row.hash for row in await session.exec(select(EntryRow).order_by(col(EntryRow.seq)))]
    await erased(world)
    async with world.sessions() as session:
        assert [
            row.hash for row in await session.exec(select(EntryRow).order_by(col(EntryRow.seq)))
        ] == before
    check = await world.call("uo-auditor", "GET", f"{case.path}/history/check")
    assert check.status_code == 200


async def test_what_is_long_over_is_erased_and_what_is_not_stays(world: World) -> None:
    async with world.sessions.begin() as session:
        for name, at in (("old", NOW - 8 * DAY), ("new", NOW - 6 * DAY)):
            link = SignInLinkRow(
                key_sha256=name, way="link", address_sha256="x", accounts=[], way_on="/staff", expires_at=at
            )
            browser = SessionRow(sha256=name, door="pages", account="a-uo-admin", at=at, expires_at=at)
            session.add_all([link, browser])
        for name, before in (("late", NOW - DAY), ("asked", NOW + DAY)):
            row = AlertSubscriptionRow(
                id=name,
                address="r@example.kz",
                address_sha256=name,
                search={},
                search_sha256="x",
                language="kk",
                asked_at=NOW,
                confirm_before=before,
            )
            session.add(row)
    async with world.sessions() as session:
        due = await due_for_erasure(session, NOW)
    assert (due[Held.SIGN_IN_LINKS], due[Held.SESSIONS], due[Held.UNCONFIRMED_ALERTS]) == (1, 1, 1)
    done = await erased(world, NOW)
    assert (done["sign_in_links"], done["sessions"], done["unconfirmed_alerts"]) == (1, 1, 1)
    async with world.sessions() as session:
        assert list(await session.exec(select(SignInLinkRow.key_sha256))) == ["new"]
        assert list(await session.exec(select(AlertSubscriptionRow.id))) == ["asked"]


def test_the_terms_are_those_by_which_it_is_done() -> None:
    terms = {
        Held.SESSIONS: signed_in._REMEMBERED,
        Held.SIGN_IN_LINKS: links._REMEMBERED,
        Held.SIGN_IN_LETTERS: asked._REMEMBERED,
        Held.PROVIDER_VISITS: visits._REMEMBERED,
        Held.SERVICE_LETTERS: queue.REMEMBERED,
        Held.GATHERED_LETTERS: looking._REMEMBERED,
    }
    assert {held: timedelta(days=RETENTION[held].days or 0) for held in terms} == terms


def test_every_table_is_judged() -> None:
    told = {table for retention in RETENTION.values() for table in retention.tables}
    tables = set(SQLModel.metadata.tables)
    assert told <= tables
    assert tables - told == NOBODY, "say in models/vocabulary/retention.py how long it is kept, and why"
    assert {held for held in Held if RETENTION[held].ending is Ending.NEVER} >= {Held.LETTERS, Held.LOGS}


async def test_the_command_shows_what_is_due_and_erases_it_by_an_order(
    world: World, seeded_database: SeededDatabase, capsys: pytest.CaptureFixture[str]
) -> None:
    await somebody(world)
    given = Settings(database_url=seeded_database.url)
    assert await operate._erase(given, "", None) == 1
    assert "person_contacts" in capsys.readouterr().out
    assert (await person(world)).email, "shown, not erased"
    assert await operate._erase(given, ORDER.act, None) == 2
    assert await operate._erase(given, ORDER.act, (NOW + 3 * DAY).date()) == 2
    assert await operate._erase(given, ORDER.act, ORDER.dated) == 0
    assert "erased" in capsys.readouterr().out
    assert (await person(world)).email == ""
    assert await operate._erase(given, "", None) == 0
    assert "Nothing is due." in capsys.readouterr().out


@pytest.mark.parametrize("language", Language)
async def test_the_page_tells_what_is_kept_why_and_what_was_erased(world: World, language: Language) -> None:
    case = await world.started()
    await case.approved()
    await somebody(world)
    signed = await world.client.post("/sign-in", data={"token": world.tokens["uo-admin"]})
    assert signed.status_code == 303
    shown = await world.client.get("/staff/personal-data/retention", params={"lang": language.value})
    assert (shown.status_code, flaws(shown)) == (200, [])
    assert ORDER.act not in words(shown)
    await erased(world, NOW)
    shown = await world.client.get("/staff/personal-data/retention", params={"lang": language.value})
    assert (shown.status_code, flaws(shown)) == (200, [])
    assert ORDER.act in words(shown)
    assert all(term(language, held) in words(shown) for held in Held)
    assert "p72@example.kz" not in shown.text


async def test_of_a_new_installation_nobody_is_due(world: World) -> None:
    await somebody(world)
    async with world.sessions.begin() as session:
        session.add(FoundingRow(id="founding", counted_from=NOW.date(), done_before={}, at=NOW))
    async with world.sessions() as session:
        assert await people_needed_no_more(session, NOW + 364 * DAY) == []
        assert "p-gone" in await people_needed_no_more(session, LATER)


async def test_however_many_proceedings_there_are_each_is_asked(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasing, "_AT_ONCE", 1)
    for _ in range(3):
        await world.started()
    await somebody(world)
    async with world.sessions() as session:
        last = (await session.exec(select(MonitoringRow).order_by(col(MonitoringRow.workflow_id)))).all()[-1]
        last.state = {**last.state, "working_group": {"members": {"m1": {"person": "p-gone"}}}}
        session.add(last)
        await session.commit()
        assert "p-gone" not in await people_needed_no_more(session, LATER)
