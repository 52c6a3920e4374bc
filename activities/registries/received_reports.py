"""The authorized body's inbox as it lies in rows: what it has received (rules 17, 20), in which version."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import false, func, literal, or_
from sqlalchemy.dialects.postgresql import distinct_on
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from models.consolidation.state import ConsolidationState
from models.events import ReviewRound
from models.report.inbox import NAMED, FirstOf, InboxRead, InboxTally, RoundRead, known_of
from models.report.received import Considered, ReceivedReport, Way
from models.tables.consolidations import ConsolidationRow
from models.tables.received_reports import ReceivedReportRow
from models.vocabulary.procedure import Id, Kind, Sha256


def report_in(row: ReceivedReportRow) -> ReceivedReport:
    """The report a row holds."""
    considered = None
    if row.considered_on is not None and row.considered_note is not None:
        considered = Considered(on=row.considered_on, note=row.considered_note, by=row.considered_by)
    return ReceivedReport(
        id=row.report,
        way=Way(row.way),
        conductor=row.conductor,
        kind=Kind(row.kind),
        version=row.version,
        content=row.content,
        started_on=row.started_on,
        ended_on=row.ended_on,
        approved_on=row.approved_on,
        received_on=row.received_on,
        of_rule_13=row.of_rule_13,
        file=row.file,
        considered=considered,
    )


async def received_reports(
    session: AsyncSession, way: Way | None = None, kind: Kind | None = None, report: Id | None = None
) -> tuple[ReceivedReport, ...]:
    """The reports on file by their ids: of one way, of one kind, or one alone, where these are given.

    They belong to the office: a predecessor's are among them; of one that lies in both inboxes, what was
    written last.
    """
    found = (
        select(ReceivedReportRow)
        .join(ConsolidationRow, col(ConsolidationRow.workflow_id) == col(ReceivedReportRow.workflow_id))
        .ext(distinct_on(col(ReceivedReportRow.report)))
        .order_by(col(ReceivedReportRow.report), col(ConsolidationRow.changed_at).desc())
    )
    if way is not None:
        found = found.where(ReceivedReportRow.way == way.value)
    if kind is not None:
        found = found.where(ReceivedReportRow.kind == kind.value)
    if report is not None:
        found = found.where(ReceivedReportRow.report == report)
    return tuple(report_in(row) for row in await session.exec(found))


async def report_lying_in(session: AsyncSession, workflow_id: str, report: Id) -> ReceivedReport | None:
    """A report as it lies in the inbox of a consolidation."""
    row = await session.get(ReceivedReportRow, (workflow_id, report), populate_existing=True)
    return report_in(row) if row else None


async def read_of_report(
    session: AsyncSession, workflow_id: str, report: Id, file: Sha256 | None = None
) -> InboxRead:
    """What the inbox says of a report and of a file, for whoever gives a command or tells of the report."""
    here = col(ReceivedReportRow.workflow_id) == workflow_id
    line = select(ConsolidationRow.seq).where(ConsolidationRow.workflow_id == workflow_id)
    with_its_file = select(ReceivedReportRow.report).where(here, ReceivedReportRow.file == file).limit(1)
    # One statement, one moment: the rows are those of that line.
    one = select(literal(report).label("report")).subquery()
    found = (
        select(line.scalar_subquery(), with_its_file.scalar_subquery(), ReceivedReportRow)
        .select_from(one)
        .outerjoin(ReceivedReportRow, here & (col(ReceivedReportRow.report) == one.c.report))
    )
    told = found.execution_options(populate_existing=True)
    as_of, of_file, row = (await session.exec(told)).one()
    known = report_in(row) if row else None
    return InboxRead(
        as_of=as_of or 0, report=known_of(known) if known else None, of_file=of_file if file else None
    )


async def read_of_review(session: AsyncSession, state: ConsolidationState) -> RoundRead | None:
    """What was considered in the review round in course, and what waits; None where there is no round."""
    if state.round is None:
        return None
    as_of = await _as_of(session, state.workflow_id)
    considered = await considered_in_rounds(session, state.workflow_id, [state.round])
    waiting = await _first_of(session, waiting_in(state.workflow_id))
    return RoundRead(as_of=as_of, considered=considered[state.round.serial], unconsidered=waiting)


async def considered_in_rounds(
    session: AsyncSession, workflow_id: str, rounds: Sequence[ReviewRound]
) -> dict[int, FirstOf]:
    """What was considered on the days of each of these rounds, by the rounds' numbers; in one statement."""
    day, report = col(ReceivedReportRow.considered_on), col(ReceivedReportRow.report)
    of_days = (
        select(
            day.label("day"),
            report.label("report"),
            func.count().over(partition_by=day).label("count"),
            func.row_number().over(partition_by=day, order_by=report).label("place"),
        )
        .where(ReceivedReportRow.workflow_id == workflow_id)
        .where(or_(false(), *(day.between(each.begins_on, each.ends_on) for each in rounds)))
        .subquery()
    )
    first = select(of_days.c.day, of_days.c.report, of_days.c.count).where(of_days.c.place <= NAMED)
    marked = [_Marked(*row) for row in await session.exec(first.order_by(of_days.c.report))]
    return {each.serial: _first_of_days([m for m in marked if each.contains(m.day)]) for each in rounds}


class _Marked(NamedTuple):
    """A report that was considered on a day, and how many were on that day."""

    day: date
    report: Id
    on_its_day: int


def _first_of_days(marked: Sequence[_Marked]) -> FirstOf:
    count = sum({each.day: each.on_its_day for each in marked}.values())
    first = tuple(each.report for each in marked[:NAMED])
    return FirstOf(first=first, besides=count - len(first))


async def tally_of_inbox(session: AsyncSession, workflow_id: str) -> InboxTally:
    """The inbox in numbers."""
    ways = select(ReceivedReportRow.way, func.count()).where(ReceivedReportRow.workflow_id == workflow_id)
    by_way = {Way(way): count for way, count in await session.exec(ways.group_by(ReceivedReportRow.way))}
    return InboxTally(by_way=by_way, waiting=await _counted(session, waiting_in(workflow_id)))


def waiting_in(workflow_id: str) -> SelectOfScalar[Id]:
    """What waits for consideration. The authorized body's own reports are its own word already."""
    return (
        select(ReceivedReportRow.report)
        .where(ReceivedReportRow.workflow_id == workflow_id)
        .where(col(ReceivedReportRow.considered_on).is_(None), ReceivedReportRow.way != Way.OWN.value)
        .order_by(col(ReceivedReportRow.report))
    )


async def _as_of(session: AsyncSession, workflow_id: str) -> int:
    """The line of the journal up to which the rows go; 0 before there is one."""
    line = select(ConsolidationRow.seq).where(ConsolidationRow.workflow_id == workflow_id)
    return (await session.exec(line)).first() or 0


async def _first_of(session: AsyncSession, found: SelectOfScalar[Id]) -> FirstOf:
    first = tuple(await session.exec(found.limit(NAMED)))
    return FirstOf(first=first, besides=await _counted(session, found) - len(first))


async def _counted(session: AsyncSession, found: SelectOfScalar[Id]) -> int:
    return (await session.exec(select(func.count()).select_from(found.order_by(None).subquery()))).one()
