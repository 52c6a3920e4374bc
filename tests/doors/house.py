"""Who comes to the doors: by every address that takes a body, with all of it or with one byte at a time."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

import httpx
from fastapi import FastAPI
from fastapi.routing import APIRoute
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import QueuePool
from starlette.routing import BaseRoute

from api import pages
from api.app import PREFIX
from api.routes import ALL_ROUTERS
from local.ports import LOOPBACK
from models.vocabulary.letters import LetterKind
from tests.pages.story import Story
from tests.waiting import eventually

SENDING: Final = ("POST", "PUT", "PATCH", "DELETE")
_KNOWN: Final = {"form": "more-time", "kind": "pdf", "version": "1", "year": "2026", "mark": "13.1-SARY"}


@dataclass(frozen=True)
class Address:
    """One method of one path that takes a body; `path` has its parameters in braces."""

    method: str
    path: str
    looks: bool = True  # whether its route looks at what was sent

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def is_page(self) -> bool:
        return not self.path.startswith(PREFIX)


def addresses() -> list[Address]:
    """Every address of the API and of the pages that something can be sent to."""
    of_api = (
        Address(method, f"{PREFIX}{route.path}", route.body_field is not None)
        for router in ALL_ROUTERS
        for route in api_routes(router.routes)
        for method in SENDING
        if method in (route.methods or ())
    )
    of_pages = (
        Address(method, route.path)
        for router in pages.ROUTERS
        for route in api_routes(router.routes)
        for method in SENDING
        if method in (route.methods or ())
    )
    return sorted({*of_api, *of_pages}, key=str)


def readings() -> list[str]:
    """Every page that is read."""
    routes = (route for router in pages.ROUTERS for route in api_routes(router.routes))
    return sorted({route.path for route in routes if "GET" in (route.methods or ())})


def api_routes(routes: list[BaseRoute]) -> Iterator[APIRoute]:
    """All of them, also of routers within routers."""
    for route in routes:
        if isinstance(route, APIRoute):
            yield route
        else:
            inner = getattr(route, "original_router", None)
            yield from api_routes(inner.routes if inner is not None else [])


@dataclass
class House:
    """The application as it is reached from outside, and what is inside of it."""

    app: FastAPI
    engine: AsyncEngine
    client: httpx.AsyncClient
    port: int
    tokens: dict[str, str]
    story: Story
    links: dict[str, str] = field(default_factory=dict)
    cookie: str = ""

    async def opens(self) -> None:
        """Letters have left, and somebody has signed in."""
        await self.story.invites()
        await self.story.asks()
        self.links["token"] = (await self.story.link(LetterKind.INFORMATION_REQUEST)).removeprefix("/r/")
        given = {"token": self.tokens["sary-analyst"]}
        answer = await self.client.post("/sign-in", data=given, headers={"Sec-Fetch-Site": "same-origin"})
        self.cookie = answer.headers["set-cookie"].partition(";")[0]
        self.client.cookies.clear()

    def filled(self, path: str) -> str:
        """A path with its parameters filled in."""
        values = {"number": self.story.number, "about": self.story.number} | _KNOWN | self.links
        return re.sub(r"{(\w+)(?::\w+)?}", lambda found: values.get(found[1], "sample-1"), path)

    def headers(self, address: Address) -> dict[str, str]:
        """Of somebody who may send there."""
        if not address.is_page:
            token = self.tokens["sary-analyst"]
            return {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        form = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
        return form | ({} if address.path.startswith("/r/") else {"Cookie": self.cookie})

    @asynccontextmanager
    async def slowly(
        self,
        address: Address,
        *,
        announced: int = 300,
        first: bytes = b"a",
        headers: dict[str, str] | None = None,
    ) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        """A request of which the first byte has come, and no more."""
        reader, writer = await asyncio.open_connection(LOOPBACK, self.port)
        given = {"Host": "x", "Content-Length": str(announced), **(headers or self.headers(address))}
        lines = "".join(f"{name}: {value}\r\n" for name, value in given.items())
        writer.write(f"{address.method} {self.filled(address.path)} HTTP/1.1\r\n{lines}\r\n".encode() + first)
        await writer.drain()
        try:
            yield reader, writer
        finally:
            writer.close()

    def held(self) -> int:
        """Connections to the database that are in somebody's hands."""
        pool = self.engine.pool
        assert isinstance(pool, QueuePool)
        return pool.checkedout()

    async def holds_nothing(self, meaning: str) -> None:
        async def free() -> bool:
            return self.held() == 0

        await eventually(free, f"no connection is held: {meaning}")

    async def still_answers(self) -> None:
        """Lists, pages and readiness, of which Temporal is away and the database is not."""
        who = {"Authorization": f"Bearer {self.tokens['sary-analyst']}"}
        listed = await self.client.get(f"{PREFIX}/monitorings", headers=who)
        assert listed.status_code == 200
        assert (await self.client.get("/public")).status_code == 200
        assert (await self.client.get(f"/r/{self.links['token']}")).status_code == 200
        assert (await self.client.get(f"{PREFIX}/health/ready")).json()["database"] is True


async def answer_of(reader: asyncio.StreamReader) -> tuple[int, httpx.Headers, str]:
    """Status, headers and text of an answer."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    parts = (line.partition(": ") for line in head[1:] if line)
    headers = httpx.Headers([(name, value) for name, _, value in parts])
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return int(head[0].split()[1]), headers, body.decode()
