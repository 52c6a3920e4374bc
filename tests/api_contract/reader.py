"""A caller with bad intentions: sends a request as whoever may send it, and judges the answer."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote

import httpx

from tests.api.world import World
from tests.api_contract.schema import JSON_TYPE, Operation, sample

PROBLEM: Final = "application/problem+json"
PREFIX: Final = "/api/v1"
_AWAY: Final = ("unavailable", "command_unknown_outcome", "busy")
_CLOSED_DOORS: Final = (401, 403, 404)

# Path parameters as the sample country knows them; the rest are ids that nothing has.
_KNOWN: Final = {
    "organisation": "akimat-sary",
    "addressee": "akimat-sary",
    "year": "2026",
    "version": "1",
    "rendition": "public",
    "language": "kk",
    "sha256": "0" * 64,
}


@dataclass
class Reader:
    """Knows two monitorings and all accounts; remembers who may do what."""

    world: World
    collecting: str
    published: str
    _keys: dict[str, str | None] = field(default_factory=dict)

    def path(self, operation: Operation, number: str | None = None, **given: str) -> str:
        """The operation's path with its parameters filled in; `given` ones are put in as they are."""
        values = {"number": number or self.collecting} | _KNOWN | given
        path = operation.path.removeprefix(PREFIX)
        for name in operation.parameters("path"):
            path = path.replace(f"{{{name}}}", values.get(name, "sample-1"))
        return path

    async def key_to(self, operation: Operation) -> str | None:
        """The label of an account for whom the operation's door opens (None: nobody's is needed)."""
        if operation.name not in self._keys:
            self._keys[operation.name] = await self._first_let_in(operation)
        return self._keys[operation.name]

    async def _first_let_in(self, operation: Operation) -> str | None:
        for label in (None, *self.world.tokens):
            answer = await self.send(operation, label, sample(operation.body or {}))
            if answer.status_code not in _CLOSED_DOORS:
                return label
        # Nobody finds what the path names: whoever is told so, and not that the door is shut, is let in.
        return next(iter(self.world.tokens))

    async def send(
        self, operation: Operation, label: str | None, body: object, path: str | None = None
    ) -> httpx.Response:
        """One request with a JSON body, which may hold what no JSON library would write."""
        options = (
            {}
            if operation.body is None
            else {"content": as_json(body), "headers": {"Content-Type": JSON_TYPE}}
        )
        return await self.world.call(label, operation.method.upper(), path or self.path(operation), **options)

    async def raw(
        self, operation: Operation, content: bytes, headers: Mapping[str, str | bytes]
    ) -> httpx.Response:
        """One request with any bytes as its body."""
        label = None if "Authorization" in headers else await self.key_to(operation)
        path = self.path(operation)
        method = operation.method.upper()
        return await self.world.call(label, method, path, content=content, headers=headers)


def as_json(body: object) -> bytes:
    """JSON with lone surrogates as escapes, NaN and Infinity as Python writes them."""
    return json.dumps(body).encode()


def in_path(text: str) -> str:
    """A text as one segment of a path."""
    return quote(text, safe="", errors="surrogatepass")


def complaint(answer: httpx.Response, temporal_is_there: bool = False) -> str | None:
    """What is wrong with an answer to hostile input; None when it is an honest one."""
    if answer.status_code < 400:
        return None
    if answer.headers.get("content-type") != PROBLEM:
        return f"{answer.status_code} is no problem: {answer.headers.get('content-type')}"
    problem = answer.json()
    if not (problem.get("code") and str(problem.get("detail", "")).strip() and problem.get("title")):
        return f"{answer.status_code} without code, title or sentence: {answer.text[:200]}"
    if problem["status"] != answer.status_code:
        return f"{answer.status_code} calls itself {problem['status']}"
    may_be_away = answer.status_code == 503 and problem["code"] in _AWAY and not temporal_is_there
    if answer.status_code < 500 or may_be_away:
        return None
    return f"{answer.status_code} {problem['code']}"
