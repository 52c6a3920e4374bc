"""What a history itself orders to be recorded: the entries inside the inputs of its `record` activities."""

import base64
import json
from collections.abc import Iterator

from models.proceeding.record import RecordOrder

RECORD = "record"


def events_of(history: str) -> list[dict[str, object]]:
    """The events of a history as JSON. Raises ValueError for what is no history."""
    events = json.loads(history)["events"]
    if not isinstance(events, list) or not events:
        raise ValueError("a history has events")
    return events


def record_orders(history: str) -> Iterator[RecordOrder]:
    """The orders in their order. Raises ValueError."""
    for event in events_of(history):
        attributes = event.get("activityTaskScheduledEventAttributes")
        if isinstance(attributes, dict) and attributes["activityType"]["name"] == RECORD:
            yield RecordOrder.model_validate_json(_first_payload(attributes["input"]))


def last_event_id(history: str) -> int:
    """The id of the last event."""
    return int(str(events_of(history)[-1]["eventId"]))


def _first_payload(container: dict[str, list[dict[str, str]]]) -> bytes:
    return base64.b64decode(container["payloads"][0]["data"])
