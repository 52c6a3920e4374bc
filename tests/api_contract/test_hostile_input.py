"""Whatever is sent to whichever route: never a 5xx, always a problem with a code and a sentence.

The routes, their bodies and parameters are read from the OpenAPI document, so a new route is tested by being
there. Temporal is away: a command that would reach it may answer 503, and nothing else.
"""

import asyncio
from collections.abc import Awaitable
from typing import Final

import httpx
import pytest

from tests.api.world import World
from tests.api_contract.hostile import CONTENT_TYPES, HEADERS, PATH_SEGMENTS, QUERIES, UNREADABLE
from tests.api_contract.reader import Reader, as_json, complaint, in_path
from tests.api_contract.schema import JSON_TYPE, Operation, operations, sample, spoiled

pytestmark = pytest.mark.xdist_group("api-contract")
ALL: Final = operations()
WITH_BODY: Final = [operation for operation in ALL if operation.body is not None]
IN_PATH: Final = [(o, name) for o in ALL for name in o.parameters("path")]
IN_QUERY: Final = [(o, name) for o in ALL for name in o.parameters("query")]
AT_ONCE: Final = 12


def name_of(given: Operation | str) -> str:
    return given if isinstance(given, str) else given.name


async def all_honest(requests: dict[str, Awaitable[httpx.Response]]) -> None:
    """Send them, some at a time, and judge every answer."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def judged(request: Awaitable[httpx.Response]) -> str | None:
        async with gate:
            return complaint(await request)

    verdicts = await asyncio.gather(*map(judged, requests.values()))
    assert {what: wrong for what, wrong in zip(requests, verdicts, strict=True) if wrong} == {}


@pytest.mark.parametrize("operation", WITH_BODY, ids=name_of)
async def test_any_field_may_be_wrong(reader: Reader, operation: Operation) -> None:
    label = await reader.key_to(operation)
    await all_honest(
        {
            f"{pointer}: {as_json(body).decode():.300}": reader.send(operation, label, body)
            for pointer, body in spoiled(operation.body or {})
        }
    )


@pytest.mark.parametrize("operation", WITH_BODY, ids=name_of)
async def test_a_body_may_be_unreadable_or_of_another_type(reader: Reader, operation: Operation) -> None:
    good = as_json(sample(operation.body or {}))
    as_said = {"Content-Type": JSON_TYPE}
    await all_honest(
        {f"{body[:40]!r}": reader.raw(operation, body, as_said) for body in UNREADABLE}
        | {f"as {kind}": reader.raw(operation, good, {"Content-Type": kind}) for kind in CONTENT_TYPES}
    )


@pytest.mark.parametrize(("operation", "name"), IN_PATH, ids=name_of)
async def test_any_part_of_a_path_may_be_nonsense(reader: Reader, operation: Operation, name: str) -> None:
    label = await reader.key_to(operation)
    body = sample(operation.body or {})
    await all_honest(
        {
            repr(segment)[:60]: reader.send(
                operation, label, body, reader.path(operation, **{name: in_path(segment)})
            )
            for segment in PATH_SEGMENTS
        }
    )


@pytest.mark.parametrize(("operation", "name"), IN_QUERY, ids=name_of)
async def test_any_parameter_may_be_nonsense(reader: Reader, operation: Operation, name: str) -> None:
    label = await reader.key_to(operation)
    path = reader.path(operation)
    asked = [f"{name}={in_path(value)}" for value in QUERIES]
    asked += [f"{name}=1&{name}=2", f"{name}[]=1", f"{name}=%ff%fe"]
    await all_honest({query[:60]: reader.send(operation, label, None, f"{path}?{query}") for query in asked})


@pytest.mark.parametrize("operation", ALL, ids=name_of)
async def test_any_header_may_be_nonsense(reader: Reader, operation: Operation) -> None:
    body = as_json(sample(operation.body or {})) if operation.body else b""
    as_said = {"Content-Type": JSON_TYPE} if operation.body else {}
    await all_honest(
        {
            f"{name}: {value[:40]!r}": reader.raw(operation, body, as_said | {name: value})
            for name, value in HEADERS
        }
    )


async def test_reads_of_a_published_monitoring_are_honest_too(reader: Reader) -> None:
    reads = [o for o in ALL if o.method == "get" and "number" in o.parameters("path")]
    requests = {}
    for operation in reads:
        for label in (None, *reader.world.tokens):
            path = reader.path(operation, reader.published)
            requests[f"{operation.name} by {label}"] = reader.send(operation, label, None, path)
    await all_honest(requests)


@pytest.mark.parametrize(
    "filename", ["", "\x00", "../../x.pdf", "я" * 500, 'a"b\r\nX: y.pdf', "\u202efdp.exe", "CON"]
)
@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"MZ\x90\x00", b"<svg onload=alert(1)>", b"x" * 300_000]
)
async def test_any_file_may_be_sent(town: World, reader: Reader, filename: str, content: bytes) -> None:
    file = {"file": (filename, content, "application/pdf")}
    answer = await town.call(
        "sary-analyst", "POST", f"/monitorings/{reader.collecting}/attachments", files=file
    )
    assert complaint(answer) is None


@pytest.mark.parametrize(
    "path", ["/", "/r/{0}", "/r/{0}/report.pdf", "/check/{0}", "/reports/{0}", "/api/v1/{0}", "/static/{0}"]
)
async def test_no_address_outside_the_document_breaks(town: World, path: str) -> None:
    for segment in PATH_SEGMENTS:
        for method in ("GET", "POST", "PUT", "OPTIONS", "TRACE"):
            answer = await town.client.request(method, path.format(in_path(segment)), content=b"a=%00&b=%ff")
            assert answer.status_code < 500, (method, path, segment[:40])
