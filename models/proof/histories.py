"""What a history itself orders to be recorded: the entries inside the inputs of its `record` activities."""

import base64
import json
from collections.abc import Iterable, Iterator, Mapping

from models.events import Entry, ProceedingReconciled
from models.proceeding.record import RecordOrder
from models.vocabulary.base import Model
from models.vocabulary.stores import Store

RECORD = "record"


class _State(Model):
    seq: int


class Beginning(Model):
    """What a run begins with, as far as it is asked here: a state it carries on, and why it does."""

    state: _State | None = None
    reconciled: ProceedingReconciled | None = None

    @property
    def seq(self) -> int:
        """The last entry it knows of from before."""
        return self.state.seq if self.state else 0


def events_of(history: str) -> list[dict[str, object]]:
    """The events of a history as JSON. Raises ValueError for what is no history."""
    events = json.loads(history)["events"]
    if not isinstance(events, list) or not events:
        raise ValueError("a history has events")
    return events


def record_orders(history: str) -> Iterator[RecordOrder]:
    """The orders in their order. Raises ValueError."""
    yield from (order for order, _ in orders_and_answers(history))


def orders_and_answers(history: str) -> list[tuple[RecordOrder, bool]]:
    """Each order with whether it was answered: then its entries were on record, and what they tell was
    acknowledged. Raises ValueError."""
    events = events_of(history)
    done = (event.get("activityTaskCompletedEventAttributes") for event in events)
    answered = {str(each["scheduledEventId"]) for each in done if isinstance(each, dict)}
    found = []
    for event in events:
        attributes = event.get("activityTaskScheduledEventAttributes")
        if isinstance(attributes, dict) and attributes["activityType"]["name"] == RECORD:
            order = RecordOrder.model_validate_json(_first_payload(attributes["input"]))
            found.append((order, str(event["eventId"]) in answered))
    return found


def told_by(histories: Iterable[tuple[str, str]]) -> list[tuple[str, Entry]]:
    """What runs (id and readable history, oldest first) order to be recorded: the run's id with each entry.

    A run that was begun anew after a restore takes the place of what the one before noted from there on: that
    was never recorded. Raises ValueError.
    """
    told: list[tuple[str, Entry]] = []
    for run_id, history in histories:
        anew = beginning_of(history).reconciled
        if anew is not None and anew.behind is Store.WORKFLOW:
            told = [each for each in told if each[1].seq < anew.from_seq]
        told += [(run_id, entry) for order in record_orders(history) for entry in order.entries]
    return told


def lost_with_their_histories(entries: Iterable[Entry]) -> set[int]:
    """The entries that a reconciliation says no workflow knew any more: they stand in the journal alone."""
    return {
        seq
        for entry in entries
        if isinstance(entry.event, ProceedingReconciled) and entry.event.behind is Store.WORKFLOW
        for seq in range(entry.event.from_seq, entry.event.to_seq + 1)
    }


def beginning_of(history: str) -> Beginning:
    """What a readable history's run began with. Raises ValueError."""
    return Beginning.model_validate_json(_first_payload(_given(history)))


def run_before(history: str) -> str:
    """The run that this one goes on from: as the server links them or, after a restore, as its input says."""
    linked = _started(history).get("continuedExecutionRunId")
    if linked:
        return str(linked)
    reconciled = beginning_of(history).reconciled
    return reconciled.after_run if reconciled else ""


def last_event_id(history: str) -> int:
    """The id of the last event."""
    return int(str(events_of(history)[-1]["eventId"]))


def _started(history: str) -> Mapping[str, object]:
    first = events_of(history)[0]["workflowExecutionStartedEventAttributes"]
    assert isinstance(first, dict)
    return first


def _given(history: str) -> dict[str, list[dict[str, str]]]:
    given = _started(history)["input"]
    assert isinstance(given, dict)
    return given


def _first_payload(container: dict[str, list[dict[str, str]]]) -> bytes:
    return base64.b64decode(container["payloads"][0]["data"])
