"""Rule 21: results may be considered by councils. Their absence is never a violation."""

from datetime import date

from models.commands import AddExcerpt, RecordConsideration, SubmitToCouncil, WithdrawFromCouncil
from models.events import (
    ConsiderationRecorded,
    Event,
    ExcerptAdded,
    SubmittedToCouncil,
    WithdrawnFromCouncil,
)
from models.monitoring.rules.registry import decides
from models.monitoring.state import CouncilItem, MonitoringState
from models.vocabulary.procedure import Id
from models.vocabulary.refusal import refuse_if


@decides(SubmitToCouncil)
def submit_to_council(state: MonitoringState, command: SubmitToCouncil, today: date) -> tuple[Event, ...]:
    refuse_if(state.current is None, "report_not_approved", "21")
    refuse_if(state.correcting, "correction_under_way", "A12")
    refuse_if(command.item in state.council_items, "council_item_known", "21", item=command.item)
    pending = any(i.council == command.council and i.open for i in state.council_items.values())
    refuse_if(pending, "council_considers_already", "21", council=command.council)
    meeting = command.meeting_at
    past = meeting is not None and state.calendar.local_date(meeting) < today
    refuse_if(past, "meeting_in_past", "21", meeting=str(meeting))
    return (SubmittedToCouncil(item=command.item, council=command.council, meeting_at=meeting),)


@decides(RecordConsideration)
def record_consideration(
    state: MonitoringState, command: RecordConsideration, today: date
) -> tuple[Event, ...]:
    item = _item(state, command.item)
    refuse_if(item.outcome is not None, "considered_already", "21", minutes=item.minutes_number)
    refuse_if(item.withdrawn, "council_item_withdrawn", "21")
    day = command.considered_on
    refuse_if(day > today, "date_in_future", "21", date=day.isoformat())
    approved = _first_approval(state)
    refuse_if(day < approved, "considered_before_approval", "21", approved=approved.isoformat())
    return (
        ConsiderationRecorded(
            item=item.id,
            considered_on=day,
            minutes_number=command.minutes_number,
            outcome=command.outcome,
            excerpt=command.excerpt,
            note=command.note,
        ),
    )


@decides(AddExcerpt)
def add_excerpt(state: MonitoringState, command: AddExcerpt, today: date) -> tuple[Event, ...]:
    """Minutes are often written and signed after the conclusion was recorded."""
    item = _item(state, command.item)
    refuse_if(item.outcome is None, "not_considered_yet", "21")
    known = command.excerpt in {item.excerpt, *item.later_excerpts}
    refuse_if(known, "excerpt_known", "21")
    return (ExcerptAdded(item=item.id, excerpt=command.excerpt, note=command.note),)


@decides(WithdrawFromCouncil)
def withdraw_from_council(
    state: MonitoringState, command: WithdrawFromCouncil, today: date
) -> tuple[Event, ...]:
    item = _item(state, command.item)
    refuse_if(not item.open, "council_item_not_open", "21")
    return (WithdrawnFromCouncil(item=item.id, reason=command.reason),)


def _first_approval(state: MonitoringState) -> date:
    """Results are there to be considered from the first approval on."""
    return min(version.approved_on for version in state.versions if version.approved_on)


def _item(state: MonitoringState, item: Id) -> CouncilItem:
    refuse_if(item not in state.council_items, "council_item_unknown", "21", item=item)
    return state.council_items[item]
