"""The authorized body's inbox as it is read: which reports match, in which words (rules 17, 18)."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from pydantic import BaseModel, Field
from sqlalchemy import JSON, ColumnElement, Date, cast, func, literal, tuple_
from sqlalchemy import select as columns_of
from sqlalchemy.sql.elements import Tuple
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from activities.database.among import rows_among
from activities.database.counted import MOST_COUNTED
from activities.registries.received_reports import report_in
from api.content.notes import note_bodies
from api.http.pagination import Turned, turned_to
from models.report.content import Wording
from models.report.received import ReceivedReport, Way
from models.tables.bodies import OrganisationRow
from models.tables.content import SnapshotRow
from models.tables.received_reports import ReceivedReportRow
from models.vocabulary.procedure import Id, Kind, Language, Sha256


class ConsideredView(BaseModel):
    """Rule 18: when a report was considered, by which account, and with which note."""

    on: date
    by: Id | None
    note: str


class ReceivedReportView(BaseModel):
    """A report of the inbox, in its current version."""

    id: Id
    way: Way
    conductor: Id
    kind: Kind
    version: int
    title: Wording
    content: Sha256 = Field(description="Of the frozen content that every figure is recomputed from.")
    ended_on: date | None
    received_on: date
    has_file: bool
    awaits_consideration: bool
    considered: ConsideredView | None


class InboxFilters(BaseModel):
    """The filters of the inbox; all of them together."""

    way: Way | None = None
    considered: bool | None = None
    year: int | None = Field(default=None, ge=1990, le=2100, description="Of the end of the conduct.")
    conductor: Id | None = None


Place = tuple[str, ...]
"""Where a report stands in the list: the day it was received, and its number."""
Found = SelectOfScalar[ReceivedReportRow]
_PLACED_BY: Final = 2  # parts of a cursor
_DAY: Final[ColumnElement[date]] = func.coalesce(
    col(ReceivedReportRow.ended_on), col(ReceivedReportRow.received_on)
)
"""The end of the conduct; of the receipt where that is not known."""


def found_in_inbox(workflow_id: str, filters: InboxFilters, *, waiting: bool = False) -> Found:
    """The rows that match; with `waiting`, of those that wait for consideration. In no order yet."""
    found = select(ReceivedReportRow).where(ReceivedReportRow.workflow_id == workflow_id)
    if filters.way is not None:
        found = found.where(ReceivedReportRow.way == filters.way.value)
    if filters.considered is not None:
        found = found.where(col(ReceivedReportRow.considered_on).is_not(None) == filters.considered)
    if filters.year is not None:
        found = found.where(_in_year(filters.year))
    if filters.conductor is not None:
        found = found.where(ReceivedReportRow.conductor == filters.conductor)
    if waiting:
        found = found.where(col(ReceivedReportRow.considered_on).is_(None))
        found = found.where(ReceivedReportRow.way != Way.OWN.value)
    return found


def newest_first(found: Found) -> Found:
    """In the order of the list."""
    return found.order_by(col(ReceivedReportRow.received_on).desc(), col(ReceivedReportRow.report).desc())


async def part_of_inbox(
    session: AsyncSession, found: Found, after: Place | None, before: Place | None, most: int
) -> tuple[ReceivedReportRow, ...]:
    """The rows next to a place, in the order of the list, at most one more than `most`."""
    place = tuple_(col(ReceivedReportRow.received_on), col(ReceivedReportRow.report))
    if before is not None:
        nearest = found.where(place > _place(before))
        nearest = nearest.order_by(col(ReceivedReportRow.received_on), col(ReceivedReportRow.report))
        return tuple(reversed((await session.exec(nearest.limit(most + 1))).all()))
    if after is not None:
        found = found.where(place < _place(after))
    return tuple((await session.exec(newest_first(found).limit(most + 1))).all())


async def how_many(session: AsyncSession, found: Found) -> int:
    """At most one more than `MOST_COUNTED`."""
    first = found.with_only_columns(literal(1)).limit(MOST_COUNTED + 1).subquery()
    return (await session.exec(select(func.count()).select_from(first))).one()


async def years_in_inbox(session: AsyncSession, workflow_id: str) -> tuple[int, ...]:
    """The years whose reports were received, the newest first."""
    mine, connection = col(ReceivedReportRow.workflow_id) == workflow_id, await session.connection()
    first, last = (await connection.execute(columns_of(func.min(_DAY), func.max(_DAY)).where(mine))).one()
    if first is None:
        return ()
    years = range(last.year, first.year - 1, -1)
    there = columns_of(*(columns_of(literal(1)).where(mine, _in_year(year)).exists() for year in years))
    return tuple(
        year
        for year, is_there in zip(years, (await connection.execute(there)).one(), strict=True)
        if is_there
    )


async def conductors_in_inbox(session: AsyncSession, workflow_id: str) -> set[Id]:
    """Whose reports were received."""
    sent = select(ReceivedReportRow.report).where(
        ReceivedReportRow.workflow_id == workflow_id, ReceivedReportRow.conductor == OrganisationRow.id
    )
    return set(await session.exec(select(OrganisationRow.id).where(sent.exists())))


async def views_of(
    session: AsyncSession, rows: Sequence[ReceivedReportRow]
) -> tuple[ReceivedReportView, ...]:
    """The rows with their titles, and with who considered them and in which words."""
    return await views_of_reports(session, [report_in(row) for row in rows])


async def views_of_reports(
    session: AsyncSession, reports: Sequence[ReceivedReport]
) -> tuple[ReceivedReportView, ...]:
    """The same of reports."""
    notes = frozenset(report.considered.note for report in reports if report.considered)
    bodies = await note_bodies(session, notes)
    titles = await _titles(session, {report.content for report in reports})
    return tuple(_view(report, titles, bodies) for report in reports)


async def _titles(session: AsyncSession, contents: set[Sha256]) -> dict[Sha256, Wording]:
    title = cast(col(SnapshotRow.body), JSON)["title"]
    sha256 = col(SnapshotRow.sha256)
    rows = await rows_among(session, select(sha256, title), sha256, contents)
    return {sha256: Wording.model_validate(said) for sha256, said in rows if said is not None}


def _view(
    report: ReceivedReport, titles: dict[Sha256, Wording], notes: dict[Sha256, str]
) -> ReceivedReportView:
    mark = report.considered
    considered = (
        ConsideredView(on=mark.on, by=mark.by, note=note_text(notes.get(mark.note))) if mark else None
    )
    return ReceivedReportView(
        id=report.id,
        way=report.way,
        conductor=report.conductor,
        kind=report.kind,
        version=report.version,
        title=titles.get(report.content, Wording()),
        content=report.content,
        ended_on=report.ended_on,
        received_on=report.received_on,
        has_file=report.file is not None,
        awaits_consideration=report.awaits_consideration,
        considered=considered,
    )


def note_text(body: str | None) -> str:
    """A note as typed; a wording in the first language it is in."""
    said = json.loads(body) if body else {}
    return str(said["text"]) if "text" in said else Wording.model_validate(said).best(Language.KK)


def place_of(report: ReceivedReportView) -> Place:
    """Where a report stands in the list, for a cursor."""
    return report.received_on.isoformat(), report.id


def turned_to_place(asked: Mapping[str, str]) -> Turned:
    """Where in the list an address points; the beginning where it names no place of one."""
    turned = turned_to(asked, _PLACED_BY)
    named = turned.before or turned.after
    return turned if named is None or _is_day(named[0]) else Turned()


def _is_day(said: str) -> bool:
    try:
        date.fromisoformat(said)
    except ValueError:
        return False
    return True


def _place(given: Place) -> Tuple:
    received_on, report = given
    return tuple_(literal(date.fromisoformat(received_on), Date), literal(report))


def _in_year(year: int) -> ColumnElement[bool]:
    return _DAY.between(date(year, 1, 1), date(year, 12, 31))
