"""The only writer of the journal and of its projection: both in one transaction, each entry once."""

from datetime import UTC, datetime

from sqlalchemy import func
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession
from temporalio import activity

from activities.database.sessions import Sessions
from activities.record.projections import chronicle_of
from models.events import Entry
from models.proceeding.record import Recorded, RecordOrder
from models.proof.chain import entry_hash
from models.tables.journal import EntryRow


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
            chronicle = chronicle_of(order.workflow_id)
            known = await chronicle.known(session, order.workflow_id)
            fresh = tuple(entry for entry in order.entries if entry.seq > known.seq)
            if not fresh:
                return Recorded(seq=known.seq, head_hash=known.head_hash)
            if fresh[0].seq != known.seq + 1:
                raise JournalGap(
                    f"{order.workflow_id}: entry {fresh[0].seq} where {known.seq + 1} was expected"
                )
            head = self._append(session, order, fresh, known.head_hash)
            state = chronicle.fold(fresh, known.state)
            await chronicle.keep(session, state, head, fresh[-1].at)
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
