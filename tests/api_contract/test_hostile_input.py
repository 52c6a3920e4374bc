"""Whatever is sent to whichever route: never a 5xx, always a problem with a code and a sentence.

The routes, their bodies and parameters are read from the OpenAPI document, so a new route is tested by being
there. Temporal is away: a command that would reach it may answer 503, and nothing else.
"""

import asyncio
from collections.abc import Awaitable, Iterable
from typing import Final

import httpx
import pytest

from tests.api.world import World
from tests.api_contract.hostile import (
    CONTENT_TYPES,
    FILES,
    HEADERS,
    PATH_SEGMENTS,
    QUERIES,
    UNREADABLE,
)
from tests.api_contract.reader import Reader, as_json, complaint, in_path
from tests.api_contract.schema import JSON_TYPE, Operation, operations, sample, spoiled

ALL: Final = operations()
WITH_BODY: Final = [operation for operation in ALL if operation.body is not None]
IN_PATH: Final = [(operation, name) for operation in ALL for name in operation.parameters("path")]
IN_QUERY: Final = [(operation, name) for operation in ALL for name in operation.parameters("query")]
ONE_OF_EACH_KIND: Final = [
    operation
    for operation in ALL
    if operation.name
    in {
        "list_monitorings",
        "read_published",
        "start_monitoring",
        "begin_collection",
        "replace_draft",
        "remove_source",
        "download_document",
        "attach_file",
        "register_person",
    }
]
OUTSIDE: Final = ("/", "/r/{0}", "/r/{0}/receipt", "/check/{0}", "/public/{0}", "/files/{0}/x.pdf", "/{0}")
AT_ONCE: Final = 12
READERS: Final = ("sary-analyst", "uo-admin", "uo-auditor")
"""Whose eyes together see all there is."""
Sent = tuple[str, Awaitable[httpx.Response]]


def name_of(given: Operation | str) -> str:
    return given if isinstance(given, str) else given.name


async def all_honest(requests: Iterable[Sent]) -> None:
    """Send them, some at a time, and judge every answer."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def judged(what: str, request: Awaitable[httpx.Response]) -> str | None:
        async with gate:
            wrong = complaint(await request)
        return wrong and f"{what[:300]}: {wrong}"

    verdicts = await asyncio.gather(*(judged(*request) for request in requests))
    assert [wrong for wrong in verdicts if wrong] == []


@pytest.mark.parametrize("operation", WITH_BODY, ids=name_of)
async def test_any_field_may_be_wrong(reader: Reader, operation: Operation) -> None:
    label = await reader.key_to(operation)
    # Every command has `on_behalf`: looked at in one of them.
    once = operation.name == "cancel_monitoring"
    bodies = [x for x in spoiled(operation.body or {}) if once or not x[0].startswith("/on_behalf/")]
    await all_honest((f"{at} {as_json(body)!r}", reader.send(operation, label, body)) for at, body in bodies)


@pytest.mark.parametrize("operation", WITH_BODY, ids=name_of)
async def test_a_body_may_be_unreadable_or_of_another_type(reader: Reader, operation: Operation) -> None:
    await reader.key_to(operation)  # before all look for it at once
    good = as_json(sample(operation.body or {}))
    as_said = [(body, JSON_TYPE) for body in UNREADABLE]
    otherwise = [(good, kind) for kind in CONTENT_TYPES]
    await all_honest(
        (f"{kind} {body[:40]!r}", reader.raw(operation, body, {"Content-Type": kind}))
        for body, kind in as_said + otherwise
    )


@pytest.mark.parametrize(("operation", "name"), IN_PATH, ids=name_of)
async def test_any_part_of_a_path_may_be_nonsense(reader: Reader, operation: Operation, name: str) -> None:
    label, body = await reader.key_to(operation), sample(operation.body or {})
    paths = [reader.path(operation, **{name: in_path(segment)}) for segment in PATH_SEGMENTS]
    await all_honest((path, reader.send(operation, label, body, path)) for path in paths)


@pytest.mark.parametrize(("operation", "name"), IN_QUERY, ids=name_of)
async def test_any_parameter_may_be_nonsense(reader: Reader, operation: Operation, name: str) -> None:
    label, path = await reader.key_to(operation), reader.path(operation)
    asked = [f"{name}={in_path(value)}" for value in QUERIES]
    asked += [f"{name}=1&{name}=2", f"{name}[]=1", f"{name}=%ff%fe"]
    await all_honest((query, reader.send(operation, label, None, f"{path}?{query}")) for query in asked)


@pytest.mark.parametrize("operation", ONE_OF_EACH_KIND, ids=name_of)
async def test_any_header_may_be_nonsense(reader: Reader, operation: Operation) -> None:
    body = as_json(sample(operation.body or {})) if operation.body else b""
    as_said: dict[str, str | bytes] = {"Content-Type": JSON_TYPE} if operation.body else {}
    await all_honest(
        (f"{name}: {value!r}", reader.raw(operation, body, as_said | {name: value}))
        for name, value in HEADERS
    )


@pytest.mark.parametrize("operation", [o for o in ALL if o.method == "get"], ids=name_of)
async def test_whatever_was_written_can_be_read(reader: Reader, operation: Operation) -> None:
    """By whoever may; that any account may try is looked at in `test_answers.py`."""
    label = await reader.key_to(operation)
    if operation.name == "read_readiness":
        answer = await reader.send(operation, None, None)
        assert (answer.status_code, answer.json()["ready"]) == (503, False), "that is its answer, no problem"
        return
    await all_honest(
        (f"{path} by {who}", reader.send(operation, who, None, path))
        for path in {reader.path(operation, number) for number in (reader.collecting, reader.published)}
        for who in {None, label, *READERS}
    )


@pytest.mark.parametrize("content", FILES, ids=range(len(FILES)))
@pytest.mark.parametrize(
    "name", ["", "\x00", "../x.pdf", "я" * 500, 'a"b\r\nX: y.pdf', "\u202efdp.exe", "CON"]
)
async def test_any_file_may_be_sent(town: World, reader: Reader, name: str, content: bytes) -> None:
    path = f"/monitorings/{reader.collecting}/attachments"
    file = {"file": (name, content, "application/pdf")}
    assert complaint(await town.call("sary-analyst", "POST", path, files=file)) is None


@pytest.mark.parametrize("path", OUTSIDE)
async def test_no_address_outside_the_document_breaks(town: World, path: str) -> None:
    for segment in PATH_SEGMENTS:
        for method in ("GET", "POST", "PUT", "OPTIONS", "TRACE"):
            asked = path.format(in_path(segment))
            answer = await town.client.request(method, asked, content=b"a=%00&b=%ff")
            assert answer.status_code < 500, (method, asked[:60])
