"""A few connections to the mail server, and turns at them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Self

from pydantic import SecretStr

from activities.letters.smtp_connection import SmtpConnection, smtp_address


class NotItsTurn(Exception):
    """Others are being handed over all the while: nothing of this letter has left."""


class SmtpClient:
    """As many letters at once as there are `connections`, each on one of its own.

    Few connections are kept busy rather than many now and then: who gave back last is asked first.
    """

    def __init__(self, url: SecretStr, timeout_seconds: float = 30.0, connections: int = 1) -> None:
        """Raises ValueError without quoting the address: it may hold a password."""
        address = smtp_address(url)
        self._connections = [SmtpConnection(address, timeout_seconds) for _ in range(connections)]
        self._free: asyncio.LifoQueue[SmtpConnection] = asyncio.LifoQueue()
        for connection in self._connections:
            self._free.put_nowait(connection)

    @property
    def at_once(self) -> int:
        """How many letters are handed over at the same time."""
        return len(self._connections)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    @asynccontextmanager
    async def turn(self, seconds: float) -> AsyncIterator[SmtpConnection]:
        """One letter's turn: from the look whether it was taken before to the proof that it was taken now.

        Raises `NotItsTurn` after so many seconds: what waits longer may be thought lost, and be sent twice.
        """
        connection = await self._its_turn(seconds)
        try:
            yield connection
        finally:
            self._free.put_nowait(connection)

    async def close(self) -> None:
        """Say goodbye on every connection, if anybody still listens."""
        await asyncio.gather(*(connection.close() for connection in self._connections))

    async def _its_turn(self, seconds: float) -> SmtpConnection:
        coming = asyncio.create_task(self._free.get())
        try:
            await asyncio.wait({coming}, timeout=seconds)
            if not coming.done():
                raise NotItsTurn
            return coming.result()
        except BaseException:
            coming.add_done_callback(self._passed_on)
            coming.cancel()
            raise

    def _passed_on(self, coming: asyncio.Task[SmtpConnection]) -> None:
        """A turn that came when nobody waited for it any more is the next one's."""
        if not coming.cancelled():
            self._free.put_nowait(coming.result())
