"""The working calendar for its administrator: editions, who published them and why, the days that differ."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated, Final

from fastapi import Path, Query, Response
from pydantic import BaseModel, Field

from activities.registries.calendars import calendar_in
from api.access.auth import Caller
from api.access.routing import CREATED, account_router, permit_account
from api.calendar.store import (
    all_editions,
    edition_in_use,
    edition_tag,
    former_edition,
    known_edition,
    publish,
    required,
)
from api.commands.idempotency import Key
from api.commands.registering import registered_once
from api.content.editing import IfMatch
from api.http.deps import Now, Session, Today
from api.http.downloads import content_disposition
from api.http.languages import ReadersLanguage
from api.http.requests import Day, Line, RequestBody
from api.problems.problem import ProblemCode, documented, not_found
from api.sheets.csv import BYTE_ORDER_MARK, separator
from models.calendar.changes import CalendarChange, days_fit, kind_fits, next_edition
from models.calendar.csv import read_calendar, write_calendar
from models.calendar.day import ActReference, CalendarDay, CalendarDayKind, DayNames
from models.calendar.edition import CalendarEdition, EditionDiff, EditionId, YearPreview, diff, year_preview
from models.tables.calendars import CalendarRow
from models.vocabulary.access import Action

router = account_router("settings", "/calendar")
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_MOST_AT_ONCE: Final = 60
CSV_EXAMPLE: Final = "edition,kz-2027.1\nannounced_through,2027-12-31\ndate,kind,kk,ru,en,act\n"
CSV_RESPONSE: Final[dict[int | str, dict[str, object]]] = {
    200: {
        "description": "The edition as a spreadsheet.",
        "content": {"text/csv": {"schema": {"type": "string"}}},
    }
}

EditionInPath = Annotated[EditionId, Path(description="The edition's id.")]
AnyEdition = Annotated[EditionId | None, Query(description="The edition; the one in use when absent.")]
YearInPath = Annotated[str, Path(description="From 1990 to 2100.", examples=["2026"])]
Reader = Annotated[Caller, permit_account(Action.READ_REGISTRIES)]
Administrator = Annotated[Caller, permit_account(Action.WRITE_REGISTRIES)]


class NewCalendarBody(RequestBody):
    csv: str = Field(
        max_length=500_000,
        description="The edition as CSV, as `GET …/calendar/editions/{edition}/csv` gives it.",
        examples=[CSV_EXAMPLE],
    )
    reason: Line


class DeclaredDay(RequestBody):
    """A day that differs from the plain week, and the act by which it does."""

    on: Day
    kind: CalendarDayKind
    names: DayNames
    act: Annotated[ActReference, Field(min_length=1)]


class CalendarDaysBody(RequestBody):
    """Days to declare and to take back, all in one edition: a transfer is two days."""

    declare: tuple[DeclaredDay, ...] = Field(
        default=(), max_length=_MOST_AT_ONCE, description="Days in place of what the dates were before."
    )
    remove: tuple[Day, ...] = Field(
        default=(), max_length=_MOST_AT_ONCE, description="Dates that follow the plain week again."
    )
    announced_through: Day | None = Field(
        default=None, description="Until when transfers are known now; later dates stay provisional."
    )
    reason: Line


class CalendarView(BaseModel):
    """An edition of the calendar, and who put it in use."""

    edition: CalendarEdition
    reason: str
    account: str | None
    at: datetime


class CalendarLine(BaseModel):
    """An edition in the list: who published it, when and why, and what it changed."""

    edition: str
    announced_through: date
    at: datetime
    account: str | None
    reason: str
    days: int = Field(description="Days that differ from the plain week.")
    changes: EditionDiff | None = Field(description="Against the edition before; absent for the first.")


class CalendarChangesView(BaseModel):
    """What an edition says that an earlier one did not, and the reverse."""

    earlier: str
    later: str
    announced_through_before: date
    announced_through: date
    changes: EditionDiff


@router.get("", responses=documented(404))
async def read_calendar_edition(caller: Reader, session: Session, response: Response) -> CalendarView:
    """The edition of the calendar in use: named days with their acts.

    Its ETag is for `If-Match` when days are declared.
    """
    row = await edition_in_use(session)
    response.headers["ETag"] = edition_tag(row)
    return _view(row)


@router.get("/editions")
async def list_calendar_editions(caller: Reader, session: Session) -> tuple[CalendarLine, ...]:
    """All editions, the newest first: who published each, when and why, and the days it changed."""
    rows = await all_editions(session)
    return tuple(_lines(rows))


@router.get("/editions/{edition}", responses=documented(404))
async def read_former_calendar_edition(
    edition: EditionInPath, caller: Reader, session: Session
) -> CalendarView:
    """Any edition, also one that is no longer in use."""
    return _view(await known_edition(session, edition))


@router.get("/editions/{edition}/csv", response_class=Response, responses={**CSV_RESPONSE, **documented(404)})
async def export_calendar(
    edition: EditionInPath, caller: Reader, session: Session, language: ReadersLanguage
) -> Response:
    """An edition as CSV: what `POST /calendar` takes.

    `edition,<id>`, `announced_through,<date>`, the header `date,kind,kk,ru,en,act`, then one line for each
    day that differs from the plain week. In kk and ru, cells are parted by `;`; both ways are read.
    """
    row = await known_edition(session, edition)
    headers = {
        "Content-Disposition": content_disposition(f"calendar-{row.edition}.csv"),
        "X-Content-Type-Options": "nosniff",
        "ETag": edition_tag(row),
    }
    text = BYTE_ORDER_MARK + write_calendar(calendar_in(row), separator(language))
    return Response(text.encode(), media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/editions/{edition}/changes", responses=documented(404))
async def compare_calendar_editions(
    edition: EditionInPath,
    caller: Reader,
    session: Session,
    since: Annotated[
        EditionId | None, Query(description="Compared with this one; the one before when absent.")
    ] = None,
) -> CalendarChangesView:
    """The days by which two editions differ, and those of them that move deadlines."""
    row = await known_edition(session, edition)
    former = await known_edition(session, since) if since else await former_edition(session, row)
    later = calendar_in(row)
    earlier = calendar_in(former) if former else later
    return CalendarChangesView(
        earlier=earlier.id,
        later=later.id,
        announced_through_before=earlier.announced_through,
        announced_through=later.announced_through,
        changes=diff(earlier, later),
    )


@router.get("/years/{year}", responses=documented(404))
async def preview_year(
    year: YearInPath, caller: Reader, session: Session, edition: AnyEdition = None
) -> YearPreview:
    """Working days of a year, month by month, by the edition in use or another one."""
    return year_preview(calendar_in(await known_edition(session, edition)), _known_year(year))


@router.post("", status_code=CREATED, responses=documented(409, 412))
async def register_calendar(
    body: NewCalendarBody,
    caller: Administrator,
    session: Session,
    key: Key,
    now: Now,
    response: Response,
    if_match: IfMatch = None,
) -> CalendarView:
    """Put a new edition of the calendar in use, with the reason. Earlier ones are kept.

    With `If-Match` it is refused if another edition has been published since that one was read.
    """
    edition = read_calendar(body.csv)
    days_fit(edition)

    async def change() -> CalendarView:
        row = await publish(
            session,
            lambda *_: edition,
            reason=body.reason,
            account=caller.account,
            now=now,
            if_match=if_match,
        )
        return _view(row)

    view = await registered_once(session, key, caller, "register_calendar", now, CalendarView, change)
    response.headers["ETag"] = f'"{view.edition.id}"'
    return view


@router.post("/days", status_code=CREATED, responses=documented(404, 409, 412, 428))
async def declare_calendar_days(
    body: CalendarDaysBody,
    caller: Administrator,
    session: Session,
    key: Key,
    now: Now,
    today: Today,
    response: Response,
    if_match: IfMatch = None,
) -> CalendarView:
    """Declare days, or take them back: the next edition, derived from the newest one.

    New monitorings count by it at once; deadlines that are open meet it without anybody's doing.
    `If-Match` names the edition that was read, so that nobody's change is lost.
    """
    if_match = required(if_match)
    change_of_days = CalendarChange(
        declared=tuple(declared_days(body)), removed=body.remove, announced_through=body.announced_through
    )

    def derived(newest: CalendarEdition | None, known: tuple[str, ...]) -> CalendarEdition:
        if newest is None:
            raise not_found()
        return next_edition(newest, change_of_days, known, today)

    async def change() -> CalendarView:
        row = await publish(
            session, derived, reason=body.reason, account=caller.account, now=now, if_match=if_match
        )
        return _view(row)

    view = await registered_once(session, key, caller, "declare_calendar_days", now, CalendarView, change)
    response.headers["ETag"] = f'"{view.edition.id}"'
    return view


def _known_year(year: str) -> int:
    """Raises Failed (404) that tells which years there are."""
    readable = year.isascii() and year.isdecimal() and len(year) == len(str(_LAST_YEAR))
    if readable and _FIRST_YEAR <= int(year) <= _LAST_YEAR:
        return int(year)
    raise not_found(ProblemCode.YEAR_OUT_OF_RANGE, first=str(_FIRST_YEAR), last=str(_LAST_YEAR))


def declared_days(body: CalendarDaysBody) -> Iterator[CalendarDay]:
    for day in body.declare:
        kind_fits(day.on, day.kind)  # a sentence about the week, before the model's own check
        yield CalendarDay(on=day.on, kind=day.kind, names=day.names, act=day.act)


def _lines(rows: list[CalendarRow]) -> Iterator[CalendarLine]:
    editions = [calendar_in(row) for row in rows]
    for row, edition, former in zip(rows, editions, [*editions[1:], None], strict=True):
        yield CalendarLine(
            edition=edition.id,
            announced_through=edition.announced_through,
            at=row.at,
            account=row.account,
            reason=row.reason,
            days=len(edition.days),
            changes=diff(former, edition) if former else None,
        )


def _view(row: CalendarRow) -> CalendarView:
    return CalendarView(edition=calendar_in(row), reason=row.reason, account=row.account, at=row.at)
