"""Telling the authorized body's consolidation: what was received and considered, what the registries say.

All of it may be told twice. Reports belong to the office: whichever body is the authorized one today
consolidates them, also those that were sent to its predecessor.
"""

from typing import Final

from sqlalchemy.orm import aliased
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar
from temporalio import activity
from temporalio.client import Client

from activities.database.sessions import Sessions, reads_of
from activities.keepers.perpetual import start_and_tell
from activities.registries.bodies import code_of
from activities.registries.briefing import InForce, in_force_on
from activities.registries.local_day import local_today
from activities.registries.lookup import NotOnRecord
from activities.registries.received_reports import read_of_report, report_in, report_lying_in
from activities.registries.remembered import see
from activities.registries.successions import known_successions
from models.consolidation.notices import (
    ConsolidationInput,
    ConsolidationNotice,
    HeardReport,
    consolidation_notice,
)
from models.consolidation.state import ConsolidationState
from models.duty.notices import Told
from models.events import ConsolidationBriefing, ReportConsidered
from models.monitoring.state import MonitoringState
from models.proof.summaries import summary_of_consolidation
from models.report.received import Considered, ReceivedReport, Way
from models.tables.columns import Json
from models.tables.consolidations import ConsolidationRow
from models.tables.journal import EntryRow
from models.tables.monitorings import MonitoringRow
from models.tables.received_reports import ReceivedReportRow
from models.vocabulary.actors import Actor
from models.vocabulary.base import Model
from models.vocabulary.procedure import (
    Id,
    Stage,
    consolidation_mark,
    consolidation_workflow_id,
    monitoring_workflow_id,
)
from models.vocabulary.succession import Succession

WORKFLOW = "ConsolidationWorkflow"
HEAR, BRIEF = "hear", "brief_consolidation"
AT_A_TIME: Final = 50
"""Monitorings that are read in one statement: between them the worker does what else there is."""


class ConsolidationPost:
    """Reaches the consolidation, and starts it where nobody did yet."""

    def __init__(self, client: Client, sessions: Sessions) -> None:
        self._client = client
        self._sessions = sessions
        self._reads = reads_of(sessions)

    @activity.defn
    async def tell_consolidation(self, notice: ConsolidationNotice) -> Told:
        """Tell the authorized body's consolidation; not told before the registries know such a body."""
        async with self._reads() as session:
            await see(session)
            in_force = await in_force_on(session, local_today())
            if in_force is None or await _has_ended(session, in_force):
                return Told(told=False)
            heard = await _heard(session, in_force, await _with_consideration(session, notice))
            code = await _code(session, in_force)
        await self._signal(in_force, code, HEAR, heard)
        return Told(told=True)

    async def settle(self) -> int:
        """Bring the consolidation to what registries and monitorings say; returns how much was told."""
        async with self._sessions() as session:
            in_force = await in_force_on(session, local_today())
            if in_force is None:
                return 0
            going_on = await session.exec(select(ConsolidationRow.state).where(~col(ConsolidationRow.ended)))
            states = [ConsolidationState.model_validate(state) for state in going_on]
            code = await _code(session, in_force)
            passed = await known_successions(session, local_today())
            ended = await _has_ended(session, in_force)
        told = sum([await self._brief(state, in_force, passed.get(state.organisation)) for state in states])
        if ended:
            return told
        if all(state.organisation != in_force.authorized_body for state in states):
            await self._signal(in_force, code, BRIEF, _briefing(in_force))
            told += 1
        told += await self._pass_on(in_force, code)
        return told + await self._catch_up(in_force, code)

    async def _pass_on(self, in_force: InForce, code: str) -> int:
        """What came on paper lies in the inbox it was registered in, and the inbox belongs to the office."""
        told, after = 0, ""
        while True:
            async with self._sessions() as session:
                rows = (await session.exec(_left_behind(in_force, after))).all()
            for row in rows:
                await self._tell_anew(in_force, code, report_in(row))
            told += len(rows)
            if len(rows) < AT_A_TIME:
                return told
            after = rows[-1].report

    async def _brief(self, state: ConsolidationState, in_force: InForce, passed: Succession | None) -> bool:
        briefing = _briefing(in_force).model_copy(update={"succession": passed})
        if state.briefing == briefing:
            return False
        handle = self._client.get_workflow_handle(state.workflow_id)
        await handle.signal(BRIEF, briefing)
        return True

    async def _catch_up(self, in_force: InForce, code: str) -> int:
        """What monitorings of before have not told, or told and was lost."""
        told, after = 0, ""
        while True:
            async with self._sessions() as session:
                states = (await session.exec(_untold(in_force, after))).all()
            monitorings = [MonitoringState.model_validate(state) for state in states]
            for notice in filter(None, map(consolidation_notice, monitorings)):
                told += await self._tell_if_news(in_force, code, notice)
            if len(monitorings) < AT_A_TIME:
                return told
            after = monitorings[-1].number

    async def _tell_if_news(self, in_force: InForce, code: str, notice: ConsolidationNotice) -> bool:
        async with self._sessions() as session:
            known = await report_lying_in(session, _inbox(in_force), notice.report.id)
            if not _is_news(notice, known):
                return False
            report = await _with_consideration(session, notice)
        await self._tell_anew(in_force, code, report)
        return True

    async def _tell_anew(self, in_force: InForce, code: str, report: ReceivedReport) -> None:
        async with self._sessions() as session:
            heard = await _heard(session, in_force, report)
        await self._signal(in_force, code, HEAR, heard)

    async def _signal(self, in_force: InForce, code: str, signal: str, said: Model) -> None:
        """Tell the consolidation, which is started first where nobody did."""
        mark, known = consolidation_mark(code), consolidation_workflow_id(in_force.authorized_body)
        briefing = _briefing(in_force)
        given = ConsolidationInput(mark=mark, briefing=briefing, calendar=in_force.calendar)
        summary = summary_of_consolidation(mark, briefing)
        await start_and_tell(self._client, WORKFLOW, known, given, summary, signal, said)


