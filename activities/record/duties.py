"""The projection of a duty: its folded state, and the columns that lists are filtered by."""

from datetime import datetime

from sqlalchemy.dialects.postgresql import insert
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.record.rows import state_as_json
from models.duty.state import DutyState
from models.duty.time import next_moment
from models.tables.duties import DutyRow


async def project_duty(session: AsyncSession, state: DutyState, head_hash: str, at: datetime) -> int:
    """Write the row of this state; `at` is the last entry's instant (UTC).

    Returns how long the state is as JSON.
    """
    written, length = state_as_json(state)
    columns = {
        "workflow_id": state.workflow_id,
        "mark": state.mark,
        "organisation": state.organisation,
        "kind": state.kind.value,
        "seq": state.seq,
        "period": state.period.id if state.period else "",
        "fulfilled": state.fulfilled,
        "ended": state.ended,
        "calendar_edition": state.calendar.edition,
        "next_due": next_moment(state),
        "changed_at": at,
        "head_hash": head_hash,
        "state": written,
    }
    statement = insert(DutyRow).values(columns)
    await session.exec(statement.on_conflict_do_update(index_elements=["workflow_id"], set_=columns))
    return length
