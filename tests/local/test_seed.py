"""The seed writes the sample country once, keeps what was mended since, and hands out tokens that open."""

import stat
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel, func, select

from activities.database.sessions import engine_for
from activities.registries.local_day import local_today
from api.access.tokens import UnknownToken, in_force, issue, revoke, token_sha256
from local.samples import load_calendar, load_country
from local.seed import read_tokens, renew_tokens, seed, write_tokens
from models.calendar.edition import CalendarEdition
from models.tables.accounts import AccountRow
from models.tables.bodies import OrganisationRow, OrganisationVersionRow
from models.tables.calendars import CalendarRow
from models.tables.councils import CouncilRow
from models.tables.editions import EditionRow
from models.tables.people import PersonRow
from models.tables.spheres import SphereRow
from models.tables.tokens import TokenRow
from models.vocabulary.editions import FOUNDED_WITH, Edition

NOW = datetime(2026, 11, 23, 5, tzinfo=UTC)


@pytest_asyncio.fixture
async def session(database_url: str) -> AsyncIterator[AsyncSession]:
    engine = engine_for(database_url, pool_size=1)
    async with AsyncSession(engine) as opened:
        yield opened
    await engine.dispose()


async def count(session: AsyncSession, table: type[SQLModel]) -> int:
    return int(await session.scalar(select(func.count()).select_from(table)) or 0)


async def test_seed_writes_the_whole_country(database_url: str, session: AsyncSession) -> None:
    country = load_country()
    await seed(database_url)
    assert await count(session, OrganisationRow) == len(country.organisations)
    assert await count(session, OrganisationVersionRow) == sum(len(o.versions) for o in country.organisations)
    assert await count(session, PersonRow) == len(country.people)
    assert await count(session, CouncilRow) == len(country.councils)
    assert await count(session, SphereRow) == len(country.spheres)
    assert await count(session, AccountRow) == len(country.accounts)


async def test_editions_and_calendar_are_read_back_as_they_were(
    database_url: str, session: AsyncSession
) -> None:
    await seed(database_url)
    edition = (await session.scalars(select(EditionRow))).one()
    calendar = (await session.scalars(select(CalendarRow))).one()
    assert Edition.model_validate(edition.body) == FOUNDED_WITH
    assert CalendarEdition.model_validate(calendar.body) == load_calendar()


async def test_a_second_run_adds_nothing_and_keeps_tokens(database_url: str, session: AsyncSession) -> None:
    first = await seed(database_url)
    second = await seed(database_url, first.tokens)
    assert first.added > 0
    assert second.added == 0
    assert second.tokens == first.tokens
    assert await count(session, TokenRow) == len(load_country().accounts)


async def test_a_run_without_the_earlier_tokens_revokes_them(
    database_url: str, session: AsyncSession
) -> None:
    first, second = await seed(database_url), await seed(database_url)
    assert set(first.tokens.values()).isdisjoint(second.tokens.values())
    rows = (await session.scalars(select(TokenRow))).all()
    opening = {row.sha256 for row in rows if in_force(row, datetime.now(UTC))}
    assert opening == {token_sha256(text) for text in second.tokens.values()}


async def test_what_an_administrator_mended_is_kept(database_url: str, session: AsyncSession) -> None:
    await seed(database_url)
    clinic = await session.get_one(OrganisationVersionRow, ("clinic-2", date(2023, 6, 30)))
    clinic.email = "clinic-2@example.kz"
    await session.commit()
    await seed(database_url)
    await session.refresh(clinic)
    assert clinic.email == "clinic-2@example.kz"


async def passed_on(session: AsyncSession) -> None:
    """The authorized body is no more, and its head has an account at the next one."""
    last = await session.get_one(OrganisationVersionRow, ("uo", date(2026, 1, 1)))
    last.valid_until = local_today() - timedelta(days=1)
    session.add(OrganisationRow(id="uo-2", code="UO2"))
    await session.flush()
    fields = {"organisation": "uo-2", "valid_from": local_today(), "valid_until": None}
    session.add(OrganisationVersionRow.model_validate(last.model_dump() | fields))
    session.add(AccountRow(id="a-uo2-head", person="p-uo-head", organisation="uo-2", role="head"))
    await session.commit()


async def test_whoever_went_on_to_the_next_body_keeps_the_label_and_nobody_signs_in_for_the_former(
    database_url: str, session: AsyncSession
) -> None:
    tokens = (await seed(database_url)).tokens
    before = dict(tokens)
    await passed_on(session)
    await renew_tokens(database_url, tokens)
    assert "uo-analyst" not in tokens, "its account ended, and it has no other"
    row = (
        await session.scalars(select(TokenRow).where(TokenRow.sha256 == token_sha256(tokens["uo-head"])))
    ).one()
    assert row.account == "a-uo2-head"
    assert tokens["sary-head"] == before["sary-head"]
    again = await seed(database_url, tokens)
    assert (again.added, again.tokens) == (0, tokens)
    last = await session.get_one(OrganisationVersionRow, ("uo", date(2026, 1, 1)), populate_existing=True)
    assert last.valid_until is not None, "it is not brought back"
    fresh = (await seed(database_url)).tokens
    assert fresh.keys() == tokens.keys()


async def test_a_token_is_stored_as_its_hash_only(database_url: str, session: AsyncSession) -> None:
    await seed(database_url)
    row, text = await issue(session, "a-uo-head", "test", 30, NOW)
    assert text.startswith("mon_")
    assert row.sha256 == token_sha256(text)
    assert text not in row.model_dump_json()
    assert in_force(row, NOW + timedelta(days=30, seconds=-1))
    assert not in_force(row, NOW + timedelta(days=30))


async def test_a_revoked_token_opens_nothing_and_stays_revoked(
    database_url: str, session: AsyncSession
) -> None:
    await seed(database_url)
    row, _ = await issue(session, "a-uo-head", "test", 30, NOW)
    assert not in_force(await revoke(session, row.id, NOW), NOW)
    again = await revoke(session, row.id, NOW + timedelta(days=1))
    assert again.revoked_at == NOW


async def test_tokens_are_refused_to_nobody_and_for_no_time(session: AsyncSession) -> None:
    with pytest.raises(ValueError, match="one day"):
        await issue(session, "a-uo-head", "test", 0, NOW)
    with pytest.raises(UnknownToken):
        await revoke(session, "unknown", NOW)
    with pytest.raises(IntegrityError):
        await issue(session, "nobody", "test", 30, NOW)


def test_the_tokens_file_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "demo" / "tokens.json"
    assert read_tokens(path) == {}
    for tokens in ({"uo-head": "mon_1"}, {"uo-head": "mon_2"}):
        write_tokens(path, tokens)
        assert read_tokens(path) == tokens
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
