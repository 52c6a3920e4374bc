"""Connections to the database end between requests and within them: nothing is lost, nothing happens twice.

No connection is asked before it is used. What was closed meanwhile is not handed out; what is lost under way
is answered by 503, and done once when it is sent again.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import httpx
import psycopg
import pytest
import pytest_asyncio
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from activities.database.sessions import engine_for, sessions_for
from activities.record.recorder import Recorder
from api.http.problems import failure_of
from local.postgres import Postgres
from models.events import CollectionBegun, Entry
from models.tables.commands import CommandRow
from models.tables.content import NoteRow, RevisionRow
from models.tables.journal import EntryRow
from models.vocabulary.procedure import Role, monitoring_workflow_id
from tests.api.conftest import sessions, world
from tests.api.test_recorder import order
from tests.api.world import Case, World
from tests.fixtures.stack import SeededDatabase
from tests.waiting import eventually

__all__ = ["sessions", "world"]
T = TypeVar("T")
ANALYST = "sary-analyst"
CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
OTHERS = " AND backend_type = 'client backend' AND application_name <> 'cutter'"


class Cutter:
    """Somebody with a connection of their own who ends those of others."""

    def __init__(
        self, connection: psycopg.AsyncConnection[Any], holder: psycopg.AsyncConnection[Any]
    ) -> None:
        self._connection = connection
        self._holder = holder  # a transaction sees who is connected only as it was when it first looked

    async def all(self) -> int:
        """End every other connection, and wait until they are gone; how many there were."""
        count = (await self._connection.execute(CUT + OTHERS)).rowcount

        async def gone() -> bool:
            return not await self._others("true")

        await eventually(gone, "the connections are gone")
        return count

    @asynccontextmanager
    async def in_the_middle(self, table: str) -> AsyncIterator[None]:
        """What touches the table within is caught there, and its connection ends."""
        async with self._holder.transaction():
            await self._holder.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
            yield
            await eventually(self._waits, f"somebody waits for {table}")
            await self._connection.execute(CUT + OTHERS + " AND wait_event_type = 'Lock'")

    async def _waits(self) -> bool:
        return await self._others("wait_event_type = 'Lock'")

    async def _others(self, which: str) -> bool:
        found = await self._connection.execute(
            f"SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() {OTHERS} AND {which}"
        )
        row = await found.fetchone()
        return row is not None and row[0] > 0


@asynccontextmanager
async def cutter_at(url: str) -> AsyncIterator[Cutter]:
    plain = url.replace("postgresql+psycopg://", "postgresql://")

    def connected() -> Coroutine[Any, Any, psycopg.AsyncConnection[Any]]:
        return psycopg.AsyncConnection.connect(plain, autocommit=True, application_name="cutter")

    async with await connected() as connection, await connected() as holder:
        yield Cutter(connection, holder)


def end_at_once(url: str, pid: int) -> None:
    plain = url.replace("postgresql+psycopg://", "postgresql://")
    with psycopg.connect(plain, autocommit=True, application_name="cutter") as connection:
        connection.execute("SELECT pg_terminate_backend(%s, 5000)", (pid,))


@pytest_asyncio.fixture
async def cutter(seeded_database: SeededDatabase) -> AsyncIterator[Cutter]:
    async with cutter_at(seeded_database.url) as known:
        yield known


async def meanwhile(cutter: Cutter, table: str, what: Coroutine[Any, Any, T]) -> T:
    """What comes of it when its connection ends in the middle."""
    async with cutter.in_the_middle(table):
        under_way = asyncio.create_task(what)
    return await under_way


def says_come_again(answer: httpx.Response) -> None:
    assert answer.status_code == 503, answer.text
    assert int(answer.headers["retry-after"]) > 0


async def cancels(world: World, case: Case, key: str) -> httpx.Response:
    return await world.call(
        ANALYST,
        "POST",
        f"{case.path}/cancellation",
        json={"reason": "Артық басталды"},
        headers={"Idempotency-Key": key},
    )


async def puts(world: World, case: Case, revision: str | None = None) -> httpx.Response:
    headers = {"If-Match": revision} if revision else {}
    return await world.call(ANALYST, "PUT", f"{case.path}/draft", json=draft(), headers=headers)


def draft() -> dict[str, object]:
    return {"conclusions": {"kk": "Қорытынды", "ru": "Вывод", "en": ""}}


async def rows(world: World, table: type) -> int:
    async with world.sessions() as session:
        return len((await session.exec(select(table))).all())


async def test_between_requests_nobody_notices(world: World, cutter: Cutter) -> None:
    case = await world.started()
    requests: tuple[Callable[[], Coroutine[Any, Any, httpx.Response]], ...] = (
        lambda: world.call(ANALYST, "GET", case.path),
        lambda: puts(world, case),
        lambda: cancels(world, case, "k-1"),
    )
    expected = [(await ask()).status_code for ask in requests]
    assert expected == [200, 200, 503], "Temporal is away here; the database is not"
    for ask, status in zip(requests, expected, strict=True):
        assert await cutter.all() > 0, "there was a connection to lose"
        assert (await ask()).status_code == status
    await cutter.all()
    assert (await Recorder(world.sessions).record(order(case))).seq == len(case.entries)


async def test_many_at_once_after_all_were_lost(world: World, cutter: Cutter) -> None:
    case = await world.started()
    await asyncio.gather(*(world.call(ANALYST, "GET", case.path) for _ in range(8)))
    await cutter.all()
    answers = await asyncio.gather(*(world.call(ANALYST, "GET", case.path) for _ in range(8)))
    assert {answer.status_code for answer in answers} == {200}


@pytest.mark.parametrize("method", ["GET", "PUT"])
async def test_a_server_that_ends_what_it_has_just_opened_is_away(
    world: World, cutter: Cutter, seeded_database: SeededDatabase, method: str
) -> None:
    """As one that shuts down does: it is not asked for connections without end, and nobody is at fault."""
    case = await world.started()
    await cutter.all()
    pool = world.app.state.services.sessions.kw["bind"].sync_engine

    def ends(connection: Any, _: object) -> None:
        end_at_once(seeded_database.url, connection.driver_connection.info.backend_pid)

    event.listen(pool, "connect", ends)
    says_come_again(await (puts(world, case) if method == "PUT" else world.call(ANALYST, "GET", case.path)))
    event.remove(pool, "connect", ends)
    assert (await world.call(ANALYST, "GET", case.path)).status_code == 200


def test_the_drivers_own_exceptions_are_a_database_that_is_away() -> None:
    """Where a connection is made ready for use, they come as they are."""
    for away in (psycopg.OperationalError("gone"), psycopg.InterfaceError("closed")):
        assert failure_of(away).status.value == 503


@pytest.mark.parametrize("table", ["tokens", "monitorings"])
async def test_a_read_caught_in_the_middle_is_asked_again(world: World, cutter: Cutter, table: str) -> None:
    case = await world.started()
    says_come_again(await meanwhile(cutter, table, world.call(ANALYST, "GET", case.path)))
    assert (await world.call(ANALYST, "GET", case.path)).status_code == 200


@pytest.mark.parametrize("table", ["monitorings", "commands", "notes"])
async def test_a_command_caught_before_it_is_sent_is_on_record_once(
    world: World, cutter: Cutter, table: str
) -> None:
    """Under its key it comes again, and is the same: it has one row, and its text is kept once."""
    case = await world.started()
    notes = await rows(world, NoteRow)
    says_come_again(await meanwhile(cutter, table, cancels(world, case, "k-1")))
    again = await cancels(world, case, "k-1")
    assert again.json()["code"] == "unavailable", "only Temporal is away now"
    assert await rows(world, CommandRow) == 1
    assert await rows(world, NoteRow) == notes + 1


@pytest.mark.parametrize("table", ["content_revisions", "searched"])
async def test_content_caught_in_the_middle_is_written_once(world: World, cutter: Cutter, table: str) -> None:
    """All of it or nothing: the revision with the words by which it is found."""
    case = await world.started()
    says_come_again(await meanwhile(cutter, table, puts(world, case)))
    assert await rows(world, RevisionRow) == 0
    first = await puts(world, case)
    assert first.status_code == 200, first.text
    assert (await puts(world, case)).headers["etag"] == first.headers["etag"], "the answer may have been lost"
    assert await rows(world, RevisionRow) == 1


@pytest.mark.parametrize("table", ["monitorings", "journal"])
async def test_a_recording_caught_in_the_middle_writes_all_or_nothing(
    world: World, cutter: Cutter, table: str
) -> None:
    case = await world.started()
    begun = Entry(
        seq=2,
        at=case.entries[0].at,
        actor=case.actor(Role.ANALYST),
        command="c-2",
        event=CollectionBegun(began_on=case.entries[0].at.date()),
    )
    recorder = Recorder(world.sessions)
    with pytest.raises(OperationalError):
        await meanwhile(cutter, table, recorder.record(order(case, begun)))
    assert await rows(world, EntryRow) == 1
    done = await recorder.record(order(case, begun))
    assert await recorder.record(order(case, begun)) == done, "tried once more it is the same"
    assert await rows(world, EntryRow) == 2
    async with world.sessions() as session:
        lines = select(EntryRow.hash).where(EntryRow.workflow_id == monitoring_workflow_id(case.number))
        assert (await session.exec(lines.where(EntryRow.seq == 2))).one() == done.head_hash


@pytest.mark.xdist_group("own-postgres")
@pytest.mark.parametrize("goes", ["stopped", "killed"])
async def test_a_restarted_database_is_used_at_once(own_postgres: Postgres, goes: str) -> None:
    """Every connection of the pool is of a server that is gone."""
    engine = engine_for(own_postgres.url(), pool_size=4)
    sessions_there = sessions_for(engine)

    async def asks() -> int:
        async with sessions_there() as session:
            return (await session.exec(select(1))).one()

    assert await asyncio.gather(*(asks() for _ in range(4))) == [1] * 4
    await (own_postgres.stop() if goes == "stopped" else own_postgres.kill())
    await own_postgres.start()
    assert await asyncio.gather(*(asks() for _ in range(4))) == [1] * 4
    await engine.dispose()