def _briefing(in_force: InForce) -> ConsolidationBriefing:
    return ConsolidationBriefing(authorized_body=in_force.authorized_body, edition=in_force.edition)


def _inbox(in_force: InForce) -> str:
    """The consolidation in whose inbox reports lie today."""
    return consolidation_workflow_id(in_force.authorized_body)


async def _heard(session: AsyncSession, in_force: InForce, report: ReceivedReport) -> HeardReport:
    read = await read_of_report(session, _inbox(in_force), report.id)
    return HeardReport(**dict(report), read=read)


def _left_behind(in_force: InForce, after: Id) -> SelectOfScalar[ReceivedReportRow]:
    """The next reports on paper in other inboxes that are not in today's."""
    here = aliased(ReceivedReportRow)
    in_it = select(here.report).where(
        here.workflow_id == _inbox(in_force), here.report == ReceivedReportRow.report
    )
    return (
        select(ReceivedReportRow)
        .where(ReceivedReportRow.workflow_id != _inbox(in_force), col(ReceivedReportRow.report) > after)
        .where(ReceivedReportRow.way == Way.PAPER.value, ~in_it.exists())
        .order_by(col(ReceivedReportRow.report))
        .limit(AT_A_TIME)
    )


def _untold(in_force: InForce, after: Id) -> SelectOfScalar[Json]:
    """The states of the next approved monitorings whose report lies otherwise in the inbox, or not at all."""
    known = col(ReceivedReportRow.report)
    same = (known == MonitoringRow.number) & (col(ReceivedReportRow.workflow_id) == _inbox(in_force))
    other = col(ReceivedReportRow.version) < col(MonitoringRow.version)
    not_marked = col(MonitoringRow.considered) & col(ReceivedReportRow.considered_on).is_(None)
    return (
        select(col(MonitoringRow.state))
        .join(ReceivedReportRow, same, isouter=True)
        .where(col(MonitoringRow.version) > 0, col(MonitoringRow.stage) != Stage.CANCELLED.value)
        .where(or_(known.is_(None), other, not_marked))
        .where(col(MonitoringRow.number) > after)
        .order_by(col(MonitoringRow.number))
        .limit(AT_A_TIME)
    )


def _is_news(notice: ConsolidationNotice, known: ReceivedReport | None) -> bool:
    if known is None or known.version < notice.report.version:
        return True
    return notice.considered_on is not None and known.considered is None


async def _code(session: AsyncSession, in_force: InForce) -> str:
    code = await code_of(session, in_force.authorized_body)
    assert code is not None, "the registry knows the body it named"
    return code


async def _has_ended(session: AsyncSession, in_force: InForce) -> bool:
    """One history per body: a consolidation that ended is not begun anew."""
    mine = select(ConsolidationRow.ended).where(ConsolidationRow.workflow_id == _inbox(in_force))
    return (await session.exec(mine)).first() or False


async def _with_consideration(session: AsyncSession, notice: ConsolidationNotice) -> ReceivedReport:
    """The report with who considered it and with which note, as the monitoring's journal has it."""
    if notice.considered_on is None:
        return notice.report
    considered = await consideration_of(session, notice.report.id)
    if considered is None:
        raise NotOnRecord("consideration")
    return notice.report.model_copy(update={"considered": considered})


async def consideration_of(session: AsyncSession, number: Id) -> Considered | None:
    """The newest consideration in a monitoring's journal."""
    lines = (
        select(EntryRow)
        .where(EntryRow.workflow_id == monitoring_workflow_id(number))
        .where(EntryRow.type == "report_considered")
        .order_by(col(EntryRow.seq).desc())
    )
    row = (await session.exec(lines.limit(1))).first()
    if row is None:
        return None
    event = ReportConsidered.model_validate(row.event)
    account = Actor.model_validate(row.actor).account
    return Considered(on=event.considered_on, note=event.note, by=account)
