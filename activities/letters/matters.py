"""What a letter is about, as it is on record: how its monitoring stands, and what caused the letter."""

from dataclasses import dataclass
from typing import Final, TypeVarTuple

from cachetools import LRUCache
from sqlalchemy import Text, and_, cast
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import Select

from activities.record.as_kept import state_as_kept
from activities.record.remembered import Remembered
from activities.registries.lookup import NotOnRecord, entry_of
from models.events import Entry
from models.letters.post import LetterOrder
from models.monitoring.letters import seq_of
from models.monitoring.state import MonitoringState
from models.proof.chain import Head
from models.tables.journal import EntryRow
from models.tables.monitorings import MonitoringRow
from models.vocabulary.base import Model
from models.vocabulary.procedure import Number, Sha256, monitoring_workflow_id

Ts = TypeVarTuple("Ts")
_CAUSES: Final = 64
_HEAD: Final = (col(MonitoringRow.seq), col(MonitoringRow.head_hash))


class Matter(Model):
    """A monitoring as the projection stands, and the entry of its journal that caused the letter."""

    state: MonitoringState
    head: Head
    cause: Entry


@dataclass(frozen=True)
class _Line:
    """An entry of a journal, under the hash of its line."""

    hash: Sha256
    entry: Entry


class Matters:
    """Reads them. What this process has recorded last is not read again, if it is what is on record.

    A dispatch to a thousand bodies is a thousand letters of one cause, and the state has a thousand
    addressees: to read both anew for each letter would cost more than all else.
    """

    def __init__(self, recorded: Remembered) -> None:
        self._recorded = recorded
        self._causes: LRUCache[tuple[Number, int], _Line] = LRUCache(_CAUSES)

    async def of(self, session: AsyncSession, order: LetterOrder) -> Matter:
        """One statement as a rule. Raises `NotOnRecord`."""
        if monitoring_workflow_id(order.number) in self._recorded:
            known = await self._as_recorded(session, order)
            if known is not None:
                return known
        return await self._read(session, order)

    async def _as_recorded(self, session: AsyncSession, order: LetterOrder) -> Matter | None:
        """None where another process has recorded since."""
        found = await self._cause(session, order)
        if found is None:
            return None
        head, cause = found
        known = self._recorded.at(monitoring_workflow_id(order.number), head.seq, head.hash)
        if known is None or not isinstance(known.state, MonitoringState):
            return None
        return Matter(state=known.state, head=head, cause=cause)

    async def _cause(self, session: AsyncSession, order: LetterOrder) -> tuple[Head, Entry] | None:
        """How far its monitoring is recorded, and its cause; of one that is kept the hash is enough."""
        kept = self._causes.get(_place(order))
        if kept is not None:
            known = (await session.exec(_of(order, select(*_HEAD, col(EntryRow.hash))))).first()
            if known is None or known[2] != kept.hash:
                return None
            return Head(seq=known[0], hash=known[1]), kept.entry
        read = (await session.exec(_of(order, select(*_HEAD, EntryRow)))).first()
        if read is None or read[2] is None:
            return None
        return Head(seq=read[0], hash=read[1]), self._keep(order, read[2]).entry

    async def _read(self, session: AsyncSession, order: LetterOrder) -> Matter:
        whole = select(cast(MonitoringRow.state, Text), *_HEAD, EntryRow)
        row = (await session.exec(_of(order, whole))).first()
        if row is None:
            raise NotOnRecord("monitoring")
        state, seq, head_hash, line = row
        if line is None:
            raise NotOnRecord("entry")
        head = Head(seq=seq, hash=head_hash)
        return Matter(state=state_as_kept(state), head=head, cause=self._keep(order, line).entry)

    def _keep(self, order: LetterOrder, row: EntryRow) -> _Line:
        line = self._causes[_place(order)] = _Line(row.hash, entry_of(row))
        return line


def _of(order: LetterOrder, asked: Select[*Ts]) -> Select[*Ts]:
    """Of the letter's monitoring, with its cause where that is on record."""
    caused = and_(
        col(EntryRow.workflow_id) == monitoring_workflow_id(order.number),
        col(EntryRow.seq) == seq_of(order.letter.original),
    )
    found = asked.select_from(MonitoringRow).outerjoin(EntryRow, caused)
    return found.where(col(MonitoringRow.number) == order.number)


def _place(order: LetterOrder) -> tuple[Number, int]:
    """Where the cause of a letter stands: in whose journal, and under which number."""
    return order.number, seq_of(order.letter.original)
