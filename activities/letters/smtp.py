"""A few connections to the mail server, kept open between letters, and turns at them."""

import asyncio
import math
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Final, Self

from pydantic import SecretStr

from activities.letters.pace import Pace, TooFarOff
from activities.letters.smtp_address import smtp_address
from activities.letters.smtp_connection import SmtpConnection

IDLE_SECONDS: Final = 20.0
"""So long an unused connection is kept: less than any server's patience, so it need not be asked first."""
OPENING_SECONDS: Final = 5.0
REST_SECONDS: Final = 60.0
"""A server that takes no further connection beside the others is asked again after this."""


class NotItsTurn(Exception):
    """Others are being handed over all the while: nothing of this letter has left."""


class SmtpClient:
    """As many letters at once as there are `connections`, each on one of its own, at the mail server's pace.

    Few connections are kept busy rather than many now and then: who gave back last is asked first.
    """

    def __init__(
        self,
        url: SecretStr,
        timeout_seconds: float = 30.0,
        connections: int = 1,
        per_second: float = math.inf,
        idle_seconds: float = IDLE_SECONDS,
    ) -> None:
        """Raises ValueError without quoting the address: it may hold a password."""
        address = smtp_address(url)
        self.pace = Pace(per_second)
        self._idle_seconds = idle_seconds
        self._connections = [SmtpConnection(address, timeout_seconds, self.pace) for _ in range(connections)]
        self._free: asyncio.LifoQueue[SmtpConnection] = asyncio.LifoQueue()
        self._opening = asyncio.Lock()
        self._timers: dict[SmtpConnection, asyncio.TimerHandle] = {}
        self._goodbyes: set[asyncio.Task[None]] = set()
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
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        connection = await self._open_one(until)
        try:
            await self.pace.moment(until - loop.time())
            yield connection
        except TooFarOff:
            raise NotItsTurn from None
        finally:
            self._given_back(connection)

    async def close(self) -> None:
        """Say goodbye on every connection, if anybody still listens."""
        for timer in self._timers.values():
            timer.cancel()
        await asyncio.gather(*(connection.close() for connection in self._connections))

    async def _open_one(self, until: float) -> SmtpConnection:
        """A connection whose turn it is. Where there is none open, whichever: its message says what is wrong.

        Beside others it has to open first: a server may take fewer than we have.
        """
        while True:
            connection = await self._its_turn(until)
            if connection.is_open:
                return connection
            try:
                async with self._opening:
                    beside = any(each.is_open for each in self._connections if each is not connection)
                    opened = await connection.opens(OPENING_SECONDS)
            except BaseException:
                self._given_back(connection)
                raise
            if opened or not beside:
                return connection
            self._after(REST_SECONDS, connection, self._free.put_nowait)

    async def _its_turn(self, until: float) -> SmtpConnection:
        coming = asyncio.create_task(self._free.get())
        try:
            await asyncio.wait({coming}, timeout=max(0.0, until - asyncio.get_running_loop().time()))
            if not coming.done():
                raise NotItsTurn
            connection = coming.result()
        except BaseException:
            coming.add_done_callback(self._passed_on)
            coming.cancel()
            raise
        self._no_timer(connection)
        return connection

    def _passed_on(self, coming: asyncio.Task[SmtpConnection]) -> None:
        """A turn that came when nobody waited for it any more is the next one's."""
        if not coming.cancelled():
            self._free.put_nowait(coming.result())

    def _given_back(self, connection: SmtpConnection) -> None:
        self._free.put_nowait(connection)
        self._after(self._idle_seconds, connection, self._say_goodbye)

    def _after(
        self, seconds: float, connection: SmtpConnection, what: Callable[[SmtpConnection], None]
    ) -> None:
        self._no_timer(connection)
        loop = asyncio.get_running_loop()
        self._timers[connection] = loop.call_later(seconds, what, connection)

    def _no_timer(self, connection: SmtpConnection) -> None:
        timer = self._timers.pop(connection, None)
        if timer is not None:
            timer.cancel()

    def _say_goodbye(self, connection: SmtpConnection) -> None:
        task = asyncio.create_task(connection.close())
        self._goodbyes.add(task)
        task.add_done_callback(self._goodbyes.discard)
