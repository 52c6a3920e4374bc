"""The authorized body's inbox of a test without workflows: told by hand what monitorings would tell."""

from datetime import UTC, date, datetime

from activities.database.sessions import Sessions
from activities.record.recorder import Recorder
from activities.registries.received_reports import read_of_report
from local.samples import load_calendar
from models.consolidation.notices import consolidation_notice
from models.consolidation.rules import begin_consolidation, keep_inbox_apart, receive_report
from models.consolidation.state import ConsolidationState
from models.events import ConsolidationBriefing, ConsolidationEvent, Entry
from models.monitoring.state import MonitoringState
from models.proceeding.record import RecordOrder
from models.tables.consolidations import ConsolidationRow
from models.vocabulary.actors import SYSTEM
from models.vocabulary.editions import ORDER_192
from models.vocabulary.procedure import consolidation_mark, consolidation_workflow_id

MARK, WORKFLOW_ID = consolidation_mark("UO"), consolidation_workflow_id("uo")


async def arrives(sessions: Sessions, monitoring: MonitoringState) -> None:
    """What this monitoring has to tell of its report, if anything."""
    notice = consolidation_notice(monitoring)
    if notice is not None:
        state = await begun(sessions)
        async with sessions() as session:
            read = await read_of_report(session, WORKFLOW_ID, notice.report.id)
        await happens(sessions, state.seq, *receive_report(state, notice.report, read))


async def begun(sessions: Sessions) -> ConsolidationState:
    """The inbox as it is, begun if it has not been."""
    known = await _state(sessions)
    if known is None:
        briefing = ConsolidationBriefing(authorized_body="uo", edition=ORDER_192)
        calendar = load_calendar().working_calendar()
        await happens(sessions, 0, *begin_consolidation(MARK, briefing, calendar, date(2026, 1, 5)))
        known = await _state(sessions)
        assert known is not None
        await happens(sessions, known.seq, *keep_inbox_apart(known))
        known = await _state(sessions)
    assert known is not None
    return known


async def _state(sessions: Sessions) -> ConsolidationState | None:
    async with sessions() as session:
        row = await session.get(ConsolidationRow, WORKFLOW_ID)
    return ConsolidationState.model_validate(row.state) if row else None


async def happens(
    sessions: Sessions, after: int, *events: ConsolidationEvent, at: datetime | None = None
) -> None:
    now = at or datetime.now(UTC)
    entries = tuple(
        Entry(seq=after + index, at=now, actor=SYSTEM, event=event) for index, event in enumerate(events, 1)
    )
    if entries:
        order = RecordOrder(number=MARK, workflow_id=WORKFLOW_ID, run_id="run", entries=entries)
        await Recorder(sessions).record(order)
