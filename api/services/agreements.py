"""Whether a record is known to be whole: since this database was started, its workflow has answered by a line
that is on it.

A database that was restored is another one, or was started anew, and so is one that took another's place.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cachetools import LRUCache
from sqlalchemy import ColumnElement, column, func, table
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.tables.disagreements import DisagreementRow

_REMEMBERED: Final = 10_000
_DATABASES: Final = table("pg_database", column("oid"), column("datname"))
_MADE: Final = (
    select(_DATABASES.c.oid).where(_DATABASES.c.datname == func.current_database()).scalar_subquery()
)


@dataclass(frozen=True)
class Store:
    """The database a proceeding is on record in: which one, in which life; whether the two disagree."""

    life: str
    disagrees: bool


StoreColumns = tuple[ColumnElement[datetime], ColumnElement[int], ColumnElement[bool]]


def store_columns(workflow_id: str) -> StoreColumns:
    """What says it, to be selected beside something else."""
    listed = select(col(DisagreementRow.workflow_id)).where(col(DisagreementRow.workflow_id) == workflow_id)
    return func.pg_postmaster_start_time(), _MADE, listed.exists()


def store_in(started: datetime, made: int, listed: bool) -> Store:
    """What these columns say."""
    return Store(life=f"{made} {started}", disagrees=listed)


async def store_of(session: AsyncSession, workflow_id: str) -> Store:
    """As it is now."""
    return store_in(*(await session.exec(select(*store_columns(workflow_id)))).one())


class Agreements:
    """By which line each workflow has last answered, in which life of the database. Of this process alone."""

    def __init__(self) -> None:
        self._known: LRUCache[str, tuple[Store, int]] = LRUCache(_REMEMBERED)

    def note(self, workflow_id: str, store: Store, seq: int) -> None:
        """It has answered by this line, having been asked while the database was this one."""
        self._known[workflow_id] = (store, seq)

    def hold(self, workflow_id: str, store: Store, seq: int) -> bool:
        """Whether a record that goes to this line goes as far as the workflow is known to have come."""
        known, least = self._known.get(workflow_id, (None, 0))
        return known == store and not store.disagrees and seq >= least
