"""The engine and its sessions: psycopg 3, async, one pool per process.

A connection is not asked before it is used: whether the server has closed it meanwhile is seen on its socket,
at no cost. What is lost under way fails, and is done again by whoever can do so safely: a command under its
key, a recording by Temporal, which finds what was written (`docs/decisions/0028-hot-path.md`).
"""

import asyncio
import select
from typing import Final

from psycopg import AsyncConnection, OperationalError
from psycopg.abc import RV, PQGen
from psycopg.rows import TupleRow
from sqlalchemy import event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel.ext.asyncio.session import AsyncSession

Sessions = async_sessionmaker[AsyncSession]
_IDLE: Final = "idle"
_PLAIN: Final = "each by itself"
CONNECT_SECONDS: Final = 10
ANSWER_SECONDS: Final = 30.0
"""Longer than any statement of the product takes; also for one that waits for a row that others hold."""


class BoundedConnection(AsyncConnection[TupleRow]):
    """A server that stands still is one that is away: psycopg alone would wait for it for ever.

    psycopg's own answer to a cancellation is bounded: it takes the statement back, or closes the connection.
    """

    async def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:  # noqa: ASYNC109
        """Every exchange with the server passes here. Raises OperationalError."""
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                return await super().wait(gen, interval, timeout)
        except TimeoutError:
            raise OperationalError(f"no answer within {ANSWER_SECONDS:g} s") from None


POOL: Final = 10
OVERFLOW: Final = 10
"""Connections of one process: those that stay, and as many more while they are wanted. docker-compose.yml
gives PostgreSQL room for all processes at once."""


def engine_for(database_url: str, pool_size: int = POOL) -> AsyncEngine:
    """An engine that survives a restarted database: what was closed meanwhile is not handed out."""
    engine = create_async_engine(
        database_url,
        pool_size=pool_size,
        max_overflow=OVERFLOW,
        hide_parameters=True,
        connect_args={"async_creator_fn": BoundedConnection.connect, "connect_timeout": CONNECT_SECONDS},
    )
    event.listen(engine.sync_engine, "checkin", _lies_idle)
    event.listen(engine.sync_engine, "checkout", _still_there)
    return engine


def sessions_for(engine: AsyncEngine) -> Sessions:
    return async_sessionmaker(engine, class_=AsyncSession, expire_on_commit=False)


def reads_of(sessions: Sessions) -> Sessions:
    """Sessions over the same pool for whoever reads: each statement by itself, so nothing is begun or ended.

    A transaction of PostgreSQL's usual kind sees what others commit meanwhile, too: what needs one picture of
    several statements asks for a repeatable read. What is added is written when the session is committed.
    """
    engine: AsyncEngine = sessions.kw["bind"]
    by_itself = engine.execution_options(isolation_level="AUTOCOMMIT")
    return async_sessionmaker(by_itself, class_=AsyncSession, expire_on_commit=False, autoflush=False)


async def plainly(session: AsyncSession) -> None:
    """Until its next commit a session that has begun nothing has each statement stand by itself."""
    await session.connection(execution_options={"isolation_level": "AUTOCOMMIT"})
    session.info[_PLAIN] = session.sync_session.get_transaction()


async def begin_to_write(session: AsyncSession) -> None:
    """From here on what is written is written together, where each statement stood by itself before."""
    if session.in_transaction() and session.info.get(_PLAIN) is session.sync_session.get_transaction():
        await session.commit()


def _lies_idle(_: object, known: ConnectionPoolEntry) -> None:
    known.info[_IDLE] = True  # for the life of this connection


def _still_there(_: object, known: ConnectionPoolEntry, __: object) -> None:
    """An idle connection has nothing to say: where something can be read, the server has taken leave.

    Raises DisconnectionError: the pool connects anew. It does so once; what ends before it lay idle fails in
    use, as any that is lost under way.
    """
    if not known.info.get(_IDLE):
        return
    connection = known.driver_connection
    assert isinstance(connection, BoundedConnection)
    if connection.closed or _can_be_read(connection.fileno()):
        raise DisconnectionError


def _can_be_read(socket: int) -> bool:
    look = select.poll()
    look.register(socket, select.POLLIN)
    return bool(look.poll(0))
