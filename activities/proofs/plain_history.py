"""Exported histories made readable: decrypted for replay and archive, and in plain words for an auditor."""

import json
from base64 import b64decode
from collections.abc import Iterator
from typing import Final, TypeVar

from google.protobuf.json_format import ParseError
from google.protobuf.message import Message
from pydantic import JsonValue
from temporalio.api.common.v1 import Payload
from temporalio.api.failure.v1 import Failure
from temporalio.api.history.v1 import History
from temporalio.client import WorkflowHistory
from temporalio.converter import PayloadCodec

M = TypeVar("M", bound=Message)
_AS_TEXT: Final = frozenset({b"json/plain", b"json/protobuf"})
_UNUSED_ID: Final = "exported"  # a history's JSON does not say whose it is; nothing here asks


async def plain(history_json: str, codec: PayloadCodec) -> str:
    """The same history, decrypted: JSON as it was exported, which replays without any key.

    Takes what `WorkflowHistory.to_json`, the Temporal UI and the command line export. What was not encrypted
    stays as it is. Raises `UnreadablePayload` when a key is missing, ValueError for what is no history.
    """
    return (await decrypted(_history(history_json), codec)).to_json()


async def decrypted(history: WorkflowHistory, codec: PayloadCodec) -> WorkflowHistory:
    """A decrypted copy of a history. Raises `UnreadablePayload`."""
    copy = History()
    copy.CopyFrom(History(events=history.events))
    payloads = list(_parts(copy, Payload))
    for payload, opened in zip(payloads, await codec.decode(payloads), strict=True):
        payload.CopyFrom(opened)
    for failure in list(_parts(copy, Failure)):
        _tell(failure)
    return WorkflowHistory(history.workflow_id, list(copy.events))


def legible(history_json: str) -> str:
    """A decrypted history for reading: each payload of JSON stands in it as what it says.

    Raises ValueError for what is no JSON. The result no longer replays.
    """
    return json.dumps(_legible(json.loads(history_json)), ensure_ascii=False, indent=2)


def _history(exported: str) -> WorkflowHistory:
    try:
        history = WorkflowHistory.from_json(_UNUSED_ID, exported)
    except ParseError as error:
        raise ValueError(f"this is no history: {error}") from None
    if not history.events:
        raise ValueError("this is no history: it has no events")
    return history


def _parts(message: Message, kind: type[M]) -> Iterator[M]:
    """Every message of a kind inside another one, at any depth."""
    if isinstance(message, kind):
        yield message
        if kind is Payload:
            return
    for field, value in message.ListFields():
        if field.message_type is None:
            continue
        if field.message_type.GetOptions().map_entry:
            inner = [each for each in value.values() if isinstance(each, Message)]
        else:
            inner = [value] if isinstance(value, Message) else list(value)
        for each in inner:
            yield from _parts(each, kind)


def _tell(failure: Failure) -> None:
    """Put the message and the stack of a failure back where they were before they were encoded."""
    if not failure.HasField("encoded_attributes"):
        return
    hidden = json.loads(failure.encoded_attributes.data)
    failure.message = str(hidden.get("message", ""))
    failure.stack_trace = str(hidden.get("stack_trace", ""))
    failure.ClearField("encoded_attributes")


def _legible(part: JsonValue) -> JsonValue:
    match part:
        case {"metadata": {"encoding": str(encoding)}, **rest} if rest.keys() <= {"data"}:
            return _content(part, b64decode(encoding), b64decode(str(rest.get("data", ""))))
        case dict():
            return {key: _legible(value) for key, value in part.items()}
        case list():
            return [_legible(each) for each in part]
    return part


def _content(payload: JsonValue, encoding: bytes, data: bytes) -> JsonValue:
    """What a payload says; whatever is no JSON stays a payload."""
    if encoding == b"binary/null":
        return None
    content: JsonValue = json.loads(data) if encoding in _AS_TEXT else payload
    return content
