"""How people insist: a 503 or a lost connection is followed by the same request, with the same key.

It is done beneath the client, so that every caller and visitor insists alike and each try is on the ledger.
"""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

import httpx

from local.drill.ledger import Exchange, Try

AGAIN: Final = frozenset({httpx.codes.SERVICE_UNAVAILABLE, httpx.codes.TOO_MANY_REQUESTS})
_LOST_PAUSE: Final = 0.5
_LONGEST_PAUSE: Final = 5.0
"""A page for people asks to come again in a minute; whoever plays them has less time."""
ANSWER_SECONDS: Final = 30.0


def unnoted(_: Exchange) -> None:
    """For what is not on the ledger."""


class Insisting(httpx.AsyncBaseTransport):
    """Sends a request until it is answered otherwise than by a 503, at most `patience` seconds."""

    def __init__(self, patience: float, note: Callable[[Exchange], None] = unnoted) -> None:
        # Kept for less than the server keeps them: a connection that is reused is one it has not closed.
        limits = httpx.Limits(max_connections=50, keepalive_expiry=2)
        self._inner = httpx.AsyncHTTPTransport(limits=limits)
        self._patience = patience
        self._note = note

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The answer in the end. Raises the last TransportError when there was none in time."""
        exchange = Exchange(request, await request.aread())
        self._note(exchange)
        until = _now() + timedelta(seconds=self._patience)
        while True:
            try:
                response = await self._tried(exchange)
            except httpx.TransportError:
                if _now() > until:
                    raise
                await asyncio.sleep(_LOST_PAUSE)
                continue
            if response.status_code not in AGAIN or _now() > until:
                return response
            asked = float(response.headers.get("Retry-After", _LOST_PAUSE))
            await asyncio.sleep(min(asked, _LONGEST_PAUSE))

    async def _tried(self, exchange: Exchange) -> httpx.Response:
        begun = _now()
        try:
            response = await self._inner.handle_async_request(exchange.request)
            exchange.answer = await response.aread()
        except httpx.TransportError:
            exchange.tries.append(Try(begun, _now(), None))
            raise
        exchange.status = response.status_code
        leads_to = response.headers.get("Location", "")
        exchange.leads_to = str(exchange.request.url.join(leads_to)) if leads_to else ""
        come_again = "Retry-After" in response.headers
        exchange.tries.append(Try(begun, _now(), response.status_code, come_again))
        return response

    async def aclose(self) -> None:
        """Close the connections."""
        await self._inner.aclose()


def insisting(
    patience: float, note: Callable[[Exchange], None] = unnoted, base_url: str = ""
) -> httpx.AsyncClient:
    """A client of somebody who insists."""
    return httpx.AsyncClient(
        base_url=base_url, timeout=ANSWER_SECONDS, transport=Insisting(patience, note), trust_env=False
    )


def _now() -> datetime:
    return datetime.now(UTC)
