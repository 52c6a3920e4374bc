"""The log of reads as it is looked through: narrowed alike by the API, on a page and in its file."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, literal_column
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from activities.registries.local_day import end_of
from api.access.auth import Caller
from api.http.pagination import Turned
from api.views.scope import in_scope
from models.tables.reads import ReadRow
from models.vocabulary.base import Model
from models.vocabulary.personal_data import PersonalData
from models.vocabulary.procedure import Id, Mark

_CHUNK: Final = 1_000
_DAY: Final = timedelta(days=1)


class ReadFilters(Model):
    """What the log is narrowed to; days are local, both included."""

    account: Id | None = None
    number: Mark | None = None
    kind: PersonalData | None = None
    personal: bool = False  # reads of personal data alone
    since: date | None = None
    until: date | None = None


async def reads_found(
    session: AsyncSession, caller: Caller, filters: ReadFilters, turned: Turned, most: int
) -> list[ReadRow]:
    """Up to `most + 1` beyond a cursor, newest first; an auditor of a body sees what is of its own."""
    found = _narrowed(caller, filters)
    if turned.before is not None:
        rows = found.where(col(ReadRow.id) > _id(turned.before)).order_by(col(ReadRow.id)).limit(most + 1)
        return list(reversed(list(await session.exec(rows))))
    if turned.after is not None:
        found = found.where(col(ReadRow.id) < _id(turned.after))
    return list(await session.exec(found.order_by(col(ReadRow.id).desc()).limit(most + 1)))


async def all_reads(
    session: AsyncSession, caller: Caller, filters: ReadFilters
) -> AsyncIterator[list[ReadRow]]:
    """All of them, some at a time, newest first."""
    last: int | None = None
    while True:
        found = _narrowed(caller, filters)
        if last is not None:
            found = found.where(col(ReadRow.id) < last)
        rows = list(await session.exec(found.order_by(col(ReadRow.id).desc()).limit(_CHUNK)))
        if not rows:
            return
        yield rows
        last = rows[-1].id


def key_of(row: ReadRow) -> tuple[str, ...]:
    """A row's place in the list."""
    return (str(row.id),)


def _narrowed(caller: Caller, filters: ReadFilters) -> SelectOfScalar[ReadRow]:
    found = select(ReadRow).where(in_scope(caller, col(ReadRow.number), col(ReadRow.organisation)))
    for condition in _conditions(filters):
        found = found.where(condition)
    return found


def _conditions(filters: ReadFilters) -> list[ColumnElement[bool]]:
    kinds: Any = col(ReadRow.kinds)
    given: list[ColumnElement[bool]] = []
    if filters.account is not None:
        given.append(col(ReadRow.account) == filters.account)
    if filters.number is not None:
        given.append(col(ReadRow.number) == filters.number)
    if filters.kind is not None:
        given.append(kinds.contains([filters.kind.value]))
    if filters.personal or filters.kind is not None:
        given.append(kinds != literal_column("'[]'::jsonb"))  # as the index has it
    if filters.since is not None:
        given.append(col(ReadRow.at) >= end_of(filters.since - _DAY))
    if filters.until is not None:
        given.append(col(ReadRow.at) < end_of(filters.until))
    return given


def _id(key: tuple[str, ...]) -> int:
    """The number in a cursor; what this site did not make points to the beginning."""
    return int(key[0]) if key[0].isdecimal() and len(key[0]) <= 18 else 0
