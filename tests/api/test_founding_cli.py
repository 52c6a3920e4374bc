"""The program that founds an installation, as an operator runs it: told in sentences, all or nothing."""

import asyncio
import os
import subprocess
import sys
import tomllib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import pytest_asyncio
from sqlmodel import SQLModel, func, select

from activities.database.sessions import Sessions, engine_for, sessions_for
from activities.registries.briefing import bodies_that_owe, in_force_on
from activities.registries.local_day import local_today
from api.calendar.seed import seed_edition
from api.calendar.store import publish_first
from api.founding.file import BadFile, read_founding
from api.founding.founding import AlreadyFounded
from api.founding.founding import found as begin
from local.ports import free_port
from local.programs import ROOT
from models.calendar.edition import CalendarEdition
from models.tables.accounts import AccountRow
from models.tables.bodies import OrganisationRow, OrganisationVersionRow
from models.tables.calendars import CalendarRow
from models.tables.editions import EditionRow
from models.tables.foundings import FoundingRow
from models.tables.people import PersonRow
from models.tables.spheres import SphereRow
from models.tables.tokens import TokenRow
from models.vocabulary.editions import FOUNDED_WITH, ORDER_192, Edition
from tests.fixtures.stack import SeededDatabase

EXAMPLE = ROOT / "samples" / "founding.toml"
TABLES: tuple[type[SQLModel], ...] = (
    *(OrganisationRow, OrganisationVersionRow, PersonRow, AccountRow, TokenRow),
    *(SphereRow, EditionRow, CalendarRow),
)


@dataclass(frozen=True)
class Ran:
    """What an operator sees."""

    code: int
    out: str
    told: str


def found(database_url: str, file: str, content: bytes = b"", **environment: str) -> Ran:
    """`python -m api.founding_cli FILE`."""
    ran = subprocess.run(
        [sys.executable, "-m", "api.founding_cli", file],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": database_url, "COLUMNS": "200", **environment},
        input=content,
        capture_output=True,
        timeout=60,
        check=False,
    )
    return Ran(code=ran.returncode, out=ran.stdout.decode(), told=ran.stderr.decode())


def written(old: str, new: str) -> bytes:
    """The example with one thing written otherwise."""
    text = EXAMPLE.read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new, 1).encode()


def done(organisation: str = "uo", approved_on: str = "2026-05-15") -> bytes:
    """The example with a monitoring from before."""
    told = f"""[[duties.done_before]]
organisation = "{organisation}"
kind = "comprehensive"
ended_on = 2026-04-30
approved_on = {approved_on}
reference = "№ 17-е есеп"

"""
    return written("[administrator]", told + "[administrator]")


async def rows(sessions: Sessions) -> list[int]:
    async with sessions() as session:
        return [(await session.exec(select(func.count()).select_from(table))).one() for table in TABLES]


@pytest_asyncio.fixture
async def empty(database_url: str) -> AsyncIterator[Sessions]:
    """An empty database at the newest schema."""
    engine = engine_for(database_url, pool_size=1)
    yield sessions_for(engine)
    await engine.dispose()


async def test_an_installation_is_founded_once(database_url: str, empty: Sessions) -> None:
    first = found(database_url, str(EXAMPLE))
    assert first.code == 0, first.told
    token = first.out.strip()
    assert (token[:4], len(first.out.splitlines()), token in first.told) == ("mon_", 1, False)
    assert await rows(empty) == [2, 2, 1, 1, 1, 1, 1, 1]
    async with empty() as session:
        edition = (await session.exec(select(EditionRow))).one()
        calendar = (await session.exec(select(CalendarRow))).one()
        division = await session.get_one(OrganisationVersionRow, ("td-sary", ORDER_192.in_force_from))
    assert Edition.model_validate(edition.body) == FOUNDED_WITH
    assert CalendarEdition.model_validate(calendar.body) == seed_edition()
    assert (division.superior, division.legal_person, division.kind) == (
        "uo",
        "td-sary",
        "territorial_division",
    )
    again = found(database_url, str(EXAMPLE))
    assert (again.code, again.out) == (3, "")
    assert "in use already: nothing was changed" in again.told
    assert await rows(empty) == [2, 2, 1, 1, 1, 1, 1, 1]


async def test_of_two_who_found_at_once_one_does(empty: Sessions) -> None:
    file = read_founding(EXAMPLE.read_bytes(), local_today())

    async def founding() -> bool:
        async with empty() as session, session.begin():
            try:
                await begin(session, file, days=1, now=datetime.now(UTC), today=local_today())
            except AlreadyFounded:
                return False
            return True

    assert sorted(await asyncio.gather(founding(), founding())) == [False, True]
    assert await rows(empty) == [2, 2, 1, 1, 1, 1, 1, 1]


async def test_it_reads_standard_input_and_keeps_the_calendar_of_the_migrations(
    database_url: str, empty: Sessions
) -> None:
    async with empty() as session, session.begin():
        assert await publish_first(session, seed_edition(), datetime.now(UTC))
    ran = found(database_url, "-", EXAMPLE.read_bytes())
    assert ran.code == 0, ran.told
    assert await rows(empty) == [2, 2, 1, 1, 1, 1, 1, 1]


