"""What is on record after a drill: journals, projections and histories, read past the API."""

from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from sqlmodel import col, select
from temporalio.client import Client
from temporalio.service import RPCError

from activities.database.sessions import Sessions, engine_for, sessions_for
from local.drill.ground import Ground
from models.events import Entry, ProceedingReconciled
from models.settings.environment import Settings
from models.tables.journal import EntryRow
from models.tables.monitorings import MonitoringRow
from models.vocabulary.procedure import Id, Number, monitoring_workflow_id
from models.vocabulary.stores import Store
from workflows.client import connect


@dataclass(frozen=True)
class Recorded:
    """One monitoring in the three places; `accepted` counts its history's commands.

    `before` are those of runs that a reconciliation has put another in the place of.
    """

    number: Number
    journal: tuple[Entry, ...]
    projected: int
    accepted: Counter[Id]
    before: Counter[Id] = field(default_factory=Counter)

    def reconciled(self, behind: Store) -> Iterator[ProceedingReconciled]:
        """Where one of its stores was set back and brought up again."""
        for entry in self.journal:
            if isinstance(entry.event, ProceedingReconciled) and entry.event.behind is behind:
                yield entry.event


@dataclass(frozen=True)
class Records:
    """The stack's database and Temporal."""

    sessions: Sessions
    client: Client

    async def read(self, number: Number) -> Recorded:
        """What is on record of a monitoring."""
        workflow_id = monitoring_workflow_id(number)
        async with self.sessions() as session:
            lines = select(EntryRow).where(EntryRow.workflow_id == workflow_id).order_by(col(EntryRow.seq))
            journal = tuple(_entry(row) for row in await session.exec(lines))
            row = await session.get(MonitoringRow, number)
        found = Recorded(number, journal, row.seq if row else 0, Counter())
        with suppress(RPCError):  # a proceeding without a history has none of its commands
            found.accepted.update(await self._history(workflow_id))
        for anew in found.reconciled(Store.WORKFLOW):
            with suppress(RPCError):  # where Temporal was set back, runs of before may be gone
                if anew.after_run:
                    found.before.update(await self._history(workflow_id, anew.after_run))
        return found

    async def _history(self, workflow_id: str, run: str = "") -> Counter[Id]:
        """The updates that were accepted, through all runs from the last (or a given one) to the first."""
        accepted: Counter[Id] = Counter()
        handle = self.client.get_workflow_handle(workflow_id, run_id=run or None)
        while True:
            events = (await handle.fetch_history()).events
            for event in events:
                if event.HasField("workflow_execution_update_accepted_event_attributes"):
                    update = event.workflow_execution_update_accepted_event_attributes
                    accepted[update.protocol_instance_id] += 1
            begun = events[0].workflow_execution_started_event_attributes
            if not begun.continued_execution_run_id:
                return accepted
            handle = self.client.get_workflow_handle(workflow_id, run_id=begun.continued_execution_run_id)


def _entry(row: EntryRow) -> Entry:
    return Entry.model_validate(
        {"seq": row.seq, "at": row.at, "actor": row.actor, "command": row.command_id, "event": row.event}
    )


@asynccontextmanager
async def records(stack: Ground) -> AsyncIterator[Records]:
    """Open them while the stack runs."""
    given = Settings.model_validate({name.lower(): value for name, value in stack.settings.items()})
    engine = engine_for(stack.postgres.url(), pool_size=4)
    try:
        yield Records(sessions_for(engine), await connect(given))
    finally:
        await engine.dispose()
