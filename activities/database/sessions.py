"""The engine and its sessions: psycopg 3, async, one pool per process."""

import asyncio
from typing import Final

from psycopg import AsyncConnection, OperationalError
from psycopg.abc import RV, PQGen
from psycopg.rows import TupleRow
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

Sessions = async_sessionmaker[AsyncSession]
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


def engine_for(database_url: str, pool_size: int = 10) -> AsyncEngine:
    """An engine whose connections are checked before use, so that a restarted database is survived."""
    return create_async_engine(
        database_url,
        pool_size=pool_size,
        max_overflow=10,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={"async_creator_fn": BoundedConnection.connect, "connect_timeout": CONNECT_SECONDS},
    )


def sessions_for(engine: AsyncEngine) -> Sessions:
    return async_sessionmaker(engine, class_=AsyncSession, expire_on_commit=False)
