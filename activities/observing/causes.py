"""By whose request an activity works: the trace of the command that its order follows from."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.letters.post import LetterOrder
from models.monitoring.letters import seq_of
from models.proceeding.record import RecordOrder
from models.tables.commands import CommandRow
from models.tables.journal import EntryRow


async def traces_of(session: AsyncSession, order: object) -> tuple[str, ...]:
    """Those of its commands, in order; none for what time or another proceeding has brought."""
    match order:
        case RecordOrder():
            named = [entry.command for entry in order.entries if entry.command is not None]
        case LetterOrder():
            cause = select(EntryRow.command_id).where(
                EntryRow.workflow_id == order.workflow_id, EntryRow.seq == seq_of(order.letter.id)
            )
            named = [command for command in await session.exec(cause) if command is not None]
        case _:
            return ()
    if not named:
        return ()
    rows = select(CommandRow.id, CommandRow.trace).where(col(CommandRow.id).in_(named))
    found = dict((await session.exec(rows)).all())
    return tuple(dict.fromkeys(found[each] for each in named if found.get(each)))
