"""The projection of a duty: its folded state, and the columns that lists are filtered by."""

from datetime import datetime

from activities.database.rows import Row
from activities.record.rows import Projection, state_as_json
from models.duty.state import DutyState
from models.duty.time import next_moment


def project_duty(state: DutyState, head_hash: str, at: datetime) -> Projection:
    """What this state says; `at` is the last entry's instant (UTC)."""
    written, length = state_as_json(state)
    columns: Row = {
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
    return Projection(columns, length)
