"""The connection to Temporal: made when first needed, so that the API starts and reads without it."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

from temporalio.client import Client
from temporalio.service import RPCError

from activities.bounds.within import within

Connect = Callable[[], Coroutine[Any, Any, Client]]
CONNECT_SECONDS = 3.0


class TemporalDown(Exception):
    """Nobody answers at Temporal's address."""


class Temporal:
    """One client per process. The client mends its own connection; only the first one is ours to make."""

    def __init__(self, connect: Connect) -> None:
        self._connect = connect
        self._client: Client | None = None
        self._connecting = asyncio.Lock()

    async def client(self) -> Client:
        """The connected client. Raises `TemporalDown` within 3 seconds."""
        async with self._connecting:
            if self._client is None:
                try:
                    self._client = await within(CONNECT_SECONDS, self._connect(), "Temporal answers")
                except (RuntimeError, RPCError, OSError, TimeoutError):
                    raise TemporalDown from None
            return self._client

    async def reachable(self) -> bool:
        """Whether the server answers now."""
        try:
            client = await self.client()
            asked = client.service_client.check_health(timeout=timedelta(seconds=CONNECT_SECONDS))
            return await within(CONNECT_SECONDS, asked, "Temporal answers")
        except (TemporalDown, RPCError, RuntimeError, TimeoutError):
            return False
