"""A database that is lent to one test after another is given back as it was, or dropped."""

from collections.abc import AsyncIterator

import psycopg
import pytest
import pytest_asyncio
from psycopg import sql

from local.postgres import Postgres
from tests.fixtures import as_it_was

ROWS = (
    "DELETE FROM tokens",
    "UPDATE accounts SET role = role",
    "UPDATE registries SET version = 'another'",
    "INSERT INTO sign_ins (account, organisation, door, way, subject, at)"
    " VALUES ('a', 'b', 'c', 'd', 'e', now())",
    "SELECT nextval('sign_ins_id_seq')",
)
MORE = (
    "CREATE TABLE beside (word text)",
    "ALTER TABLE journal DISABLE TRIGGER USER",
    "GRANT DELETE ON journal TO monitoring_app",
    "DROP INDEX ix_sign_ins_account",
)


@pytest_asyncio.fixture
async def copied(postgres: Postgres, seeded_template: dict[str, str]) -> AsyncIterator[str]:
    """A copy of the seeded database that nobody is lent."""
    yield await postgres.create_database("as_it_was", "seeded")
    await postgres.drop_database("as_it_was")


def deed(url: str, *statements: str) -> None:
    with psycopg.connect(url.replace("+psycopg", "", 1), autocommit=True) as connection:
        for statement in statements:
            connection.execute(sql.SQL(statement))


def content(url: str) -> dict[str, list[tuple[str]]]:
    """Every row of every table, and where the sequences stand."""
    with psycopg.connect(url.replace("+psycopg", "", 1)) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()

        def rows(query: str) -> list[tuple[str]]:
            return connection.execute(query.encode()).fetchall()

        found = {name: rows(f'SELECT t::text FROM "{name}" t ORDER BY 1') for (name,) in tables}
        sequences = "SELECT sequencename || coalesce(last_value, 0)::text FROM pg_sequences ORDER BY 1"
        return found | {"sequences": rows(sequences)}


async def test_what_a_test_wrote_is_taken_out_again_as_often_as_it_is_lent(copied: str) -> None:
    before = content(copied)
    assert before["tokens"], "there is something that can be lost"
    for _ in range(2):
        deed(copied, *ROWS)
        assert content(copied) != before
        assert await as_it_was.put_back(copied)
        assert content(copied) == before


async def test_what_was_emptied_at_a_stroke_is_filled_again(copied: str) -> None:
    assert await as_it_was.put_back(copied), "counted once"
    before = content(copied)
    deed(copied, "TRUNCATE tokens CASCADE")
    assert content(copied) != before
    assert await as_it_was.put_back(copied)
    assert content(copied) == before


@pytest.mark.parametrize("statement", MORE)
async def test_whoever_changed_more_than_rows_has_theirs_dropped(copied: str, statement: str) -> None:
    deed(copied, statement)
    assert not await as_it_was.put_back(copied)


async def test_a_setting_of_the_database_is_more_than_rows(copied: str) -> None:
    deed(copied, "ALTER DATABASE as_it_was SET default_transaction_read_only = on")
    assert not await as_it_was.put_back(copied)


async def test_a_session_that_was_forgotten_is_ended(copied: str) -> None:
    """It could hold what is taken out, or write after it was."""
    with psycopg.connect(copied.replace("+psycopg", "", 1)) as forgotten:
        forgotten.execute("DELETE FROM tokens")
        assert await as_it_was.put_back(copied)
        with pytest.raises(psycopg.OperationalError):
            forgotten.execute("SELECT 1")
