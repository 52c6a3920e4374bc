"""An incident on the pages: reported, corrected, printed, and whose data it was, from the log of reads."""

import csv
import io
from datetime import timedelta

import pytest
from httpx import AsyncClient

from api.access.auth import Caller
from api.views.affected import persons_affected
from local.samples import load_country
from models.calendar.country import COUNTRY
from models.tables.deliveries import DeliveryRow
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Language, Role
from tests.fixtures.stack import SeededDatabase
from tests.pages.reading import fields, flaws, soup, words
from tests.pages.story import NOW, Story
from tests.pages.test_consolidation import signed_in
from tests.pages.test_registries import checks, records

HERE = "/staff/personal-data/incidents"
DAY = timedelta(days=1)


def typed(hours: int) -> str:
    return (NOW - timedelta(hours=hours)).astimezone(COUNTRY).strftime("%d.%m.%Y %H:%M")


INCIDENT = {
    "happened": "Хат басқа адамға жіберілген.",
    "noticed_at": typed(5),
    "kinds": "letters",
    "persons": "Екі адам",
    "consequences": "Белгісіз",
    "measures": "Мекенжай түзетілді",
    "responsible": "Үлгі Бірінші, dpo@example.kz",
}


def delivery(number: str, address: str) -> DeliveryRow:
    return DeliveryRow(
        number=number,
        letter="l1",
        attempt=1,
        kind=LetterKind.INVITATION.value,
        message_id=f"<{number}@example.kz>",
        recipient="p-public-1",
        address=address,
        language="kk",
        subject="",
        outcome="accepted",
        at=NOW,
    )


async def one_incident(browser: AsyncClient) -> str:
    """The address of the newest."""
    listed = await browser.get(f"{HERE}?lang=kk")
    assert (listed.status_code, flaws(listed)) == (200, [])
    way = soup(listed).select_one("table.wide th a")
    assert way is not None, words(listed)
    return str(way["href"]).partition("?")[0]


@pytest.mark.parametrize("language", Language)
async def test_it_is_reported_and_corrected_and_both_versions_are_printed(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    await signed_in(browser, seeded_database, "uo-admin")
    await records(browser, f"{HERE}/new?lang={language.value}", dict(INCIDENT))
    at = await one_incident(browser)
    shown = await browser.get(at, params={"lang": language.value})
    assert (shown.status_code, flaws(shown)) == (200, [])
    assert soup(shown).select_one("p.notice[role=note]") is not None, "by when it is to be told"
    assert "None" not in words(shown)
    told = {"authority": "№ 12 хат", "authority_at": typed(4), "reason": "Хабарланды"}
    opened = await browser.get(f"{at}/correction?lang={language.value}")
    assert fields(opened)["noticed_at"] == [INCIDENT["noticed_at"]]
    assert fields(opened)["kinds"] == ["letters"], "what was ticked stands ticked"
    await records(browser, f"{at}/correction?lang={language.value}", dict(told))
    shown = await browser.get(at, params={"lang": language.value})
    assert (shown.status_code, flaws(shown)) == (200, [])
    assert len(soup(shown).select("h2")) == 2
    assert "№ 12 хат" in words(shown)
    assert soup(shown).select_one("p.notice[role=note]") is None


async def test_whose_data_was_read_follows_from_the_log(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    async with story.sessions.begin() as session:
        session.add(delivery(story.number, "to@example.kz"))
        session.add(delivery("2026-SARY-0999", "other@example.kz"))
    await signed_in(browser, seeded_database, "sary-analyst")
    assert (await browser.get(f"/staff/monitorings/{story.number}/letters")).status_code == 200
    await signed_in(browser, seeded_database, "uo-admin")
    day = NOW.astimezone(COUNTRY).date()
    read = {"read_by": "a-sary-analyst", "data_since": (day - DAY).isoformat(), "data_until": day.isoformat()}
    await records(browser, f"{HERE}/new?lang=kk", {**INCIDENT, **read})
    at = await one_incident(browser)
    shown = await browser.get(at, params={"lang": "kk"})
    log = soup(shown).select_one("p.ways-on a")
    assert log is not None
    assert str(log["href"]).startswith("/staff/personal-data/reads?lang=kk&account=a-sary-analyst&since=")
    file = await browser.get(f"{at}/persons.csv?lang=kk")
    lines = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig")), delimiter=";"))
    assert [line[:3] for line in lines[1:]] == [["", "to@example.kz", story.number]]
    assert (await browser.get(f"{at}/persons.xlsx?lang=kk")).content[:2] == b"PK"


async def test_faults_are_told_beside_what_was_typed(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "uo-admin")
    for changes, field in (
        ({"kinds": ""}, "kinds"),
        ({"noticed_at": "кеше"}, "noticed_at"),
        ({"authority": "№ 12 хат"}, "authority_at"),
        ({"authority": "№ 12 хат", "authority_at": typed(9)}, "authority_at"),
        ({"count": "екі"}, "count"),
        ({"happened": ""}, "happened"),
    ):
        check = await checks(browser, f"{HERE}/new?lang=kk", {**INCIDENT, **changes})
        assert check.status_code == 422, changes
        assert soup(check).select_one(f"#{field}-message") is not None, (changes, words(check))


async def test_there_is_no_incident_and_no_list_of_persons_where_there_is_none(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "uo-admin")
    for address in (f"{HERE}/nowhere", f"{HERE}/nowhere/correction", f"{HERE}/nowhere/persons.csv"):
        assert (await browser.get(address)).status_code == 404
    await records(browser, f"{HERE}/new?lang=kk", dict(INCIDENT))
    assert (await browser.get(f"{await one_incident(browser)}/persons.csv")).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("uo-auditor", 200), ("uo-head", 403)])
async def test_overseers_read_and_nobody_but_administrators_writes(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, who: str, status: int
) -> None:
    await signed_in(browser, seeded_database, who)
    assert (await browser.get(HERE)).status_code == status
    assert (await browser.get(f"{HERE}/new")).status_code == 403


async def test_of_the_registry_whoever_was_opened_is_affected_and_all_where_the_whole_was(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    people = load_country().people
    await signed_in(browser, seeded_database, "uo-admin")
    assert (await browser.get("/staff/registries/people/p-public-1/change")).status_code == 200

    async def names() -> list[str]:
        async with story.sessions() as session:
            overseer = Caller(account="x", person="x", organisation="uo", role=Role.OVERSIGHT)
            return [row.name for row in await persons_affected(session, overseer, "a-uo-admin", None, None)]

    assert await names() == [next(each.name for each in people if each.id == "p-public-1")]
    assert (await browser.get("/staff/registries/people")).status_code == 200
    assert len(await names()) == len(people)
