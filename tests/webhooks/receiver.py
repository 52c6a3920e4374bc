"""A system that takes events: a real HTTP server, which answers as a test tells it."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from fastapi import FastAPI, Request, Response
from standardwebhooks.webhooks import Webhook

from tests.fixtures.listening import listening

TAKEN = 204


@dataclass(frozen=True)
class Delivered:
    """One request as it came in."""

    headers: Mapping[str, str]
    body: bytes

    @property
    def message(self) -> str:
        return self.headers["webhook-id"]

    @property
    def event(self) -> dict[str, object]:
        told: dict[str, object] = json.loads(self.body)
        return told

    def is_signed_with(self, secret: str) -> bool:
        """By the library of the standard, which knows nothing of ours. Raises what that raises."""
        Webhook(secret).verify(self.body, dict(self.headers))
        return True


@dataclass
class Receiver:
    """`answers` are given in turn; then everything is taken."""

    port: int
    answers: list[int] = field(default_factory=list)
    always: int = TAKEN
    received: list[Delivered] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hooks/monitoring"

    def took(self, count: int) -> bool:
        return len(self.received) >= count


@asynccontextmanager
async def receiver() -> AsyncIterator[Receiver]:
    """It listens until the block ends."""
    app = FastAPI()
    known = Receiver(port=0)

    @app.post("/hooks/monitoring")
    async def take(request: Request) -> Response:
        known.received.append(Delivered(dict(request.headers), await request.body()))
        status = known.answers.pop(0) if known.answers else known.always
        elsewhere = {"Location": "/elsewhere"} if 300 <= status < 400 else {}
        return Response(status_code=status, headers=elsewhere)

    @app.post("/elsewhere")
    async def take_elsewhere() -> Response:
        raise AssertionError("redirects are not followed")

    async with listening(app) as port:
        known.port = port
        yield known
