"""What a letter is about, as it is on record: how its monitoring stands, and what caused the letter."""

from collections import OrderedDict
from typing import Final

from sqlalchemy import ColumnElement, Text, and_, cast
from sqlalchemy import select as columns
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.record.remembered import Remembered
from activities.registries.lookup import NotOnRecord, entry_of
from models.events import Entry
from models.letters.post import LetterOrder
from models.monitoring.as_kept import state_as_kept
from models.monitoring.letters import seq_of
from models.monitoring.state import MonitoringState
from models.proof.chain import Head
from models.tables.journal import EntryRow
from models.tables.monitorings import MonitoringRow
from models.vocabulary.base import Model
from models.vocabulary.procedure import Sha256, monitoring_workflow_id

_CAUSES: Final = 64


class Matter(Model):
    """A monitoring as the projection stands, and the entry of its journal that caused the letter."""

    state: MonitoringState
    head: Head
    cause: Entry


class Matters:
    """Reads them. What this process has recorded last is not read again, if it is what is on record.

    A dispatch to a thousand bodies is a thousand letters of one cause, and the state has a thousand
    addressees: to read both anew for each letter would cost more than all else.
    """

    def __init__(self, recorded: Remembered) -> None:
        self._recorded = recorded
        self._causes: OrderedDict[Sha256, Entry] = OrderedDict()

    async def of(self, session: AsyncSession, order: LetterOrder) -> Matter:
        """One statement as a rule. Raises `NotOnRecord`."""
        if monitoring_workflow_id(order.number) in self._recorded:
            known = await self._as_recorded(session, order)
            if known is not None:
                return known
        return await self._read(session, order)

    async def _as_recorded(self, session: AsyncSession, order: LetterOrder) -> Matter | None:
        """None where another process has recorded since, or the cause was not read yet."""
        heads = columns(col(MonitoringRow.seq), col(MonitoringRow.head_hash), col(EntryRow.hash))
        found = heads.select_from(MonitoringRow).outerjoin(EntryRow, _caused(order))
        asked = found.where(col(MonitoringRow.number) == order.number)
        row = (await (await session.connection()).execute(asked)).first()
        if row is None:
            return None
        seq, head_hash, cause_hash = row
        known = self._recorded.at(monitoring_workflow_id(order.number), seq, head_hash)
        cause = self._causes.get(cause_hash)
        if known is None or cause is None or not isinstance(known.state, MonitoringState):
            return None
        return Matter(state=known.state, head=Head(seq=seq, hash=head_hash), cause=cause)

    async def _read(self, session: AsyncSession, order: LetterOrder) -> Matter:
        whole = select(
            cast(MonitoringRow.state, Text), col(MonitoringRow.seq), col(MonitoringRow.head_hash), EntryRow
        )
        found = whole.select_from(MonitoringRow).outerjoin(EntryRow, _caused(order))
        row = (await session.exec(found.where(col(MonitoringRow.number) == order.number))).first()
        if row is None:
            raise NotOnRecord("monitoring")
        state, seq, head_hash, line = row
        if line is None:
            raise NotOnRecord("entry")
        head = Head(seq=seq, hash=head_hash)
        return Matter(state=state_as_kept(state), head=head, cause=self._keep(line))

    def _keep(self, line: EntryRow) -> Entry:
        cause = self._causes[line.hash] = entry_of(line)
        self._causes.move_to_end(line.hash)
        while len(self._causes) > _CAUSES:
            self._causes.popitem(last=False)
        return cause


def _caused(order: LetterOrder) -> ColumnElement[bool]:
    return and_(
        col(EntryRow.workflow_id) == monitoring_workflow_id(order.number),
        col(EntryRow.seq) == seq_of(order.letter.original),
    )
