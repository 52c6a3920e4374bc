"""Which proposals and recommendations a list shows: of monitorings the reader may see, and within them
what it may know of replies: the conductor's people and auditors all, an addressee its own, the authorized
body what reached it (rules 17, 18), everybody else what stands beside a published report anyway.
"""

from datetime import date
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, Field
from sqlalchemy import ColumnElement, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from activities.published.finding import found_by
from api.access.auth import Caller
from api.http.pagination import decode_cursor
from api.views.lists import visible_to
from models.monitoring.follow_up import ItemStanding
from models.monitoring.readers import words_of_all_items, words_of_report
from models.monitoring.statistics import FollowedItem
from models.tables.monitorings import MonitoringRow
from models.tables.recommendations import RecommendationRow
from models.vocabulary.procedure import Id, ItemKind


class Filters(BaseModel):
    """The filters of the list and of the statistics; all of them together."""

    conductor: Id | None = None
    addressee: Id | None = None
    kind: ItemKind | None = None
    year: int | None = Field(default=None, ge=2023, le=2100)


class ListFilters(Filters):
    standing: ItemStanding | None = None
    overdue: bool | None = Field(
        default=None, description="Whether its day has passed without a report by its addressee."
    )


AnyFilters = Annotated[Filters, Query()]


def followed(row: RecommendationRow) -> FollowedItem:
    return FollowedItem.model_validate(row.model_dump())


def items_visible_to(caller: Caller) -> ColumnElement[bool]:
    """Items of monitorings the caller sees, as far as it may know of them."""
    who = (caller.role, caller.organisation, caller.person)
    own = col(RecommendationRow.addressee) == caller.organisation
    return visible_to(caller) & or_(
        found_by(words_of_all_items(*who)),
        found_by(words_of_report(*who)) & own,
        col(MonitoringRow.published),
    )


async def items_listed(
    session: AsyncSession,
    visible: ColumnElement[bool],
    filters: ListFilters,
    today: date,
    limit: int,
    cursor: str | None,
) -> list[RecommendationRow]:
    """One row more than `limit` if there are further ones; by number, the newest first."""
    found = _found(visible, filters)
    if filters.standing is not None:
        found = found.where(RecommendationRow.standing == filters.standing)
    if filters.overdue is not None:
        overdue = (col(RecommendationRow.standing) == ItemStanding.AWAITED) & (
            col(RecommendationRow.due_on).is_not(None) & (col(RecommendationRow.due_on) < today)
        )
        found = found.where(overdue if filters.overdue else ~overdue)
    if cursor is not None:
        number, item = decode_cursor(cursor, 2)
        same = (col(RecommendationRow.number) == number) & (col(RecommendationRow.item) > item)
        found = found.where(or_(col(RecommendationRow.number) < number, same))
    order = (col(RecommendationRow.number).desc(), col(RecommendationRow.item))
    return list(await session.exec(found.order_by(*order).limit(limit + 1)))


async def items_counted(
    session: AsyncSession, visible: ColumnElement[bool], filters: Filters
) -> tuple[FollowedItem, ...]:
    return tuple(followed(row) for row in await session.exec(_found(visible, filters)))


def _found(visible: ColumnElement[bool], filters: Filters) -> SelectOfScalar[RecommendationRow]:
    given: list[tuple[object, ColumnElement[bool]]] = [
        (filters.conductor, col(MonitoringRow.conductors).contains([filters.conductor])),
        (filters.addressee, col(RecommendationRow.addressee) == filters.addressee),
        (filters.kind, col(RecommendationRow.kind) == filters.kind),
        (filters.year, col(MonitoringRow.year) == filters.year),
    ]
    return (
        select(RecommendationRow)
        .join(MonitoringRow, col(MonitoringRow.number) == col(RecommendationRow.number))
        .where(visible, *(condition for value, condition in given if value is not None))
    )
