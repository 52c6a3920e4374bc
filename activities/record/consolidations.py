"""The projection of a consolidation: its folded state, and the columns that lists are filtered by."""

from collections.abc import Iterable
from datetime import datetime

from activities.database.rows import Row
from activities.record.received_reports import project_inbox
from activities.record.rows import Projection, state_as_json
from models.consolidation.state import ConsolidationState
from models.consolidation.time import next_moment
from models.events import Entry


def project_consolidation(
    former: ConsolidationState | None,
    state: ConsolidationState,
    head_hash: str,
    at: datetime,
    entries: Iterable[Entry],
) -> Projection:
    """What this state says after some entries; `at` is the last one's instant (UTC)."""
    written, length = state_as_json(state)
    columns: Row = {
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
    return Projection(columns, length, project_inbox(former, state.workflow_id, entries))
