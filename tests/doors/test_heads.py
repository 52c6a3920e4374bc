"""A head, or what comes behind a body, that has no end: given up after some kilobytes; others are served."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from api.http.heads import HEAD_BYTES
from local.ports import LOOPBACK
from tests.doors.house import House, answer_of

ENDLESS = {
    "address": "GET /",
    "name of a header": "GET / HTTP/1.1\r\nHost: x\r\n",
    "header": "GET / HTTP/1.1\r\nHost: x\r\nX-Long: ",
    "trailer": "POST /sign-in HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX-Long: ",
}


@asynccontextmanager
async def connection(house: House) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    reader, writer = await asyncio.open_connection(LOOPBACK, house.port)
    try:
        yield reader, writer
    finally:
        writer.close()


@pytest.mark.parametrize("what", ENDLESS)
async def test_what_has_no_end_is_given_up(house: House, patient: None, what: str) -> None:
    await house.opens()
    async with connection(house) as (reader, writer):
        writer.write(ENDLESS[what].encode())
        sent = 0
        while not reader.at_eof() and sent < 100 * HEAD_BYTES:
            try:
                writer.write(b"a" * 8192)
                await writer.drain()
            except ConnectionError:
                break
            sent += 8192
            await asyncio.sleep(0)
        assert sent < 100 * HEAD_BYTES, "it is read no further"
    await house.still_answers()


async def test_a_long_head_that_ends_is_read(house: House) -> None:
    """Links are long, and so are the cookies of other services of the same host."""
    answer = await house.client.get("/public", headers={"Cookie": "other=" + "a" * 16_000})
    assert answer.status_code == 200


async def test_a_body_in_small_chunks_is_no_head_without_an_end(house: House, patient: None) -> None:
    await house.opens()
    head = "POST /sign-in HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\n"
    form = "Transfer-Encoding: chunked\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n"
    async with connection(house) as (reader, writer):
        writer.write((head + form).encode() + b"6\r\ntoken=\r\n")
        for _ in range(HEAD_BYTES // 4):
            writer.write(b"1\r\na\r\n")
        writer.write(b"0\r\n\r\n")
        await writer.drain()
        status, _, page = await answer_of(reader)
    assert (status, "<html" in page) == (400, True), "read whole; the page says what is wrong with it"
