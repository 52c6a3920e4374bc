"""What both stores still hold of one proceeding, entry by entry. Read without any worker's help."""

from dataclasses import dataclass, field

from pydantic import ValidationError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from temporalio.client import Client
from temporalio.converter import PayloadCodec

from activities.proofs.bundle.histories import Histories, RunHistory
from activities.registries.lookup import entry_of
from models.commands import Command, command_name
from models.events import Entry
from models.proceeding.record import RecordOrder
from models.proceeding.state import Proceeding
from models.proof.archive import RunStatus
from models.proof.histories import Beginning, beginning_of, orders_and_answers
from models.proof.journals import kind_of_journal
from models.tables.commands import CommandRow
from models.tables.journal import EntryRow
from models.vocabulary.procedure import Id, Mark
from models.vocabulary.stores import Store

_DONE = "done"
# What changes content (a file, a finding) has a key and an answer, too, and is in the database alone.
_TOLD_BY_JOURNALS = col(CommandRow.name).in_([command_name(command) for command in Command.__subclasses__()])


@dataclass
class Evidence:
    """`journal` by number; `remembered` by number as the newest run that tells of it has it."""

    workflow_id: str
    journal: dict[int, Entry] = field(default_factory=dict)
    unreadable: int | None = None  # the first line that is no entry: a matter of the check, not of a restore
    orders: list[RecordOrder] = field(default_factory=list)
    remembered: dict[int, Entry] = field(default_factory=dict)
    acknowledged: set[Id] = field(default_factory=set)  # commands behind entries that were once on record
    unanswered: set[int] = field(default_factory=set)  # entries whose recording is under way
    run: RunHistory | None = None  # the newest run
    carried: int = 0  # the last entry the newest run knew of when it began

    @property
    def running(self) -> bool:
        """Whether the newest run is open."""
        return self.run is not None and self.run.status is RunStatus.RUNNING

    @property
    def last_recorded(self) -> int:
        return max(self.journal, default=0)

    @property
    def last_remembered(self) -> int:
        return max((self.carried, *self.remembered))

    @property
    def first_differing(self) -> int | None:
        """The first number under which the two have different entries."""
        both = sorted(self.journal.keys() & self.remembered.keys())
        return next((seq for seq in both if self.journal[seq] != self.remembered[seq]), None)

    @property
    def state(self) -> Proceeding | None:
        """What the journal adds up to."""
        entries = [self.journal[seq] for seq in sorted(self.journal)]
        return kind_of_journal(self.workflow_id).fold(entries)

    @property
    def mark(self) -> Mark:
        """What it is filed under, whichever store knows it; empty where neither does."""
        if self.orders:
            return self.orders[0].number
        state = self.state
        return state.mark if state else ""


async def evidence_of(
    session: AsyncSession, client: Client, codec: PayloadCodec, workflow_id: str
) -> Evidence:
    """The journal is read first: what it has a history must have too, for history comes first.

    Raises RPCError.
    """
    found = Evidence(workflow_id)
    await _read_journal(session, found)
    for run in await Histories(session, client, codec).as_far_as_known(workflow_id):
        found.run = run
        _begin(found, beginning_of(run.history))
        for order, answered in orders_and_answers(run.history):
            _take(found, order, answered)
    found.acknowledged |= await _commands_done(session, found.mark)
    found.acknowledged -= {lost for entry in found.journal.values() for lost in _named(entry)}
    return found


def _begin(found: Evidence, beginning: Beginning) -> None:
    found.carried = beginning.seq
    anew = beginning.reconciled
    if anew is not None and anew.behind is Store.WORKFLOW:
        # What the run before noted from here on was never recorded, and is no part of this one.
        for seq in [seq for seq in found.remembered if seq >= anew.from_seq]:
            del found.remembered[seq]
            found.unanswered.discard(seq)


def _take(found: Evidence, order: RecordOrder, answered: bool) -> None:
    found.orders.append(order)
    for entry in order.entries:
        found.remembered[entry.seq] = entry
        if not answered:
            found.unanswered.add(entry.seq)
            continue
        found.unanswered.discard(entry.seq)
        if entry.command is not None:
            found.acknowledged.add(entry.command)


async def _read_journal(session: AsyncSession, found: Evidence) -> None:
    rows = select(EntryRow).where(EntryRow.workflow_id == found.workflow_id)
    for row in await session.exec(rows.order_by(col(EntryRow.seq))):
        try:
            found.journal[row.seq] = entry_of(row)
        except ValidationError:
            found.unreadable = row.seq
            return


def _named(entry: Entry) -> tuple[Id, ...]:
    """The lost commands that a reconciliation before has named already."""
    return getattr(entry.event, "lost", None) or ()


async def _commands_done(session: AsyncSession, mark: Mark) -> set[Id]:
    """Commands about this proceeding that the API has answered as done, and that a journal tells of."""
    done = select(CommandRow.id).where(CommandRow.number == mark, CommandRow.outcome == _DONE)
    return set(await session.exec(done.where(_TOLD_BY_JOURNALS)))


async def in_no_journal(session: AsyncSession) -> list[CommandRow]:
    """Commands to proceedings that were answered as done and stand in no journal, the oldest first."""
    noted = select(EntryRow.command_id).where(col(EntryRow.command_id) == col(CommandRow.id)).exists()
    about = col(CommandRow.number).is_not(None)
    rows = select(CommandRow).where(CommandRow.outcome == _DONE, about, _TOLD_BY_JOURNALS, ~noted)
    return list(await session.exec(rows.order_by(col(CommandRow.at))))
