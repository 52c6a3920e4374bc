"""The only writer of the journal and of its projection: both in one transaction, each entry once."""

from collections.abc import Mapping

from pydantic import ValidationError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from temporalio import activity

from activities.database.rows import ALWAYS, OnlyIf
from activities.database.sessions import Sessions, reads_of
from activities.observing.metrics import RECORDS_REFUSED
from activities.record.attaching import attach_what_was_sent, nothing_waits
from activities.record.disagreements import note_disagreement
from activities.record.projections import chronicle_of
from activities.record.remembered import Known, Remembered
from activities.record.waiting import Waiting
from activities.record.writing import lines_of, write
from activities.registries.lookup import entry_of
from models.events import Entry, ProceedingReconciled
from models.letters.letter import Letter
from models.proceeding.disagreement import Disagreement, StoreFault
from models.proceeding.record import Recorded, RecordOrder
from models.tables.journal import EntryRow
from models.vocabulary.procedure import Id


class NotRecorded(Exception):
    """Nothing was written, nothing is acknowledged. Retried for ever: an operator reconciles the stores."""

    def __init__(self, found: Disagreement) -> None:
        super().__init__(f"{found.workflow_id}: {found.fault.value} at entry {found.seq}")
        self.found = found


class JournalGap(NotRecorded):
    """Entries that do not follow what is recorded: the journal is older than the workflow."""


class JournalDiffers(NotRecorded):
    """Under a number the journal has another entry: the workflow is older, and went another way since."""


class RecordedMeanwhile(Exception):
    """Somebody else began this proceeding in the same moment: the next try finds what was written."""


class Recorder:
    """Appends entries and folds the projection. `remembered` is shared with whoever reads in this process."""

    def __init__(self, sessions: Sessions, remembered: Remembered | None = None) -> None:
        self._sessions = sessions
        self._plain = reads_of(sessions)  # each statement by itself
        self._remembered = remembered or Remembered()
        self._waiting = Waiting()

    @activity.defn
    async def record(self, order: RecordOrder) -> Recorded:
        """Write what is not written yet. A retry writes nothing.

        Raises `JournalGap` and `JournalDiffers`, and puts the proceeding on the list of those under repair.
        """
        try:
            with self._waiting.recording(order):
                return await self._recorded(order)
        except NotRecorded as refused:
            RECORDS_REFUSED.labels(refused.found.fault.value).inc()
            async with self._sessions() as session, session.begin():
                await chronicle_of(order.workflow_id).held(session, order.workflow_id, self._remembered)
                if await _was_replaced(session, order):
                    self._waiting.leave(order.workflow_id)
                else:
                    await note_disagreement(session, refused.found)
            raise

    async def _recorded(self, order: RecordOrder) -> Recorded:
        known = self._remembered.last(order.workflow_id) or Known()
        if order.entries[0].seq == known.seq + 1:
            # As a rule they follow what this process recorded last, or begin: then nothing need be read.
            async with self._plain() as session:
                free = nothing_waits(order.number, order.entries, _letters(known))
                recorded = await self._written(session, order, known, order.entries, free)
            if recorded is not None:
                return recorded
        async with self._sessions() as session, session.begin():
            known = await chronicle_of(order.workflow_id).held(session, order.workflow_id, self._remembered)
            repeated = await _repeated(session, order, known.seq)
            fresh = tuple(entry for entry in order.entries if entry.seq > known.seq)
            if not fresh:
                # No further than this order goes: whoever waits for a later entry of its own waits on.
                return repeated or Recorded(seq=known.seq, head_hash=known.head_hash)
            if fresh[0].seq != known.seq + 1:
                raise JournalGap(_found(order, StoreFault.JOURNAL_BEHIND, known.seq + 1))
            await attach_what_was_sent(session, order.number, fresh, _letters(known))
            recorded = await self._written(session, order, known, fresh)
        if recorded is None:
            raise RecordedMeanwhile
        return recorded

    async def _written(
        self,
        session: AsyncSession,
        order: RecordOrder,
        known: Known,
        fresh: tuple[Entry, ...],
        only_if: OnlyIf = ALWAYS,
    ) -> Recorded | None:
        """Write entries on top of what is known; None where that is not what is on record."""
        chronicle = chronicle_of(order.workflow_id)
        lines, head = lines_of(order, fresh, known.head_hash)
        state = chronicle.fold(fresh, known.state)
        projection = await chronicle.project(session, known, state, head, fresh)
        mine = (chronicle.table, order.workflow_id)
        if not await write(session, *mine, known, projection, lines, only_if):
            return None
        recorded = Known(seq=state.seq, head_hash=head, state=state)
        self._remembered.keep(order.workflow_id, recorded, projection.length)
        return Recorded(seq=state.seq, head_hash=head)


def _letters(known: Known) -> Mapping[Id, Letter]:
    return known.state.letters if known.state else {}


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
