"""The only writer of the journal and of its projection: both in one transaction, each entry once."""

from datetime import UTC, datetime

from pydantic import ValidationError
from sqlalchemy import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from temporalio import activity

from activities.database.sessions import Sessions
from activities.record.attaching import attach_what_was_sent
from activities.record.disagreements import note_disagreement
from activities.record.projections import chronicle_of
from activities.record.remembered import Known, Remembered
from activities.registries.lookup import entry_of
from models.events import Entry, ProceedingReconciled
from models.proceeding.disagreement import Disagreement, StoreFault
from models.proceeding.record import Recorded, RecordOrder
from models.proof.chain import entry_hash
from models.tables.journal import EntryRow


class NotRecorded(Exception):
    """Nothing was written, nothing is acknowledged. Retried for ever: an operator reconciles the stores."""

    def __init__(self, found: Disagreement) -> None:
        super().__init__(f"{found.workflow_id}: {found.fault.value} at entry {found.seq}")
        self.found = found


class JournalGap(NotRecorded):
    """Entries that do not follow what is recorded: the journal is older than the workflow."""


class JournalDiffers(NotRecorded):
    """Under a number the journal has another entry: the workflow is older, and went another way since."""


class Recorder:
    """Appends entries and folds the projection."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
        self._remembered = Remembered()

    @activity.defn
    async def record(self, order: RecordOrder) -> Recorded:
        """Write what is not written yet. A retry writes nothing.

        Raises `JournalGap` and `JournalDiffers`, and puts the proceeding on the list of those under repair.
        """
        try:
            return await self._recorded(order)
        except NotRecorded as refused:
            async with self._sessions() as session, session.begin():
                await chronicle_of(order.workflow_id).held(session, order.workflow_id, self._remembered)
                if not await _was_replaced(session, order):
                    await note_disagreement(session, refused.found)
            raise

    async def _recorded(self, order: RecordOrder) -> Recorded:
        async with self._sessions() as session, session.begin():
            chronicle = chronicle_of(order.workflow_id)
            known = await chronicle.held(session, order.workflow_id, self._remembered)
            repeated = await _repeated(session, order, known.seq)
            fresh = tuple(entry for entry in order.entries if entry.seq > known.seq)
            if not fresh:
                # No further than this order goes: whoever waits for a later entry of its own waits on.
                return repeated or Recorded(seq=known.seq, head_hash=known.head_hash)
            if fresh[0].seq != known.seq + 1:
                raise JournalGap(_found(order, StoreFault.JOURNAL_BEHIND, known.seq + 1))
            head = await self._append(session, order, fresh, known.head_hash)
            await attach_what_was_sent(session, order.number, fresh)
            state = chronicle.fold(fresh, known.state)
            length = await chronicle.keep(session, known, state, head, fresh)
        recorded = Known(seq=state.seq, head_hash=head, state=state)
        self._remembered.keep(order.workflow_id, recorded, length)
        return Recorded(seq=state.seq, head_hash=head)

    async def _append(
        self, session: AsyncSession, order: RecordOrder, entries: tuple[Entry, ...], head: str
    ) -> str:
        """Add the journal's lines; returns the new head of the chain."""
        now = datetime.now(UTC)
        lines: list[dict[str, object]] = []
        for entry in entries:
            previous, head = head, entry_hash(head, order.workflow_id, entry)
            lines.append(
                {
                    "workflow_id": order.workflow_id,
                    "seq": entry.seq,
                    "run_id": order.run_id,
                    "type": entry.event.type,
                    "at": entry.at,
                    "actor": entry.actor.model_dump(mode="json"),
                    "command_id": entry.command,
                    "event": entry.event.model_dump(mode="json"),
                    "previous_hash": previous,
                    "hash": head,
                    "recorded_at": now,
                }
            )
        await session.exec(insert(EntryRow).values(lines))
        return head


async def _was_replaced(session: AsyncSession, order: RecordOrder) -> bool:
    """Whether the run that orders this was ended by a reconciliation since: its last attempts come late."""
    later = select(EntryRow.seq).where(
        EntryRow.workflow_id == order.workflow_id,
        EntryRow.type == ProceedingReconciled.model_fields["type"].default,
        EntryRow.run_id != order.run_id,
        col(EntryRow.at) > order.entries[-1].at,
    )
    return (await session.exec(later.limit(1))).first() is not None


async def _repeated(session: AsyncSession, order: RecordOrder, known_seq: int) -> Recorded | None:
    """Where a repeated order stands in the journal; None if nothing of it does. Raises `JournalDiffers`.

    Compared as today's models read what is stored: an entry sent again by a newer release may have fields
    that were not there when it was written.
    """
    sent = [entry for entry in order.entries if entry.seq <= known_seq]
    if not sent:
        return None
    rows = select(EntryRow).where(
        EntryRow.workflow_id == order.workflow_id,
        col(EntryRow.seq).between(sent[0].seq, sent[-1].seq),
    )
    stored = {row.seq: row for row in await session.exec(rows)}
    for entry in sent:
        if not _same(stored.get(entry.seq), entry):
            raise JournalDiffers(_found(order, StoreFault.DIFFER, entry.seq))
    last = stored[sent[-1].seq]
    return Recorded(seq=last.seq, head_hash=last.hash)


def _same(row: EntryRow | None, entry: Entry) -> bool:
    try:
        return row is not None and entry_of(row) == entry
    except ValidationError:
        return False


def _found(order: RecordOrder, fault: StoreFault, seq: int) -> Disagreement:
    return Disagreement(workflow_id=order.workflow_id, mark=order.number, fault=fault, seq=seq)
