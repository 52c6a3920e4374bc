"""The projection of a duty: its folded state, and the columns that lists are filtered by."""

from datetime import datetime

from sqlalchemy.dialects.postgresql import insert
from sqlmodel.ext.asyncio.session import AsyncSession

from models.agenda.rungs import next_rung_at
from models.duty.state import DutyState
from models.tables.duties import DutyRow


async def project_duty(session: AsyncSession, state: DutyState, head_hash: str, at: datetime) -> None:
    """Write the row of this state; `at` is the last entry's instant (UTC)."""
    long_ago = datetime.min.replace(tzinfo=at.tzinfo)
    due = None if state.ended else next_rung_at(state.deadlines.values(), state.calendar, long_ago)
    columns = {
        "workflow_id": state.workflow_id,
        "mark": state.mark,
        "organisation": state.organisation,
        "kind": state.kind.value,
        "seq": state.seq,
        "period": state.period.id if state.period else "",
        "fulfilled": state.fulfilled,
        "ended": state.ended,
        "next_due": due,
        "changed_at": at,
        "head_hash": head_hash,
        "state": state.model_dump(mode="json"),
    }
    statement = insert(DutyRow).values(columns)
    await session.exec(statement.on_conflict_do_update(index_elements=["workflow_id"], set_=columns))
