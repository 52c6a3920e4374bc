"""Editions of the Rules and of the working calendar: data with a beginning, never rewritten."""

from datetime import datetime
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, Field
from sqlmodel import col, select

from api.auth import Caller
from api.bodies import Body, Day, Line
from api.claims import Key
from api.deps import Now, Session
from api.problems import ProblemCode, conflict, documented, not_found
from api.registering import registered_once
from api.registry import calendar_in
from api.routing import CREATED, account_router, permit_account
from models.access import Action
from models.calendar_csv import read_calendar
from models.calendar_edition import CalendarEdition, YearPreview, year_preview
from models.calendar_explained import Explanation
from models.editions import Edition
from models.tables import CalendarRow, EditionRow

router = account_router("settings")


class NewEditionBody(Body):
    edition: Edition
    reason: Line


CSV_EXAMPLE = "edition,kz-2027.1\nannounced_through,2027-12-31\ndate,kind,kk,ru,en,act\n"


class NewCalendarBody(Body):
    csv: str = Field(
        max_length=500_000,
        description="The edition as CSV, as `GET …/calendar` gives it.",
        examples=[CSV_EXAMPLE],
    )
    reason: Line


class CalendarView(BaseModel):
    """An edition of the calendar, and who put it in use."""

    edition: CalendarEdition
    reason: str
    account: str | None
    at: datetime


@router.get("/editions")
async def list_editions(
    caller: Annotated[Caller, permit_account(Action.READ_REGISTRIES)], session: Session
) -> tuple[Edition, ...]:
    """All editions of the Rules; a monitoring keeps the one it was started under (rule 1)."""
    rows = await session.exec(select(EditionRow).order_by(col(EditionRow.in_force_from)))
    return tuple(Edition.model_validate(row.body) for row in rows)


@router.post("/editions", status_code=CREATED, responses=documented(409))
async def register_edition(
    body: NewEditionBody,
    caller: Annotated[Caller, permit_account(Action.WRITE_REGISTRIES)],
    session: Session,
    key: Key,
    now: Now,
) -> Edition:
    """Add an edition of the Rules. It concerns monitorings that start from its day on."""
    edition = body.edition

    async def change() -> Edition:
        if await session.get(EditionRow, edition.id) is not None:
            raise conflict(ProblemCode.EDITION_EXISTS, edition=edition.id)
        plain = edition.model_dump(mode="json")
        session.add(EditionRow(id=edition.id, in_force_from=edition.in_force_from, body=plain, at=now))
        await session.flush()
        return edition

    return await registered_once(session, key, caller, "register_edition", now, Edition, change)


@router.get("/calendar", responses=documented(404))
async def read_calendar_edition(
    caller: Annotated[Caller, permit_account(Action.READ_REGISTRIES)], session: Session
) -> CalendarView:
    """The edition of the calendar in use: named days with their acts.

    As CSV (for `POST`): `edition,<id>`, `announced_through,<date>`, the header `date,kind,kk,ru,en,act`,
    then one line for each day that differs from the plain week.
    """
    rows = await session.exec(select(CalendarRow).order_by(col(CalendarRow.serial).desc()).limit(1))
    row = rows.first()
    if row is None:
        raise not_found()
    return _view(row)


@router.get("/calendar/years/{year}", responses=documented(404))
async def preview_year(
    year: int, caller: Annotated[Caller, permit_account(Action.READ_REGISTRIES)], session: Session
) -> YearPreview:
    """Working days of a year, month by month."""
    if not 1990 <= year <= 2100:
        raise not_found()
    view = await read_calendar_edition(caller, session)
    return year_preview(view.edition, year)


@router.get("/calendar/explanation", responses=documented(404))
async def explain_date(
    caller: Annotated[Caller, permit_account(Action.READ_REGISTRIES)],
    session: Session,
    start: Annotated[Day, Query(description="The day from which is counted; it does not count itself.")],
    days: Annotated[int, Query(ge=0, le=500, description="Working days.")],
) -> Explanation:
    """How a date is computed, day by day: a calculator for anybody."""
    view = await read_calendar_edition(caller, session)
    return view.edition.explain(start, days)


@router.post("/calendar", status_code=CREATED, responses=documented(409))
async def register_calendar(
    body: NewCalendarBody,
    caller: Annotated[Caller, permit_account(Action.WRITE_REGISTRIES)],
    session: Session,
    key: Key,
    now: Now,
) -> CalendarView:
    """Put a new edition of the calendar in use, with the reason. Earlier ones are kept."""
    edition = read_calendar(body.csv)

    async def change() -> CalendarView:
        taken = await session.exec(select(CalendarRow).where(CalendarRow.edition == edition.id))
        if taken.first() is not None:
            raise conflict(ProblemCode.EDITION_EXISTS, edition=edition.id)
        row = CalendarRow(
            edition=edition.id,
            body=edition.model_dump(mode="json"),
            reason=body.reason,
            account=caller.account,
            at=now,
        )
        session.add(row)
        await session.flush()
        return _view(row)

    return await registered_once(session, key, caller, "register_calendar", now, CalendarView, change)


def _view(row: CalendarRow) -> CalendarView:
    return CalendarView(edition=calendar_in(row), reason=row.reason, account=row.account, at=row.at)
