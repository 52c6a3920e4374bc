"""Captured histories as files: what a run looked like to Temporal, with the id it ran under."""

import base64
import json
import re
from collections.abc import Iterator
from pathlib import Path

from pydantic import JsonValue
from temporalio.client import WorkflowHistory

from models.vocabulary.base import Model

FOLDER = Path(__file__).with_name("histories")
_PROCESS = re.compile(r"^\d+@[\w.-]+")


class KeptHistory(Model):
    """One run. A history alone does not know its workflow's id, and the workflow's code may ask for it."""

    workflow_id: str
    workflow: str
    events: list[dict[str, JsonValue]]

    def history(self) -> WorkflowHistory:
        """As the replayer wants it."""
        return WorkflowHistory.from_json(self.workflow_id, json.dumps({"events": self.events}))

    def said(self) -> Iterator[str]:
        """Every word in the history, payloads decoded."""
        yield json.dumps(self.events, ensure_ascii=False)
        yield from _payloads(self.events)


def read(path: Path) -> KeptHistory:
    """A file of `histories/`."""
    return KeptHistory.model_validate_json(path.read_text(encoding="utf-8"))


def write(path: Path, history: WorkflowHistory) -> None:
    """Keep a history, without the names of the machines and processes it ran on."""
    events = json.loads(history.to_json())["events"]
    started = events[0]["workflowExecutionStartedEventAttributes"]
    kept = KeptHistory(
        workflow_id=history.workflow_id, workflow=started["workflowType"]["name"], events=_anonymous(events)
    )
    path.write_text(kept.model_dump_json(indent=1) + "\n", encoding="utf-8")


def without_search_attributes(exported: str) -> str:
    """A history's JSON without what is the server's to read: number, kind, stage, conductor, next date.

    And without the names of changes of code.
    """
    events = json.loads(exported)["events"]
    for attributes in (part for event in events for part in event.values() if isinstance(part, dict)):
        attributes.pop("searchAttributes", None)
    return json.dumps([event for event in events if not _is_change_of_code(event)])


def _is_change_of_code(event: dict[str, JsonValue]) -> bool:
    """The SDK's marker of `workflow.patched`, which bypasses every codec: a change's name and no more."""
    marker = event.get("markerRecordedEventAttributes")
    return isinstance(marker, dict) and marker.get("markerName") == "core_patch"


def _anonymous(events: JsonValue) -> list[dict[str, JsonValue]]:
    """Identities and sticky queues say `process@machine`: nobody's business in a repository."""
    assert isinstance(events, list)
    cleaned = [_clean(event) for event in events]
    return [event for event in cleaned if isinstance(event, dict)]


def _clean(part: JsonValue) -> JsonValue:
    match part:
        case dict():
            return {key: _clean(value) for key, value in part.items()}
        case list():
            return [_clean(each) for each in part]
        case str():
            return _PROCESS.sub("captured", part)
        case _:
            return part


def _payloads(part: object) -> Iterator[str]:
    if isinstance(part, list):
        for each in part:
            yield from _payloads(each)
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "data" and isinstance(value, str):
                yield base64.b64decode(value).decode("utf-8", errors="replace")
            else:
                yield from _payloads(value)
