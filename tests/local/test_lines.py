"""A line that is cut, silent or slow: what both ends see of it."""

import asyncio
import time
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from activities.bounds.within import within
from local.lines import Line, Lines, Pace, Relay
from local.ports import LOOPBACK, Claims, Port, free_port
from tests.waiting import eventually

pytestmark = pytest.mark.xdist_group("lines")
WORD = b"hello\n"


class Echo:
    """Whoever listens at the other end: says again what it hears."""

    def __init__(self) -> None:
        self.heard = b""
        self.lost = 0

    async def talks(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while said := await reader.readline():
                self.heard += said
                writer.write(said)
                await writer.drain()
        except ConnectionError:
            self.lost += 1
        writer.close()


@pytest.fixture
def echo() -> Echo:
    return Echo()


@pytest_asyncio.fixture
async def relay(echo: Echo) -> AsyncIterator[Relay]:
    server = await asyncio.start_server(echo.talks, LOOPBACK, 0)
    relay = Relay(free_port(), server.sockets[0].getsockname()[1])
    await relay.open()
    yield relay
    await relay.close()
    server.close()


class Caller:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    async def asks(self) -> bytes:
        self.writer.write(WORD)
        return await within(5, self.reader.readline(), "an answer")


async def connected(relay: Relay) -> Caller:
    return Caller(*await asyncio.open_connection(LOOPBACK, relay.port))


async def test_on_a_good_day_everything_comes_through_and_ends_when_one_side_ends(
    relay: Relay, echo: Echo
) -> None:
    caller = await connected(relay)
    assert await caller.asks() == WORD
    caller.writer.write_eof()
    assert await within(5, caller.reader.read(), "the end") == b""

    async def over() -> bool:
        return relay.connections == 0

    await eventually(over, "the relay has no connection left")
    assert echo.lost == 0, "an orderly end"


async def test_a_cut_line_resets_both_sides_and_refuses_until_it_is_mended(relay: Relay, echo: Echo) -> None:
    caller = await connected(relay)
    assert await caller.asks() == WORD
    await relay.cut()
    with pytest.raises(ConnectionResetError):
        await within(5, caller.reader.read(), "the reset")

    async def other_side_knows() -> bool:
        return echo.lost == 1

    await eventually(other_side_knows, "the other side is told")
    with pytest.raises(ConnectionRefusedError):
        await connected(relay)
    await relay.mend()
    assert await (await connected(relay)).asks() == WORD


async def test_through_a_silent_line_nothing_comes_and_afterwards_all_of_it(relay: Relay, echo: Echo) -> None:
    before = await connected(relay)
    assert await before.asks() == WORD
    relay.fall_silent()
    during = await connected(relay)
    waiting = [asyncio.create_task(caller.asks()) for caller in (before, during)]

    async def both_are_taken() -> bool:
        return relay.taken == 2

    await eventually(both_are_taken, "connections are taken")
    assert echo.heard == WORD
    await relay.mend()
    assert await asyncio.gather(*waiting) == [WORD, WORD]


async def test_a_slow_line_takes_its_time_in_each_direction(relay: Relay) -> None:
    caller = await connected(relay)
    relay.slow_down(Pace(delay=0.1, bytes_per_second=1_000_000))
    begun = time.monotonic()
    assert await caller.asks() == WORD
    assert time.monotonic() - begun >= 0.2


async def test_where_nobody_listens_a_connection_is_reset(relay: Relay) -> None:
    nobody = Relay(free_port(), free_port())
    await nobody.open()
    caller = await connected(nobody)
    with pytest.raises(ConnectionResetError):
        await within(5, caller.reader.read(), "the reset")
    await nobody.close()


def test_each_program_is_led_through_its_own_lines() -> None:
    claims = Claims()
    ports = {port: 20_000 + number for number, port in enumerate(Port)}
    lines = Lines(ports, claims)
    claims.release()
    plain = {
        "DATABASE_URL": "postgresql+psycopg://somebody:secret@127.0.0.1:20000/monitoring",
        "TEMPORAL_ADDRESS": "127.0.0.1:20001",
        "SMTP_URL": "smtp://127.0.0.1:20003",
        "OTHER": "as it was",
    }
    for led, database, temporal in (
        (lines.for_api(plain), Line.API_POSTGRES, Line.API_TEMPORAL),
        (lines.for_worker(plain), Line.WORKER_POSTGRES, Line.WORKER_TEMPORAL),
    ):
        there = f"postgresql+psycopg://somebody:secret@127.0.0.1:{lines[database].port}/monitoring"
        assert led["DATABASE_URL"] == there
        assert led["TEMPORAL_ADDRESS"] == f"127.0.0.1:{lines[temporal].port}"
        assert led["OTHER"] == "as it was"
    assert lines.for_worker(plain)["SMTP_URL"] == f"smtp://127.0.0.1:{lines[Line.WORKER_MAIL].port}"
    assert len({relay.port for relay in lines}) == len(Line)
