"""Telling the authorized body's consolidation: what was received and considered, what the registries say.

All of it may be told twice. Reports belong to the office: whichever body is the authorized one today
consolidates them, also those that were sent to its predecessor.
"""

from collections.abc import Sequence

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from temporalio import activity
from temporalio.client import Client

from activities.database.sessions import Sessions
from activities.keepers.perpetual import start_and_tell
from activities.registries.briefing import InForce, in_force_on
from activities.registries.local_day import local_today
from activities.registries.lookup import NotOnRecord
from activities.registries.successions import known_successions
from models.consolidation.notices import ConsolidationInput, ConsolidationNotice, consolidation_notice
from models.consolidation.state import ConsolidationState
from models.duty.notices import Told
from models.events import ConsolidationBriefing, ReportConsidered
from models.monitoring.state import MonitoringState
from models.proof.summaries import summary_of_consolidation
from models.report.received import Considered, ReceivedReport, Way
from models.tables.bodies import OrganisationRow
from models.tables.consolidations import ConsolidationRow
from models.tables.journal import EntryRow
from models.tables.monitorings import MonitoringRow
from models.vocabulary.actors import Actor
from models.vocabulary.base import Model
from models.vocabulary.procedure import (
    AFTER_APPROVAL,
    Id,
    consolidation_mark,
    consolidation_workflow_id,
    monitoring_workflow_id,
)
from models.vocabulary.succession import Succession

WORKFLOW = "ConsolidationWorkflow"
HEAR, BRIEF = "hear", "brief_consolidation"


class ConsolidationPost:
    """Reaches the consolidation, and starts it where nobody did yet."""

    def __init__(self, client: Client, sessions: Sessions) -> None:
        self._client = client
        self._sessions = sessions

    @activity.defn
    async def tell_consolidation(self, notice: ConsolidationNotice) -> Told:
        """Tell the authorized body's consolidation; not told before the registries know such a body."""
        async with self._sessions() as session:
            in_force = await in_force_on(session, local_today())
            if in_force is None or await _has_ended(session, in_force):
                return Told(told=False)
            report = await _with_consideration(session, notice)
            code = await _code(session, in_force)
        await self._signal(in_force, code, HEAR, report)
        return Told(told=True)

    async def settle(self) -> int:
        """Bring the consolidation to what registries and monitorings say; returns how much was told."""
        async with self._sessions() as session:
            in_force = await in_force_on(session, local_today())
            if in_force is None:
                return 0
            rows = (await session.exec(select(ConsolidationRow))).all()
            code = await _code(session, in_force)
            passed = await known_successions(session, local_today())
            states = [ConsolidationState.model_validate(row.state) for row in rows if not row.ended]
            ended = await _has_ended(session, in_force)
        told = sum([await self._brief(state, in_force, passed.get(state.organisation)) for state in states])
        current = next((s for s in states if s.organisation == in_force.authorized_body), None)
        if ended:
            return told
        if current is None:
            await self._signal(in_force, code, BRIEF, _briefing(in_force))
            told += 1
        former = [
            state
            for row in rows
            if (state := ConsolidationState.model_validate(row.state)).organisation
            != in_force.authorized_body
        ]
        told += await self._pass_on(former, current, in_force, code)
        return told + await self._catch_up(current, in_force, code)

    async def _pass_on(
        self,
        former: Sequence[ConsolidationState],
        state: ConsolidationState | None,
        in_force: InForce,
        code: str,
    ) -> int:
        """What came on paper lies in the inbox it was registered in, and the inbox belongs to the office."""
        inbox = state.inbox if state else {}
        missing = [
            report
            for predecessor in former
            for report in predecessor.inbox.values()
            if report.way is Way.PAPER and report.id not in inbox
        ]
        for report in missing:
            await self._signal(in_force, code, HEAR, report)
        return len(missing)

    async def _brief(self, state: ConsolidationState, in_force: InForce, passed: Succession | None) -> bool:
        briefing = _briefing(in_force).model_copy(update={"succession": passed})
        if state.briefing == briefing:
            return False
        handle = self._client.get_workflow_handle(state.workflow_id)
        await handle.signal(BRIEF, briefing)
        return True

    async def _catch_up(self, state: ConsolidationState | None, in_force: InForce, code: str) -> int:
        """What monitorings of before have not told, or told and was lost."""
        inbox = state.inbox if state else {}
        told = 0
        for monitoring in await self._approved():
            notice = consolidation_notice(monitoring)
            if notice is None or not _is_news(notice, inbox.get(notice.report.id)):
                continue
            async with self._sessions() as session:
                report = await _with_consideration(session, notice)
            await self._signal(in_force, code, HEAR, report)
            told += 1
        return told

    async def _approved(self) -> Sequence[MonitoringState]:
        approved = (
            select(MonitoringRow.state)
            .where(col(MonitoringRow.stage).in_([stage.value for stage in AFTER_APPROVAL]))
            .order_by(col(MonitoringRow.number))
        )
        async with self._sessions() as session:
            return [MonitoringState.model_validate(state) for state in await session.exec(approved)]

    async def _signal(self, in_force: InForce, code: str, signal: str, said: Model) -> None:
        """Tell the consolidation, which is started first where nobody did."""
        mark, known = consolidation_mark(code), consolidation_workflow_id(in_force.authorized_body)
        briefing = _briefing(in_force)
        given = ConsolidationInput(mark=mark, briefing=briefing, calendar=in_force.calendar)
        summary = summary_of_consolidation(mark, briefing)
        await start_and_tell(self._client, WORKFLOW, known, given, summary, signal, said)


def _briefing(in_force: InForce) -> ConsolidationBriefing:
    return ConsolidationBriefing(authorized_body=in_force.authorized_body, edition=in_force.edition)


def _is_news(notice: ConsolidationNotice, known: ReceivedReport | None) -> bool:
    if known is None or known.version < notice.report.version:
        return True
    return notice.considered_on is not None and known.considered is None


async def _code(session: AsyncSession, in_force: InForce) -> str:
    return (await session.get_one(OrganisationRow, in_force.authorized_body)).code


async def _has_ended(session: AsyncSession, in_force: InForce) -> bool:
    """One history per body: a consolidation that ended is not begun anew."""
    row = await session.get(ConsolidationRow, consolidation_workflow_id(in_force.authorized_body))
    return row is not None and row.ended


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
