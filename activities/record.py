"""The only writer of the journal and of its projection: both in one transaction, each entry once."""

from datetime import UTC, datetime

from sqlalchemy import func
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession
from temporalio import activity

from activities.database import Sessions
from activities.projection import project
from models.chain import BEGINNING, entry_hash
from models.events import Entry
from models.fold import fold
from models.record import Recorded, RecordOrder
from models.state import MonitoringState
from models.tables import EntryRow, MonitoringRow


class JournalGap(Exception):
    """Entries that do not follow what is recorded. Retried for ever: an operator must look."""


class Recorder:
    """Appends entries and folds the projection."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    @activity.defn
    async def record(self, order: RecordOrder) -> Recorded:
        """Write what is not written yet. A retry writes nothing; a gap raises `JournalGap`."""
        async with self._sessions() as session, session.begin():
            # One recorder per workflow; the lock holds it against a timed-out attempt still running.
            await session.exec(
                select(func.pg_advisory_xact_lock(func.hashtextextended(order.workflow_id, 0)))
            )
            row = await session.get(MonitoringRow, order.number)
            known = row.seq if row else 0
            fresh = tuple(entry for entry in order.entries if entry.seq > known)
            if not fresh:
                return Recorded(seq=known, head_hash=row.head_hash if row else BEGINNING)
            if fresh[0].seq != known + 1:
                raise JournalGap(f"{order.workflow_id}: entry {fresh[0].seq} where {known + 1} was expected")
            head = self._append(session, order, fresh, row.head_hash if row else BEGINNING)
            state = fold(fresh, MonitoringState.model_validate(row.state) if row else None)
            assert state is not None
            await project(session, state, order.workflow_id, head, fresh[-1].at)
            return Recorded(seq=state.seq, head_hash=head)

    def _append(
        self, session: AsyncSession, order: RecordOrder, entries: tuple[Entry, ...], head: str
    ) -> str:
        """Add the journal's lines; returns the new head of the chain."""
        now = datetime.now(UTC)
        for entry in entries:
            previous, head = head, entry_hash(head, order.workflow_id, entry)
            session.add(
                EntryRow(
                    workflow_id=order.workflow_id,
                    seq=entry.seq,
                    run_id=order.run_id,
                    type=entry.event.type,
                    at=entry.at,
                    actor=entry.actor.model_dump(mode="json"),
                    command_id=entry.command,
                    event=entry.event.model_dump(mode="json"),
                    previous_hash=previous,
                    hash=head,
                    recorded_at=now,
                )
            )
        return head
