"""Keeps running proceedings on the newest edition of the working calendar.

What is compared is what is: the edition in use against the edition each open proceeding counts by. So an
edition put in use while no worker ran, or a signal lost with a crash, is caught up by the next look.
"""

import asyncio
import logging
from collections.abc import Collection, Sequence
from typing import Final

from sqlalchemy import func
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from activities.database.sessions import Sessions
from models.calendar.edition import CalendarEdition
from models.calendar.working import WorkingCalendar
from models.tables.calendars import CalendarRow
from models.tables.consolidations import ConsolidationRow
from models.tables.duties import DutyRow
from models.tables.monitorings import MonitoringRow
from models.vocabulary.procedure import Stage

LOOK_EVERY_SECONDS: Final = 5.0
AT_ONCE: Final = 8
"""Proceedings told whose new reckoning is not on record yet. Whoever gives a command meanwhile waits behind
so few of them: all at once would fill the workers' queue for a minute."""
AGAIN_SECONDS: Final = 0.05
PATIENCE_SECONDS: Final = 10.0
"""After so long without one of them on record the others are told: a halted proceeding holds up nobody."""

SIGNAL: Final = "change_calendar"
_LOCK: Final = 0x6B7A_0018  # one keeper at a time, however many workers run
log = logging.getLogger(__name__)
Marker = tuple[int | None, ...]


async def keep_calendars(
    client: Client, sessions: Sessions, every_seconds: float = LOOK_EVERY_SECONDS
) -> None:
    """Look until cancelled, anew when there is a newer edition or a further proceeding: one that began while
    an edition was put in use may count by the one before."""
    settled: Marker | None = None
    while True:
        try:
            seen = await _marker(sessions)
            if seen != settled and await bring_newest(client, sessions):
                settled = seen
        except (SQLAlchemyError, RPCError):
            log.warning("the calendar could not be brought to everybody yet")
        await asyncio.sleep(every_seconds)


async def bring_newest(client: Client, sessions: Sessions) -> bool:
    """Tell every open proceeding that counts by another edition. False when another worker is at it."""
    async with sessions() as session, session.begin():
        if not (await session.exec(select(func.pg_try_advisory_xact_lock(_LOCK)))).one():
            return False
        row = await newest(session)
        if row is None:
            return True
        calendar = CalendarEdition.model_validate(row.body).working_calendar()
        behind = await _behind(session, calendar.edition)
        under_way: set[str] = set()
        for workflow_id in behind:
            under_way = await _room(session, under_way, calendar.edition)
            if await _tell(client, workflow_id, calendar):
                under_way.add(workflow_id)
    log.info("calendar %s: %d proceedings told", calendar.edition, len(behind))
    return True


async def newest(session: AsyncSession) -> CalendarRow | None:
    """The edition in use."""
    return (await session.exec(select(CalendarRow).order_by(col(CalendarRow.serial).desc()))).first()


async def _marker(sessions: Sessions) -> Marker:
    """Differs when there is a newer edition, or a proceeding more."""
    async with sessions() as session:
        serial = (await session.exec(select(func.max(CalendarRow.serial)))).one()
        kinds = (MonitoringRow, DutyRow, ConsolidationRow)
        counts = [(await session.exec(select(func.count()).select_from(kind))).one() for kind in kinds]
    return (serial, *counts)


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
    """Workflow ids of open proceedings that count by another edition."""
    state = col(MonitoringRow.state)
    monitorings = (
        select(MonitoringRow.workflow_id)
        .where(col(MonitoringRow.stage) != Stage.CANCELLED.value)
        .where(state["follow_up_ended"].as_boolean().is_(False))
        .where(state["calendar"]["edition"].as_string() != edition)
        .order_by(col(MonitoringRow.number))
    )
    duties = (
        select(DutyRow.workflow_id)
        .where(col(DutyRow.ended).is_(False))
        .where(col(DutyRow.state)["calendar"]["edition"].as_string() != edition)
        .order_by(col(DutyRow.mark))
    )
    consolidations = (
        select(ConsolidationRow.workflow_id)
        .where(col(ConsolidationRow.ended).is_(False))
        .where(col(ConsolidationRow.state)["calendar"]["edition"].as_string() != edition)
        .order_by(col(ConsolidationRow.mark))
    )
    if among is not None:
        monitorings = monitorings.where(col(MonitoringRow.workflow_id).in_(among))
        duties = duties.where(col(DutyRow.workflow_id).in_(among))
        consolidations = consolidations.where(col(ConsolidationRow.workflow_id).in_(among))
    queries = (monitorings, duties, consolidations)
    return [workflow_id for query in queries for workflow_id in await session.exec(query)]


async def _tell(client: Client, workflow_id: str, calendar: WorkingCalendar) -> bool:
    """Signal one workflow. False when it has ended meanwhile: it needs no calendar any more."""
    try:
        await client.get_workflow_handle(workflow_id).signal(SIGNAL, calendar)
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise
        return False
    return True
