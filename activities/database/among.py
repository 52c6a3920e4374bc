"""Questions about several: however many there are, they are one parameter of one statement, which the server
prepares once; and what is among none is known without asking."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar, TypeVarTuple, cast, overload

from sqlalchemy import ARRAY, ColumnElement, bindparam, func
from sqlalchemy.orm import Mapped
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import Select, SelectOfScalar

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
V = TypeVar("V")


def among(column: Mapped[V], values: Iterable[V]) -> ColumnElement[bool]:
    """The rows whose column is one of these."""
    of_its_kind = ARRAY(cast(ColumnElement[V], column).type)
    given: ColumnElement[Any] = bindparam(None, list(values), of_its_kind)
    return column == func.any(given)


@overload
async def rows_among(
    session: AsyncSession, found: SelectOfScalar[T], column: Mapped[V], values: Iterable[V]
) -> Sequence[T]: ...


@overload
async def rows_among(
    session: AsyncSession, found: Select[*Ts], column: Mapped[V], values: Iterable[V]
) -> Sequence[tuple[*Ts]]: ...


async def rows_among(
    session: AsyncSession, found: Any, column: Mapped[V], values: Iterable[V]
) -> Sequence[Any]:
    """What is found where the column is one of these; each is asked for once, and of none nobody is asked."""
    wanted = tuple(dict.fromkeys(values))
    if not wanted:
        return ()
    rows: Sequence[Any] = (await session.exec(found.where(among(column, wanted)))).all()
    return rows
