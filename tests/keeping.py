"""What lies under its hash is kept once, as the product keeps it; and what a forger who is superuser does."""

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession


async def kept_once(session: AsyncSession, row: SQLModel) -> None:
    """Add a row unless it is there: nothing that is kept under its hash is ever written again."""
    await session.exec(insert(type(row)).values(row.model_dump()).on_conflict_do_nothing())


async def triggers_sleep(session: AsyncSession) -> None:
    """From here to the end of the transaction nothing refuses changes, as for a forger who is superuser."""
    await session.exec(text("SET LOCAL session_replication_role = replica"))  # type: ignore[call-overload]


async def both_agree(*_: object) -> None:
    """In the place of `compared`, where a clerk stands in for the workflow and knows the journal."""
