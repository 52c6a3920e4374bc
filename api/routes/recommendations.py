"""Proposals and recommendations over all monitorings, and how old the open ones are. Beyond the Rules."""

from datetime import date
from typing import Annotated, Final

from fastapi import Query, Response
from pydantic import BaseModel

from activities.registries.bodies import names_of
from api.access.auth import Caller
from api.access.routing import account_router, permit_account
from api.http.deps import Now, Session, Today
from api.http.languages import ReadersLanguage
from api.http.pagination import Cursor, Limit, Page, encode_cursor
from api.http.requests import Day
from api.sheets import csv, workbook
from api.views.follow_up_table import as_csv, as_workbook
from api.views.recommendations import (
    AnyFilters,
    Filters,
    ListFilters,
    followed,
    items_counted,
    items_listed,
    items_visible_to,
)
from models.monitoring.follow_up import ItemStanding
from models.monitoring.statistics import FollowUpStatistics, statistics_on
from models.tables.recommendations import RecommendationRow
from models.vocabulary.access import Action
from models.vocabulary.procedure import Id, ItemKind, Number, Verdict

router = account_router("follow-up", "/recommendations")
AnyCaller = Annotated[Caller, permit_account(Action.READ_PUBLISHED)]
OnDay = Annotated[Day | None, Query(description="As of this local date; today if it is left out.")]
_CSV: Final[dict[int | str, dict[str, object]]] = {
    200: {
        "description": f"One row per group. {csv.DESCRIBED}",
        "content": {"text/csv": {"schema": {"type": "string"}}},
    }
}
_XLSX: Final[dict[int | str, dict[str, object]]] = {
    200: {
        "description": "One row per group; cells that compute nothing.",
        "content": {workbook.MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}},
    }
}


class RecommendationLine(BaseModel):
    """One proposal or recommendation; `GET /monitorings/{number}/items` has its words."""

    number: Number
    item: Id
    position: int
    kind: ItemKind
    conductor: Id
    addressee: Id
    standing: ItemStanding
    asked_on: date | None
    answered_on: date | None
    due_on: date | None
    reported_on: date | None
    judged_on: date | None
    verdict: Verdict | None
    age_days: int | None
    days_overdue: int | None


@router.get("")
async def list_recommendations(
    caller: AnyCaller,
    session: Session,
    today: Today,
    filters: Annotated[ListFilters, Query()],
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[RecommendationLine]:
    """What became of the proposals and recommendations of the reports the caller may see.

    Beyond the Rules.
    """
    visible = items_visible_to(caller)
    rows = await items_listed(session, visible, filters, today, limit, cursor)
    last = rows[limit - 1] if len(rows) > limit else None
    return Page(
        items=tuple(_line(row, today) for row in rows[:limit]),
        next_cursor=encode_cursor(last.number, last.item) if last else None,
    )


@router.get("/statistics")
async def count_recommendations(
    caller: AnyCaller, session: Session, today: Today, filters: AnyFilters, on: OnDay = None
) -> FollowUpStatistics:
    """How many stand where, how old the open ones are, how many are overdue; by kind and by addressee.

    Beyond the Rules.
    """
    return await _statistics(caller, session, today, filters, on)


@router.get("/statistics.xlsx", response_class=Response, responses=_XLSX)
async def export_recommendation_counts_as_workbook(
    caller: AnyCaller,
    session: Session,
    today: Today,
    now: Now,
    language: ReadersLanguage,
    filters: AnyFilters,
    on: OnDay = None,
) -> Response:
    """The same figures as a workbook, in the reader's language.

    Beyond the Rules.
    """
    counted = await _statistics(caller, session, today, filters, on)
    bodies = (group.addressee for group in counted.by_addressee)
    return as_workbook(counted, await names_of(session, today, bodies), language, now)


@router.get("/statistics.csv", response_class=Response, responses=_CSV)
async def export_recommendation_counts(
    caller: AnyCaller,
    session: Session,
    today: Today,
    language: ReadersLanguage,
    filters: AnyFilters,
    on: OnDay = None,
) -> Response:
    """The same figures as a table of plain text, in the reader's language.

    Beyond the Rules.
    """
    counted = await _statistics(caller, session, today, filters, on)
    bodies = (group.addressee for group in counted.by_addressee)
    return as_csv(counted, await names_of(session, today, bodies), language)


async def _statistics(
    caller: Caller, session: Session, today: date, filters: Filters, on: date | None
) -> FollowUpStatistics:
    visible = items_visible_to(caller)
    return statistics_on(await items_counted(session, visible, filters), on or today)


def _line(row: RecommendationRow, today: date) -> RecommendationLine:
    item = followed(row)
    return RecommendationLine.model_validate(
        {
            **row.model_dump(),
            "conductor": row.lead,
            "age_days": item.age_on(today),
            "days_overdue": item.days_overdue_on(today),
        }
    )
