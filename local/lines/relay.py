"""A TCP relay on loopback, in the caller's event loop, whose bad days are asked for.

What it knows: a good day, a cut line (RST to both sides, then refusals), a silent one (connections are taken,
nothing flows), a slow one. Whoever had a connection before a silence goes on with it afterwards.
"""

import asyncio
import socket
import struct
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from local.ports import LOOPBACK

_CHUNK: Final = 64 * 1024
_LINGER: Final = struct.pack("ii", 1, 0)  # nothing lingers: close() sends RST


@dataclass(frozen=True)
class Pace:
    """How slow a line is."""

    delay: float
    """Seconds for whatever is sent at once, up to 64 KiB, in each direction."""
    bytes_per_second: float


class Relay:
    """From `port` to `to_port`."""

    def __init__(self, port: int, to_port: int) -> None:
        self.port, self._to_port = port, to_port
        self.taken = 0
        """How many connections there have been."""
        self._server: asyncio.Server | None = None
        self._flows = asyncio.Event()
        self._flows.set()
        self._pace: Pace | None = None
        self._open: dict[asyncio.Task[None], list[asyncio.StreamWriter]] = {}

    @property
    def connections(self) -> int:
        """How many there are now."""
        return len(self._open)

    async def open(self) -> None:
        """Take connections."""
        if self._server is None:
            self._server = await asyncio.start_server(self._connected, LOOPBACK, self.port)

    async def cut(self) -> None:
        """Reset every connection and refuse new ones until `mend()`."""
        if self._server is not None:
            self._server.close()
            self._server = None
        under_way = list(self._open)
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)

    def fall_silent(self) -> None:
        """Go on taking connections and let nothing through until `mend()`."""
        self._flows.clear()

    def slow_down(self, pace: Pace) -> None:
        """Let everything through at a pace until `mend()`."""
        self._pace = pace

    async def mend(self) -> None:
        """Back to a good day."""
        self._pace = None
        self._flows.set()
        await self.open()

    async def close(self) -> None:
        """The end."""
        await self.cut()
        self._pace = None
        self._flows.set()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        both = self._open[task] = [writer]
        self.taken += 1
        ends: Callable[[asyncio.StreamWriter], None] = (
            _reset  # both sides are told of whatever ends it, but for an orderly end
        )
        try:
            await self._flows.wait()
            there, to = await asyncio.open_connection(LOOPBACK, self._to_port)
            both.append(to)
            async with asyncio.TaskGroup() as ways:
                ways.create_task(self._carry(reader, to))
                ways.create_task(self._carry(there, writer))
            ends = asyncio.StreamWriter.close
        except* OSError:
            pass  # nobody listens there, or one side has gone
        except* asyncio.CancelledError:
            pass  # cut
        finally:
            del self._open[task]
            for each in both:
                ends(each)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One direction, to its end; what is under way when a silence begins waits for its end."""
        while data := await reader.read(_CHUNK):
            if self._pace is not None:
                await asyncio.sleep(self._pace.delay + len(data) / self._pace.bytes_per_second)
            await self._flows.wait()
            writer.write(data)
            await writer.drain()
        await self._flows.wait()
        if writer.can_write_eof():
            writer.write_eof()


def _reset(writer: asyncio.StreamWriter) -> None:
    """Close at once, by RST."""
    connected = writer.get_extra_info("socket")
    if connected is not None:
        with suppress(OSError):
            connected.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER)
    writer.transport.abort()
