"""The engine and its sessions: psycopg 3, async, one pool per process."""

from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

Sessions = async_sessionmaker[AsyncSession]


def engine_for(database_url: str, pool_size: int = 10) -> AsyncEngine:
    """An engine whose connections are checked before use, so that a restarted database is survived."""
    return create_async_engine(
        database_url, pool_size=pool_size, max_overflow=10, pool_pre_ping=True, hide_parameters=True
    )


def sessions_for(engine: AsyncEngine) -> Sessions:
    return async_sessionmaker(engine, class_=AsyncSession, expire_on_commit=False)
