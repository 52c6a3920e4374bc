"""What is on record of all proceedings: states, journals, and what time holds for them next."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import col, select

from activities.database.sessions import Sessions
from activities.registries.lookup import entry_of
from activities.registries.received_reports import received_reports
from models.consolidation import time as consolidation_time
from models.consolidation.notices import consolidation_notice
from models.consolidation.state import ConsolidationState
from models.duty import time as duty_time
from models.duty.notices import duty_notices
from models.duty.state import DutyState
from models.events import Entry
from models.monitoring import time as monitoring_time
from models.monitoring.state import MonitoringState
from models.proceeding.state import Proceeding
from models.report.received import ReceivedReport
from models.tables.consolidations import ConsolidationRow
from models.tables.duties import DutyRow
from models.tables.journal import EntryRow
from models.tables.monitorings import MonitoringRow
from models.vocabulary.procedure import Id, Kind


class Records:
    """Reads the database, as people do."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def duties(self) -> list[DutyState]:
        async with self._sessions() as session:
            rows = await session.exec(select(DutyRow.state).order_by(col(DutyRow.mark)))
            return [DutyState.model_validate(state) for state in rows]

    async def consolidations(self) -> list[ConsolidationState]:
        async with self._sessions() as session:
            return [
                ConsolidationState.model_validate(s)
                for s in await session.exec(select(ConsolidationRow.state))
            ]

    async def received(self) -> dict[Id, ReceivedReport]:
        """What lies in the authorized body's inbox."""
        async with self._sessions() as session:
            return {report.id: report for report in await received_reports(session)}

    async def monitorings(self) -> list[MonitoringState]:
        async with self._sessions() as session:
            rows = await session.exec(select(MonitoringRow.state).order_by(col(MonitoringRow.number)))
            return [MonitoringState.model_validate(state) for state in rows]

    async def all(self) -> list[Proceeding]:
        return [*(await self.duties()), *(await self.consolidations()), *(await self.monitorings())]

    async def monitoring(self, number: str) -> MonitoringState | None:
        async with self._sessions() as session:
            row = await session.get(MonitoringRow, number)
            return MonitoringState.model_validate(row.state) if row else None

    async def duty(self, organisation: str, kind: Kind) -> DutyState:
        """Raises StopIteration where none is owed."""
        return next(d for d in await self.duties() if (d.organisation, d.kind) == (organisation, kind))

    async def journal(self, workflow_id: str) -> list[Entry]:
        async with self._sessions() as session:
            lines = select(EntryRow).where(EntryRow.workflow_id == workflow_id)
            return [entry_of(row) for row in await session.exec(lines.order_by(col(EntryRow.seq)))]

    async def unsettled(self, now: datetime) -> str:
        """What should have happened by an instant and is not on record yet; empty when all is."""
        proceedings = await self.all()
        for state in proceedings:
            due = next_moment(state)
            if due is not None and due <= now:
                return f"{state.mark}: what was due at {due:%Y-%m-%d %H:%M} UTC"
            if state.letters_due:
                return f"{state.mark}: {len(state.letters_due)} letters wait"
        return _untold(proceedings, await self.received())


def next_moment(state: Proceeding) -> datetime | None:
    """When time does the next thing to a proceeding (UTC), past moments included."""
    match state:
        case MonitoringState():
            return monitoring_time.next_moment(state)
        case DutyState():
            return duty_time.next_moment(state)
        case ConsolidationState():
            return consolidation_time.next_moment(state)
    raise TypeError(f"{state.mark}: a proceeding of no known kind")


def _untold(proceedings: Sequence[Proceeding], inbox: Mapping[Id, ReceivedReport]) -> str:
    """What a monitoring tells a duty or the inbox and is not heard there yet."""
    duties = {(s.organisation, s.kind): s for s in proceedings if isinstance(s, DutyState)}
    consolidated = any(isinstance(s, ConsolidationState) for s in proceedings)
    for state in proceedings:
        if not isinstance(state, MonitoringState):
            continue
        for notice in duty_notices(state):
            known = duties[notice.organisation, notice.kind].evidence.get(state.number)
            if known is None or known.version < notice.counted.version:
                return f"{state.mark}: its duty has not heard of it"
            if notice.published and known.publication_owed:
                return f"{state.mark}: its duty has not heard of the publication"
        news = consolidation_notice(state)
        received = inbox.get(state.number)
        if news and consolidated and (received is None or (state.considered_on and not received.considered)):
            return f"{state.mark}: not in the inbox as it is"
    return ""
