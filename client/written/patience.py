"""A request that could not be answered is sent again: after a 429 or 503 when the API says so, after a lost
connection where sending it twice does no harm.

A command is sent under its Idempotency-Key each time, so it happens once.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from itertools import count
from typing import Final

import httpx

KEY: Final = "Idempotency-Key"
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
LATER: Final = frozenset({429, 503})
# Nothing has reached the server then.
NOT_SENT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
"""Seconds, after connections that were lost; each pause is twice the one before."""


@dataclass(frozen=True)
class Patience:
    """For how many seconds from the first try on a request is sent again; 0: never."""

    seconds: float = 120.0

    def pause(
        self, request: httpx.Request, came: httpx.Response | httpx.TransportError, tries: int, passed: float
    ) -> float | None:
        """How many seconds to wait before the next try; None where there is none: it was answered, it could
        be done twice, or the next try would come too late."""
        if isinstance(came, httpx.Response):
            asked = _asked(came) if came.status_code in LATER else None
        else:
            asked = _after_loss(request, came, tries)
        return asked if asked is not None and passed + asked <= self.seconds else None


def _asked(response: httpx.Response) -> float | None:
    """What `Retry-After` says, in seconds; it may say a date."""
    said: str = response.headers.get("Retry-After", "")
    if said.isdecimal():
        return float(said)
    try:
        when = parsedate_to_datetime(said)
    except ValueError:
        return None
    return max(0.0, (when.astimezone(UTC) - datetime.now(UTC)).total_seconds())


def _after_loss(request: httpx.Request, lost: httpx.TransportError, tries: int) -> float | None:
    if isinstance(lost, NOT_SENT) or request.method in SAFE or KEY in request.headers:
        return float(min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** (tries - 1)))
    return None


class Patient(httpx.BaseTransport):
    """Sends again what another transport could not have answered."""

    def __init__(
        self,
        inner: httpx.BaseTransport,
        patience: Patience,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._inner, self._patience, self._sleep, self._clock = inner, patience, sleep, clock

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()  # a body that was streamed could not be sent twice
        began = self._clock()
        for tries in count(1):
            came: httpx.Response | httpx.TransportError
            try:
                came = self._inner.handle_request(request)
            except httpx.TransportError as lost:
                came = lost
            pause = self._patience.pause(request, came, tries, self._clock() - began)
            if isinstance(came, httpx.Response):
                if pause is None:
                    return came
                came.close()
            elif pause is None:
                raise came
            self._sleep(pause)
        raise AssertionError("tries are counted for ever")

    def close(self) -> None:
        self._inner.close()


class PatientAsync(httpx.AsyncBaseTransport):
    """The same for requests that are awaited."""

    def __init__(
        self,
        inner: httpx.AsyncBaseTransport,
        patience: Patience,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._inner, self._patience, self._sleep, self._clock = inner, patience, sleep, clock

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        began = self._clock()
        for tries in count(1):
            came: httpx.Response | httpx.TransportError
            try:
                came = await self._inner.handle_async_request(request)
            except httpx.TransportError as lost:
                came = lost
            pause = self._patience.pause(request, came, tries, self._clock() - began)
            if isinstance(came, httpx.Response):
                if pause is None:
                    return came
                await came.aclose()
            elif pause is None:
                raise came
            await self._sleep(pause)
        raise AssertionError("tries are counted for ever")

    async def aclose(self) -> None:
        await self._inner.aclose()
