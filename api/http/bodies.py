"""What is sent is read here, before anything else is done with the request: nothing is held meanwhile.

First it is asked who sends it (nothing large is read of strangers), then it is read within a size and at a
least pace, and only then the application runs, over what was read. Of a page's form whatever is too large to
be kept is read past. What is refused here is told by the application in its own way, page or problem, as soon
as it asks for the body.
"""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from ipaddress import ip_network
from tempfile import SpooledTemporaryFile
from typing import IO, Final

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from activities.bounds.within import within
from api.http.problems import failure_of
from api.http.sieve import Sieve, boundary_of
from api.problems.problem import Failed, ProblemCode, too_large, too_slow
from api.services.services import services

GRACE_SECONDS = 30.0
LEAST_BYTES_PER_SECOND = 2_048
"""Behind the grace time whatever has come must have come at this pace: so every body has its last moment."""
SMALL_BYTES: Final = 64 * 1024
JSON_BYTES: Final = 4 * 1024 * 1024
FORM_BYTES: Final = 2 * 1024 * 1024 * 1024
"""Of a page's form with its files: read at its pace, and past whatever is not kept."""
_AROUND_FILES_BYTES: Final = 64 * 1024
_IN_MEMORY_BYTES: Final = 1024 * 1024
_CHUNK: Final = 64 * 1024
_PARTING_SECONDS: Final = 2.0
_WITHOUT_BODIES: Final = frozenset({"GET", "HEAD", "OPTIONS", "TRACE", "CONNECT"})


@dataclass(frozen=True)
class Admitted:
    """Somebody who may send a body: how much of it, and on whose places it is read (`limits.bodies`).

    Of a page's form `of_each_file` is how much of a file is kept.
    """

    most_bytes: int
    whose: tuple[str, ...]
    of_each_file: int | None = None


Door = Callable[[Request], Awaitable[Admitted]]
"""Asks who sends a body. Raises Failed or TooMany for whoever may send none."""


class Gone(Exception):
    """Whoever sent it does not wait for an answer."""


class Bodies:
    """ASGI middleware: reads bodies as they may be read, then lets the application run."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self._app = app
        self._door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in _WITHOUT_BODIES:
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        if not _announces(request):
            await self._app(scope, receive, send)
            return
        with SpooledTemporaryFile(_IN_MEMORY_BYTES) as file:
            incoming = _Incoming(receive, file)
            try:
                await self._read(request, incoming)
            except Gone:
                return
            except Exception as error:  # every exception is told, by intent
                failed = failure_of(error)
                await self._app(scope, _refusing(failed), incoming.closing(send, failed))
            else:
                await self._app(scope, incoming.again(), send)

    async def _read(self, request: Request, incoming: "_Incoming") -> None:
        admitted = await self._door(request)
        announced = request.headers.get("content-length", "")
        if announced.isdecimal() and int(announced[:20]) > admitted.most_bytes:
            raise too_large(admitted.most_bytes)
        boundary = boundary_of(request)
        if admitted.of_each_file is not None and boundary:
            incoming.sift(boundary, admitted.of_each_file)
        with services(request).limits.bodies.place(*admitted.whose):
            await incoming.read(admitted.most_bytes)


def known_sender(request: Request, *whose: str) -> Admitted:
    """What somebody who is known may send to the API: a document, or one file."""
    limit = services(request).settings.upload_limit_bytes
    return Admitted(limit + _AROUND_FILES_BYTES if _is_upload(request) else JSON_BYTES, whose)


def known_writer(request: Request, *whose: str) -> Admitted:
    """What somebody who is known may send to a page: a form, with files as they are chosen."""
    limit = services(request).settings.upload_limit_bytes
    return Admitted(FORM_BYTES if _is_upload(request) else JSON_BYTES, whose, limit)


def _is_upload(request: Request) -> bool:
    return request.headers.get("content-type", "").lower().startswith("multipart/")


def address_of(request: Request) -> str:
    """Where a request comes from; of IPv6 the network, whose hosts cost nothing."""
    host = request.client.host if request.client else ""
    try:
        return f"address/{ip_network((host, 64), strict=False)}" if ":" in host else f"address/{host}"
    except ValueError:
        return f"address/{host}"


def _announces(request: Request) -> bool:
    length = request.headers.get("content-length", "0")
    return length.strip("0") != "" or "transfer-encoding" in request.headers


class _Incoming:
    """A body on its way into a file."""

    def __init__(self, receive: Receive, file: IO[bytes]) -> None:
        self._receive = receive
        self._file = file
        self._keep: Callable[[bytes], object] = file.write
        self._more = True

    def sift(self, boundary: bytes, of_each_file: int) -> None:
        """Keep of each file no more than this, and every text."""
        self._keep = Sieve(self._file, boundary, of_each_file).write

    async def read(self, most: int) -> None:
        """All of it. Raises Failed: too large, or slower than the least pace; Gone."""
        begun, received = time.monotonic(), 0
        while self._more:
            left = GRACE_SECONDS + received / LEAST_BYTES_PER_SECOND - (time.monotonic() - begun)
            try:
                message = await within(max(left, 0.0), self._next(), "the next part of a body")
            except TimeoutError:
                raise too_slow() from None
            body: bytes = message.get("body", b"")
            received += len(body)
            if received > most:
                raise too_large(most)
            self._keep(body)

    async def _next(self) -> Message:
        message = await self._receive()
        if message["type"] != "http.request":
            self._more = False
            raise Gone
        self._more = bool(message.get("more_body", False))
        return message

    def again(self) -> Receive:
        """What was read, as if it came now."""
        self._file.seek(0)
        told = False

        async def receive() -> Message:
            nonlocal told
            if told:
                return await self._receive()
            chunk = self._file.read(_CHUNK)
            told = len(chunk) < _CHUNK
            return {"type": "http.request", "body": chunk, "more_body": not told}

        return receive

    def closing(self, send: Send, failed: Failed) -> Send:
        """Answers, and closes: nobody reads on. The answer is only seen if what still comes is taken away
        for a moment, unread."""
        slow = failed.refusals[0].code == ProblemCode.TOO_SLOW

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                await send({**message, "headers": [*message["headers"], (b"connection", b"close")]})
            elif message.get("more_body", False) or slow or not self._more:
                await send(message)
            else:
                await send({**message, "more_body": True})
                await self._part()
                await send({"type": "http.response.body", "body": b"", "more_body": False})

        return sending

    async def _part(self) -> None:
        async def take_away() -> None:
            while self._more:
                await self._next()

        try:
            await within(_PARTING_SECONDS, take_away(), "the rest of a refused body")
        except (TimeoutError, Gone):
            return


def _refusing(failed: Failed) -> Receive:
    async def receive() -> Message:
        raise failed

    return receive
