"""Keeps running proceedings on the newest edition of the working calendar.

What is compared is what is: the edition in use against the edition each open proceeding counts by. So an
edition put in use while no worker ran, or a signal lost with a crash, is caught up by the next look.
"""

import asyncio
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import Select, func, literal, or_, union_all
from sqlalchemy import select as columns_of
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from activities.database.sessions import Sessions
from activities.observing.codes import LogCode
from activities.observing.logs import Log
from models.calendar.edition import CalendarEdition
from models.calendar.working import WorkingCalendar
from models.tables.calendars import CalendarRow
from models.tables.consolidations import ConsolidationRow
from models.tables.duties import DutyRow
from models.tables.monitorings import MonitoringRow

LOOK_EVERY_SECONDS: Final = 5.0
AT_ONCE: Final = 4
"""Proceedings told whose new reckoning is not on record yet. Whoever gives a command meanwhile waits behind
so few of them: all at once would fill the workers' queue for a minute."""
AGAIN_SECONDS: Final = 0.05
PATIENCE_SECONDS: Final = 10.0
"""After so long without one of them on record the others are told: a halted proceeding holds up nobody."""

SIGNAL: Final = "change_calendar"
_LOCK: Final = 0x6B7A_0018  # one keeper at a time, however many workers run
_KINDS: Final = (
    (
        col(MonitoringRow.workflow_id),
        col(MonitoringRow.number),
        col(MonitoringRow.ended),
        col(MonitoringRow.calendar_edition),
    ),
    (col(DutyRow.workflow_id), col(DutyRow.mark), col(DutyRow.ended), col(DutyRow.calendar_edition)),
    (
        col(ConsolidationRow.workflow_id),
        col(ConsolidationRow.mark),
        col(ConsolidationRow.ended),
        col(ConsolidationRow.calendar_edition),
    ),
)
log = Log(__name__)


@dataclass
class Told:
    """Who was told of an edition already: one that does not take it is not told at each look."""

    edition: str = ""
    workflow_ids: set[str] = field(default_factory=set)

    def missing(self, edition: str, behind: Iterable[str]) -> list[str]:
        """Those of the ones behind that have not been told of this edition; no others are remembered."""
        waiting = list(behind)
        self.workflow_ids = self.workflow_ids & set(waiting) if self.edition == edition else set()
        self.edition = edition
        return [workflow_id for workflow_id in waiting if workflow_id not in self.workflow_ids]


async def keep_calendars(
    client: Client, sessions: Sessions, every_seconds: float = LOOK_EVERY_SECONDS
) -> None:
    """Look until cancelled. A look finds by an index who counts by another edition: mostly nobody."""
    told = Told()
    while True:
        try:
            await bring_newest(client, sessions, told)
        except (SQLAlchemyError, RPCError):
            log.warning(LogCode.CALENDAR_LATE)
        await asyncio.sleep(every_seconds)


async def bring_newest(client: Client, sessions: Sessions, told: Told | None = None) -> bool:
    """Tell every open proceeding that counts by another edition, but for those that were told of it before.

    False when another worker is at it.
    """
    told = told or Told()
    async with sessions() as session:
        newest_first = select(CalendarRow.edition).order_by(col(CalendarRow.serial).desc())
        edition = (await session.exec(newest_first.limit(1))).first()
        if edition is None or not told.missing(edition, await _behind(session, edition)):
            return True
    async with sessions() as session, session.begin():
        if not (await session.exec(select(func.pg_try_advisory_xact_lock(_LOCK)))).one():
            return False
        row = await newest(session)
        assert row is not None, "an edition is never taken away"
        calendar = CalendarEdition.model_validate(row.body).working_calendar()
        missing = told.missing(calendar.edition, await _behind(session, calendar.edition))
        under_way: set[str] = set()
        for workflow_id in missing:
            under_way = await _room(session, under_way, calendar.edition)
            if await _tell(client, workflow_id, calendar):
                under_way.add(workflow_id)
            told.workflow_ids.add(workflow_id)
    log.info(LogCode.CALENDAR_TOLD, edition=calendar.edition, count=len(missing))
    return True


async def newest(session: AsyncSession) -> CalendarRow | None:
    """The edition in use."""
    return (await session.exec(select(CalendarRow).order_by(col(CalendarRow.serial).desc()).limit(1))).first()


async def _room(session: AsyncSession, under_way: set[str], edition: str) -> set[str]:
    """Those still under way, as soon as they are few enough for one more."""
    until = asyncio.get_running_loop().time() + PATIENCE_SECONDS
    while len(under_way) >= AT_ONCE:
        rest = under_way & set(await _behind(session, edition, under_way))
        if rest == under_way:
            if asyncio.get_running_loop().time() > until:
                return set()
            await asyncio.sleep(AGAIN_SECONDS)
        under_way = rest
    return under_way


async def _behind(session: AsyncSession, edition: str, among: Collection[str] | None = None) -> Sequence[str]:
    """Workflow ids of open proceedings that count by another edition, monitorings first."""
    return list(await session.exec(behind(edition, among)))


def behind(edition: str, among: Collection[str] | None = None) -> SelectOfScalar[str]:
    """The question, as the indexes of those that go on answer it: what differs is smaller or greater."""
    rows = union_all(
        *(_of_kind(place, *kind, edition, among) for place, kind in enumerate(_KINDS))
    ).subquery()
    return select(rows.c.workflow_id).order_by(rows.c.place, rows.c.mark)


def _of_kind(
    place: int,
    workflow_id: Mapped[str],
    mark: Mapped[str],
    ended: Mapped[bool],
    counts_by: Mapped[str],
    edition: str,
    among: Collection[str] | None,
) -> Select[str, str, int]:
    found: Select[str, str, int] = columns_of(
        workflow_id.label("workflow_id"), mark.label("mark"), literal(place).label("place")
    )
    found = found.where(~ended, or_(counts_by < edition, counts_by > edition))
    return found if among is None else found.where(workflow_id.in_(among))


async def _tell(client: Client, workflow_id: str, calendar: WorkingCalendar) -> bool:
    """Signal one workflow. False when it has ended meanwhile: it needs no calendar any more."""
    try:
        await client.get_workflow_handle(workflow_id).signal(SIGNAL, calendar)
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise
        return False
    return True
