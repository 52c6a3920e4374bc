"""Somebody with an account who calls the API. A 503 is repeated with the same key, as the API asks for."""

import asyncio
from typing import Final, TypeVar
from uuid import uuid4

import httpx
from pydantic import BaseModel, TypeAdapter

from models.vocabulary.base import Model

M = TypeVar("M", bound=BaseModel)
PATIENCE: Final = 40
"""Repeats of an unanswered command, each after the pause the API asks for."""

Json = dict[str, object]


class DemoFailed(Exception):
    """The product did not do what the demo expects; says what was asked and what came back."""


class Gone(DemoFailed):
    """A link leads nowhere any more (410): a later letter took its place, or what it asked for is over."""


class NotThere(DemoFailed):
    """An address that there is nothing at (404): what another letter leads to, this one does not."""


class Caller:
    """One account's way in. Bodies are plain JSON: the demo knows the API as its users do."""

    def __init__(self, client: httpx.AsyncClient, token: str) -> None:
        self._client = client
        self._headers = {"Authorization": f"Bearer {token}", "Accept-Language": "kk"}

    async def get(self, path: str, answer: type[M]) -> M:
        response = await self._client.get(path, headers=self._headers)
        return TypeAdapter(answer).validate_python(_good(response).json())

    async def ask(self, path: str, language: str = "kk") -> httpx.Response:
        """A GET whose answer is looked at as it is."""
        headers = self._headers | {"Accept-Language": language}
        return _good(await self._client.get(path, headers=headers))

    async def is_let_in(self) -> bool:
        """Whether the token opens anything."""
        me = await self._client.get("/api/v1/me", headers=self._headers)
        return me.status_code != httpx.codes.UNAUTHORIZED

    async def post(self, path: str, body: Json | Model, revision: str | None = None) -> httpx.Response:
        """A command. `revision` is the ETag of what was read, where the API wants to know it."""
        return await self._send("POST", path, body, {"If-Match": revision} if revision else {})

    async def put(self, path: str, body: Json | Model, revision: str | None = None) -> httpx.Response:
        """Write content. `revision` is the ETag of what is replaced; None for something new."""
        return await self._send("PUT", path, body, {"If-Match": revision} if revision else {})

    async def _send(
        self, method: str, path: str, body: Json | Model, more: dict[str, str] | None = None
    ) -> httpx.Response:
        key = {"Idempotency-Key": uuid4().hex}
        plain = body.model_dump(mode="json") if isinstance(body, Model) else body
        for _ in range(PATIENCE):
            try:
                response = await self._client.request(
                    method, path, json=plain, headers=self._headers | key | (more or {})
                )
            except httpx.TransportError:  # the API itself is away for a moment
                await asyncio.sleep(1)
                continue
            if response.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                return _good(response)
            await asyncio.sleep(float(response.headers.get("Retry-After", "1")))
        raise DemoFailed(f"{method} {path}: no answer after {PATIENCE} tries")


def _good(response: httpx.Response) -> httpx.Response:
    if response.is_success:
        return response
    request = response.request
    raise DemoFailed(f"{request.method} {request.url.path}: {response.status_code} {response.text[:2000]}")
