"""What proves something stays as it was written: for the application by rights, for the owner by triggers."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from sqlalchemy import text as sql
from sqlalchemy.exc import DBAPIError, ProgrammingError
from sqlalchemy.ext.asyncio import AsyncEngine

from activities.database.sessions import engine_for
from local.postgres import Postgres
from migrations.rights import APPEND_ONLY, MAY_DELETE, rights_on
from tests.fixtures.stack import SeededDatabase

DEEDS = ("UPDATE {table} SET {column} = {column}", "DELETE FROM {table}", "TRUNCATE {table}")
COLUMNS = {
    "journal": "hash",
    "snapshots": "body",
    "notes": "body",
    "files": "content",
    "attachments": "filename",
    "deliveries": "outcome",
    "content_revisions": "sha256",
    "calendars": "body",
    "editions": "body",
    "minted_links": "letter",
    "kept_letters": "content",
    "reads": "account",
    "grants": "account",
    "foundings": "id",
    "received_mail": "content",
    "sign_ins": "account",
    "deputyships": "deputy",
    "deputyship_ends": "by",
    "incident_reports": "reason",
    "erasures": "act",
}


@pytest_asyncio.fixture
async def owner(seeded_database: SeededDatabase) -> AsyncIterator[AsyncEngine]:
    engine = engine_for(seeded_database.url)
    yield engine
    await engine.dispose()


@pytest_asyncio.fixture
async def application(postgres: Postgres, seeded_database: SeededDatabase) -> AsyncIterator[AsyncEngine]:
    """As the API and the workers sign in."""
    name = seeded_database.url.rpartition("/")[2]
    engine = engine_for(postgres.application_url(name))
    yield engine
    await engine.dispose()


def test_every_kept_table_is_tried() -> None:
    assert COLUMNS.keys() == APPEND_ONLY
    assert not APPEND_ONLY & MAY_DELETE


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("table", sorted(APPEND_ONLY))
async def test_not_even_the_owner_changes_what_is_kept(owner: AsyncEngine, table: str, deed: str) -> None:
    statement = deed.format(table=table, column=COLUMNS[table])
    statement += " CASCADE" if "TRUNCATE" in deed else ""
    async with owner.connect() as connection:
        with pytest.raises(DBAPIError, match="kept as"):
            await connection.execute(sql(statement))


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("table", sorted(APPEND_ONLY))
async def test_the_application_has_no_right_to(application: AsyncEngine, table: str, deed: str) -> None:
    async with application.connect() as connection:
        with pytest.raises(ProgrammingError, match="permission denied"):
            await connection.execute(sql(deed.format(table=table, column=COLUMNS[table])))


@pytest.mark.parametrize(
    "deed",
    [
        "ALTER TABLE journal DISABLE TRIGGER ALL",
        "DROP TRIGGER journal_kept_as_written ON journal",
        "DROP TABLE journal",
        "CREATE TABLE journal_too (seq int)",
        "SET session_replication_role = replica",
        "DELETE FROM commands",
        "DELETE FROM monitorings",
        "DELETE FROM archived_runs",
        "UPDATE alembic_version SET version_num = '0000'",
    ],
)
async def test_the_application_cannot_help_itself_to_more(application: AsyncEngine, deed: str) -> None:
    async with application.connect() as connection:
        with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
            await connection.execute(sql(deed))


async def test_the_application_reads_and_adds(application: AsyncEngine) -> None:
    async with application.begin() as connection:
        for table in COLUMNS:
            await connection.execute(sql(f"SELECT count(*) FROM {table}"))
        note = "INSERT INTO notes VALUES ('aa', NULL, '{}', now()) ON CONFLICT DO NOTHING"
        await connection.execute(sql(note))
        read = (
            "INSERT INTO reads (account, organisation, what, filters, at) VALUES ('a', '', '', '{}', now())"
        )
        await connection.execute(sql(read))


async def test_an_archived_run_is_kept_but_rotten_bytes_may_be_fetched_anew(owner: AsyncEngine) -> None:
    kept = (
        "INSERT INTO archived_runs (workflow_id, run_id, workflow_type, status, first_event_at, closed_at, "
        "noticed_at, archived_at, code_version, code_fingerprint, edition, calendar, events, sha256, size) "
        "VALUES ('w', 'r', 't', 'completed', now(), now(), now(), now(), '', '', '', '', 3, 'aa', 2)"
    )
    async with owner.begin() as connection:
        await connection.execute(sql(kept))
        await connection.execute(sql("UPDATE archived_runs SET content = 'x', archived_at = NULL"))
        await connection.execute(sql("UPDATE archived_runs SET archived_at = now()"))
    for deed in ("UPDATE archived_runs SET sha256 = 'bb'", "DELETE FROM archived_runs"):
        async with owner.connect() as connection:
            with pytest.raises(DBAPIError, match="kept as"):
                await connection.execute(sql(deed))


def test_rights_are_three_kinds() -> None:
    assert rights_on("journal") == ("SELECT", "INSERT")
    assert rights_on("monitorings") == ("SELECT", "INSERT", "UPDATE")
    assert rights_on("recommendations") == ("SELECT", "INSERT", "UPDATE", "DELETE")
