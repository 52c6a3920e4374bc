"""The projection of a consolidation: its folded state, and the columns that lists are filtered by."""

from datetime import datetime

from sqlalchemy.dialects.postgresql import insert
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.record.rows import state_as_json
from models.consolidation.state import ConsolidationState
from models.consolidation.time import next_moment
from models.tables.consolidations import ConsolidationRow


async def project_consolidation(
    session: AsyncSession, state: ConsolidationState, head_hash: str, at: datetime
) -> int:
    """Write the row of this state; `at` is the last entry's instant (UTC).

    Returns how long the state is as JSON.
    """
    written, length = state_as_json(state)
    columns = {
        "workflow_id": state.workflow_id,
        "mark": state.mark,
        "organisation": state.organisation,
        "seq": state.seq,
        "round": state.round.serial if state.round else 0,
        "ended": state.ended,
        "calendar_edition": state.calendar.edition,
        "next_due": next_moment(state),
        "changed_at": at,
        "head_hash": head_hash,
        "state": written,
    }
    statement = insert(ConsolidationRow).values(columns)
    await session.exec(statement.on_conflict_do_update(index_elements=["workflow_id"], set_=columns))
    return length
