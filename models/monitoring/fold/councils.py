"""Consideration by councils (rule 21)."""

from collections.abc import Mapping

from models.events import (
    ConsiderationRecorded,
    Entry,
    ExcerptAdded,
    SubmittedToCouncil,
    WithdrawnFromCouncil,
)
from models.letters.letter import letter_id
from models.monitoring.fold.letters import letters_withdrawn
from models.monitoring.fold.registry import folds
from models.monitoring.state import CouncilItem, MonitoringState
from models.proceeding.registry import changed
from models.vocabulary.letters import Purpose
from models.vocabulary.procedure import Id


@folds(SubmittedToCouncil)
def submitted_to_council(state: MonitoringState, event: SubmittedToCouncil, entry: Entry) -> MonitoringState:
    item = CouncilItem(
        id=event.item, council=event.council, letter=letter_id(entry.seq), meeting_at=event.meeting_at
    )
    return changed(state, council_items={**state.council_items, item.id: item})


@folds(ConsiderationRecorded)
def consideration_recorded(state: MonitoringState, event: ConsiderationRecorded, _: Entry) -> MonitoringState:
    recorded = {
        "considered_on": event.considered_on,
        "minutes_number": event.minutes_number,
        "outcome": event.outcome,
        "excerpt": event.excerpt,
    }
    return _item_now(state, event.item, recorded)


@folds(ExcerptAdded)
def excerpt_added(state: MonitoringState, event: ExcerptAdded, _: Entry) -> MonitoringState:
    later = (*state.council_items[event.item].later_excerpts, event.excerpt)
    return _item_now(state, event.item, {"later_excerpts": later})


@folds(WithdrawnFromCouncil)
def withdrawn_from_council(state: MonitoringState, event: WithdrawnFromCouncil, _: Entry) -> MonitoringState:
    return letters_withdrawn(
        _item_now(state, event.item, {"withdrawn": True}), event.item, Purpose.RECORD_CONSIDERATION
    )


def _item_now(state: MonitoringState, item: Id, fields: Mapping[str, object]) -> MonitoringState:
    now = state.council_items[item].model_copy(update=fields)
    return changed(state, council_items={**state.council_items, item: now})
