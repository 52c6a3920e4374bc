"""Which monitorings a list shows: what the reader may see, narrowed by filters, found by words."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, Field
from sqlalchemy import ColumnElement, func, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.published.finding import EVERY_ROW, Reader, Stretch, found_by, found_rows
from activities.published.listed import ever_published
from api.access.auth import Caller
from api.http.pagination import decode_cursor
from api.http.requests import SearchText
from api.problems.problem import ProblemCode, invalid
from models.monitoring.readers import words_of
from models.tables.bodies import OrganisationVersionRow
from models.tables.monitorings import MonitoringRow
from models.vocabulary.procedure import Id, Kind, Stage
from models.words.finding import sought


class DeskName(StrEnum):
    """Whose open work is listed."""

    MINE = "mine"


class Filters(BaseModel):
    """The filters of a list; all of them together."""

    stage: Stage | None = None
    kind: Kind | None = None
    conductor: Id | None = None
    object: Id | None = None
    sphere: Id | None = None
    year: int | None = Field(default=None, ge=2023, le=2100)
    text: SearchText | None = Field(
        default=None,
        description="Words of titles, spheres, bodies, findings and items, as far as the caller may read "
        "them; any part of a number, with any dash.",
    )
    desk: DeskName | None = Field(
        default=None, description="`mine`: conducted by the caller's body, not ended."
    )


ListFilters = Annotated[Filters, Query()]


async def monitorings_seen(
    session: AsyncSession,
    visible: ColumnElement[bool],
    by: Reader,
    filters: Filters,
    limit: int,
    cursor: str | None,
) -> Sequence[MonitoringRow]:
    """One row more than `limit` if there are further ones; newest first."""
    order = (col(MonitoringRow.started_at).desc(), col(MonitoringRow.number).desc())
    beyond = EVERY_ROW if cursor is None else _after(cursor)
    stretch = Stretch(order, limit + 1, beyond)
    conditions = [visible, *narrowed(filters)]
    return (await found_rows(session, conditions, filters.text or "", by, stretch)).rows


def visible_to(caller: Caller) -> ColumnElement[bool]:
    """The rows that a page would open for the caller (`models.monitoring.readers`)."""
    return found_by(words_of(caller.role, caller.organisation, caller.person))


def of_desk(caller: Caller) -> list[ColumnElement[bool]]:
    """Open work: what the caller's body conducts and has not brought to an end."""
    ended = (Stage.CLOSED.value, Stage.CANCELLED.value)
    return [
        col(MonitoringRow.conductors).contains([caller.organisation]),
        col(MonitoringRow.stage).not_in(ended),
    ]


def narrowed(filters: Filters) -> list[ColumnElement[bool]]:
    """All filters together, but for words. Raises Failed (422) for a text without one."""
    if filters.text is not None and filters.text.strip() and not sought(filters.text):
        raise invalid(ProblemCode.INVALID, "query:text", "words_missing")
    given: list[tuple[object, ColumnElement[bool]]] = [
        (filters.stage, col(MonitoringRow.stage) == filters.stage),
        (filters.kind, col(MonitoringRow.kind) == filters.kind),
        (filters.conductor, col(MonitoringRow.conductors).contains([filters.conductor])),
        (filters.object, col(MonitoringRow.objects).contains([filters.object])),
        (filters.sphere, col(MonitoringRow.spheres).contains([filters.sphere])),
        (filters.year, col(MonitoringRow.year) == filters.year),
    ]
    return [condition for value, condition in given if value is not None]


def _after(cursor: str) -> ColumnElement[bool]:
    started_at, number = decode_cursor(cursor, 2)
    try:
        moment = datetime.fromisoformat(started_at)
    except ValueError:
        raise invalid(ProblemCode.BAD_CURSOR, "query:cursor") from None
    if moment.tzinfo is None:
        raise invalid(ProblemCode.BAD_CURSOR, "query:cursor")
    same = (col(MonitoringRow.started_at) == moment) & (col(MonitoringRow.number) < number)
    return or_(col(MonitoringRow.started_at) < moment, same)


async def last_change(session: AsyncSession) -> datetime | None:
    """When anything that the public reads changed last (UTC): a published report's journal, a body's name."""
    reports = select(func.max(MonitoringRow.changed_at)).where(ever_published())
    names = select(func.max(OrganisationVersionRow.at))
    known = [(await session.exec(each)).one() for each in (reports, names)]
    return max((each for each in known if each is not None), default=None)
