"""What became of commands whose answer nobody waited for: the journal tells, and the log of commands is told.

A timed-out command may still happen later, so what is not in the journal lapses only after a time, and is
looked at again for some days.
"""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.database.sessions import Sessions
from activities.observing.codes import LogCode
from activities.observing.logs import Log
from activities.registries.lookup import entry_of
from models.commands.receipt import Receipt
from models.consolidation.notices import ConsolidationReceipt
from models.monitoring.state import MonitoringState
from models.proof.journals import kind_of_journal
from models.tables.commands import CommandRow
from models.tables.journal import EntryRow
from models.vocabulary.base import Model
from models.vocabulary.commands import CommandOutcome
from models.vocabulary.procedure import Id

LAPSES_AFTER: Final = timedelta(hours=1)
LOOKED_AT: Final = timedelta(days=30)
LOOK_EVERY_SECONDS: Final = 30.0
_OPEN: Final = (CommandOutcome.PENDING.value, CommandOutcome.LAPSED.value)
_AT_A_TIME: Final = 200
log = Log(__name__)


async def keep_settling(sessions: Sessions, every_seconds: float = LOOK_EVERY_SECONDS) -> None:
    """Look until cancelled."""
    while True:
        try:
            async with sessions.begin() as session:
                settled = await settle_commands(session, datetime.now(UTC))
            if settled:
                log.info(LogCode.COMMANDS_SETTLED, count=settled)
        except SQLAlchemyError:
            log.warning(LogCode.COMMANDS_UNSETTLED)
        await asyncio.sleep(every_seconds)


async def settle_commands(session: AsyncSession, now: datetime, command: Id | None = None) -> int:
    """Write what is known by now; the caller commits. How many changed; `command` looks at that one alone.

    One that is being sent at this moment is left to whoever sends it.
    """
    rows = select(CommandRow).where(col(CommandRow.outcome).in_(_OPEN))
    if command is not None:
        rows = rows.where(CommandRow.id == command)
    else:
        # What lapsed long ago is not looked at for ever; what is pending is, however old.
        fresh = col(CommandRow.at) > now - LOOKED_AT
        pending = CommandRow.outcome == CommandOutcome.PENDING.value
        rows = rows.where(fresh | pending).order_by(col(CommandRow.at).desc()).limit(_AT_A_TIME)
    found = (await session.exec(rows.with_for_update(skip_locked=True))).all()
    changed = [row for row in found if await _settled(session, row, now)]
    session.add_all(changed)
    await session.flush()
    return len(changed)


async def _settled(session: AsyncSession, row: CommandRow, now: datetime) -> bool:
    last = select(EntryRow).where(EntryRow.command_id == row.id).order_by(col(EntryRow.seq).desc()).limit(1)
    line = (await session.exec(last)).first()
    if line is not None:
        row.outcome = CommandOutcome.DONE.value
        row.answer = (await _receipt(session, line)).model_dump(mode="json")
        return True
    if row.outcome == CommandOutcome.PENDING and now - row.at > LAPSES_AFTER:
        row.outcome = CommandOutcome.LAPSED.value
        return True
    return False


async def _receipt(session: AsyncSession, line: EntryRow) -> Model:
    """What the workflow answered: the proceeding as it stood at the last line of the command."""
    lines = (
        select(EntryRow)
        .where(EntryRow.workflow_id == line.workflow_id, col(EntryRow.seq) <= line.seq)
        .order_by(col(EntryRow.seq))
    )
    entries = [entry_of(each) for each in await session.exec(lines)]
    state = kind_of_journal(line.workflow_id).fold(entries)
    assert state is not None, "a journal with a line folds to something"
    if isinstance(state, MonitoringState):
        return Receipt(number=state.number, seq=line.seq, stage=state.stage)
    return ConsolidationReceipt(mark=state.mark, seq=line.seq)