async def test_where_people_work_already_nothing_is_founded(
    seeded_database: SeededDatabase, sessions: Sessions
) -> None:
    before = await rows(sessions)
    assert found(seeded_database.url, str(EXAMPLE)).code == 3
    assert await rows(sessions) == before


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param(b"name = ", "the file is not TOML", id="not TOML"),
        pytest.param("[administrator]\nname = 'Ү'".encode("utf-16"), "not a text in UTF-8", id="not UTF-8"),
        pytest.param(b"", "authorized_body: This field is required", id="empty"),
        pytest.param(written('code = "UO"', ""), "authorized_body.code: This field is required", id="gap"),
        pytest.param(written('"UO"', '"uo-1"'), "authorized_body.code: A code has Latin capitals", id="code"),
        pytest.param(written('"kense@example.kz"', '"k"'), "authorized_body.email: Check", id="e-mail"),
        pytest.param(
            written('name = "Үлгі', 'nam = "Үлгі'), "administrator.nam: There is no such", id="typo"
        ),
        pytest.param(written('name = "Үлгі Әкімші"', 'name = " "'), "administrator.name: The", id="blank"),
        pytest.param(written('language = "kk"', 'language = "de"'), "language: Give one of", id="language"),
        pytest.param(written("[[divisions]]", "[divisions]"), "[[divisions]]", id="one division as a table"),
        pytest.param(written("code =", 'kind = "court"\ncode ='), "authorized_body.kind: Give", id="kind"),
        pytest.param(written("code =", 'superior = "x"\ncode ='), "authorized_body.superior:", id="superior"),
        pytest.param(written('"SARY"', '"UO"'), "divisions.1.code: This code is that of", id="code twice"),
        pytest.param(written('"td-sary"', '"uo"'), "divisions.1.id: This id is that of", id="id twice"),
        pytest.param(
            written("# valid_from = 2023-06-30", "valid_from = 2099-01-01"),
            "authorized_body.valid_from: There must be",
            id="an authorized body to come",
        ),
        pytest.param(written("counted_from = 2026-01-01", ""), "duties.counted_from: This field", id="asked"),
        pytest.param(
            written("2026-01-01", "2028-01-01"), "duties.counted_from: Duties count", id="far ahead"
        ),
        pytest.param(
            written("2026-01-01", "2023-01-01"), "duties.counted_from: Duties count", id="too early"
        ),
        pytest.param(done(organisation="court"), "done_before.1.organisation: This file names", id="no body"),
        pytest.param(
            done(approved_on="2026-04-01"), "done_before.1: Conduct starts, ends", id="approved early"
        ),
        pytest.param(
            done(approved_on="2099-01-01"), "done_before.1: Conduct starts, ends", id="approved ahead"
        ),
    ],
)
def test_what_is_wrong_in_the_file_is_told_by_its_field(content: bytes, told: str) -> None:
    with pytest.raises(BadFile) as bad:
        read_founding(content, date(2026, 11, 26))
    assert told in str(bad.value)
    assert "example.kz" not in str(bad.value), "what was written is not repeated"


async def test_of_a_bad_file_nothing_is_written(database_url: str, empty: Sessions) -> None:
    for content in (b"name = ", written('"kense@example.kz"', '"k"'), written('"SARY"', '"UO"')):
        ran = found(database_url, "-", content)
        assert (ran.code, ran.out) == (2, "")
        assert "Nothing was written." in ran.told
        assert "Traceback" not in ran.told
    assert await rows(empty) == [0] * len(TABLES)


def test_a_file_that_cannot_be_read_is_told(database_url: str, tmp_path: Path) -> None:
    for file in (tmp_path / "nothing.toml", tmp_path):
        ran = found(database_url, str(file))
        assert (ran.code, "cannot be read" in ran.told, "Traceback" in ran.told) == (2, True, False)


def test_a_database_that_cannot_be_used_is_told(empty_database_url: str) -> None:
    nowhere = found(f"postgresql+psycopg://monitoring:geheim@127.0.0.1:{free_port()}/x", str(EXAMPLE))
    assert (nowhere.code, "does not answer" in nowhere.told) == (1, True)
    nonsense = found("geheim", str(EXAMPLE))
    assert (nonsense.code, "DATABASE_URL is not an address" in nonsense.told) == (1, True)
    bare = found(empty_database_url, str(EXAMPLE))
    assert (bare.code, "alembic upgrade head" in bare.told) == (1, True)
    unset = found(empty_database_url, str(EXAMPLE), MAIL_FROM="nobody")
    assert (unset.code, "MAIL_FROM" in unset.told) == (1, True)
    for ran in (nowhere, nonsense, bare, unset):
        assert (ran.out, "geheim" in ran.told, "Traceback" in ran.told) == ("", False, False)


def test_the_example_is_fictional_and_says_what_each_body_needs() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    example = tomllib.loads(text)
    people = [example["authorized_body"], *example["divisions"], example["administrator"]]
    assert all(one["email"].endswith("@example.kz") for one in people)


async def test_rule_13_the_founding_says_from_when_duties_count_and_what_was_done_before(
    database_url: str, empty: Sessions
) -> None:
    """Nothing free-worded of it reaches a duty: a number, days, the kind."""
    ran = found(database_url, "-", done())
    assert ran.code == 0, ran.told
    assert "duties count from 2026-01-01, conducted before: 1" in ran.told
    async with empty() as session:
        in_force = await in_force_on(session, local_today())
        assert in_force is not None
        owing = await bodies_that_owe(session, in_force, local_today())
        kept = (await session.exec(select(FoundingRow))).one()
    briefings = {each.briefing.body.organisation: each.briefing for each in owing}
    assert {each.counted_from for each in briefings.values()} == {date(2026, 1, 1)}
    assert briefings["td-sary"].done_before == ()
    (before,) = briefings["uo"].done_before
    assert (before.number, before.ended_on) == ("F-2026-0001", date(2026, 4, 30))
    assert kept.done_before["uo"][0]["reference"] == "№ 17-е есеп"  # type: ignore[index]
