"""Slow, large and unknown bodies, at every address that takes one: nothing is held, others are served."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from api.app import PREFIX
from api.http.bodies import FORM_BYTES
from api.services.limits import BODIES_AT_ONCE
from tests.doors.house import Address, House, addresses, answer_of
from tests.waiting import eventually

MANY = 12  # more than there are connections to the database
PROBLEM = "application/problem+json"
ANSWER = Address("POST", "/r/{token}")
UPLOAD = Address("POST", f"{PREFIX}/monitorings/{{number}}/attachments")
MEGABYTES = 10_000_000


def test_there_are_addresses_of_every_kind() -> None:
    paths = {address.path for address in addresses()}
    assert {"/r/{token}", "/sign-in", UPLOAD.path, f"{PREFIX}/monitorings", "/r/{token}/receipt"} <= paths
    assert any(path.startswith("/staff/") for path in paths)
    assert len(paths) > 70


async def under_way(house: House) -> int:
    return sum(house.app.state.services.limits.bodies.under_way().values())


async def test_slow_bodies_hold_nothing_at_any_address(house: House, patient: None) -> None:
    """Several at once at each address, by people who may send there; meanwhile everybody reads."""
    await house.opens()
    for address in addresses():
        async with AsyncExitStack() as stack:
            for _ in range(MANY):
                await stack.enter_async_context(house.slowly(address))

            async def all_are_read() -> bool:
                return await under_way(house) > 0

            await eventually(all_are_read, f"bodies are being read at {address}")
            await house.holds_nothing(str(address))
            await house.still_answers()


async def test_what_is_slower_than_the_least_pace_is_told_so_at_every_address(
    house: House, hasty: None
) -> None:
    await house.opens()

    async def told(address: Address) -> None:
        async with house.slowly(address) as (reader, _):
            status, headers, body = await answer_of(reader)
            assert headers["connection"] == "close", str(address)
            if status == 408:
                kind = headers["content-type"]
                assert kind.startswith("text/html") if address.is_page else kind == PROBLEM, str(address)
                late.add(address)
            else:
                # Whoever may not do it, or sends what nobody looks at, is told that first.
                assert address.is_page or not address.looks, (str(address), status, body[:200])

    late: set[Address] = set()
    every = addresses()
    for batch in (every[first : first + 6] for first in range(0, len(every), 6)):
        await asyncio.gather(*map(told, batch))
    paths = {address.path for address in late}
    assert {"/r/{token}", "/sign-in", UPLOAD.path} <= paths
    assert any(path.startswith("/staff/") for path in paths)


async def test_twenty_five_at_one_link_are_some_read_and_the_others_told_to_wait(
    house: House, patient: None
) -> None:
    await house.opens()
    async with AsyncExitStack() as stack:
        open_ones = [await stack.enter_async_context(house.slowly(ANSWER)) for _ in range(25)]
        refused = [answer_of(reader) for reader, _ in open_ones]
        tasks = [asyncio.create_task(answer) for answer in refused]

        async def the_rest_is_refused() -> bool:
            return sum(task.done() for task in tasks) == 25 - BODIES_AT_ONCE["link"]

        await eventually(the_rest_is_refused, "those above the limit are told")
        for task in tasks:
            if task.done():
                status, headers, page = task.result()
                assert (status, headers["content-type"][:9]) == (429, "text/html")
                assert int(headers["retry-after"]) > 0
                assert "Слишком часто" in page, "in the language of the letter"
        await house.holds_nothing("25 at one link")
        await house.still_answers()
        for task in tasks:
            task.cancel()


async def test_twenty_addressees_with_slow_lines_are_all_read(house: House, patient: None) -> None:
    """Each by a link of its own: nobody is refused, and each is answered when all of it has come."""
    await house.opens()
    accounts = [house.tokens[label] for label in sorted(house.tokens)][:8]
    form = Address("POST", f"{PREFIX}/monitorings/{{number}}/cancellation")
    body = b'{"reason":"late"}'
    async with AsyncExitStack() as stack:
        slow = []
        for token in accounts * 3:
            headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
            slow.append(
                await stack.enter_async_context(
                    house.slowly(form, announced=len(body), first=body[:1], headers=headers)
                )
            )
        await house.still_answers()
        for _, writer in slow:
            writer.write(body[1:])
        statuses = [(await answer_of(reader))[0] for reader, _ in slow]
        assert set(statuses) <= {403, 404, 503}, "each was read to its end, and judged"


@pytest.mark.parametrize("token", ["", "Bearer mon_nothing", "Basic dXNlcjpwYXNz"])
async def test_nothing_large_is_read_of_whoever_is_not_known(house: House, patient: None, token: str) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=x"} | (
        {"Authorization": token} if token else {}
    )
    async with house.slowly(UPLOAD, announced=MEGABYTES, first=b"", headers=headers) as (reader, _):
        status, headers_back, body = await answer_of(reader)
    assert (status, headers_back["content-type"]) == (401, PROBLEM), body


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/r/forged", 404),
        ("/staff/duties/reports", 404),
        ("/staff/consolidation/paper", 401),
        ("/sign-in", 413),
    ],
)
async def test_nor_at_the_pages(house: House, patient: None, path: str, status: int) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=x", "Sec-Fetch-Site": "same-origin"}
    address = Address("POST", path)
    async with house.slowly(address, announced=MEGABYTES, first=b"", headers=headers) as (reader, _):
        answered, headers_back, _ = await answer_of(reader)
    assert answered == status
    assert headers_back["content-type"].startswith("text/html") or status == 404


async def test_too_large_is_told_before_it_is_read(house: House, patient: None) -> None:
    await house.opens()
    headers = house.headers(UPLOAD) | {"Content-Type": "multipart/form-data; boundary=x"}
    async with house.slowly(UPLOAD, announced=MEGABYTES, first=b"", headers=headers) as (reader, _):
        assert (await answer_of(reader))[0] == 413
    link = house.headers(ANSWER) | {"Content-Type": "multipart/form-data; boundary=x"}
    async with house.slowly(ANSWER, announced=FORM_BYTES + 1, first=b"", headers=link) as (reader, _):
        status, _, page = await answer_of(reader)
    assert (status, "Отправленное больше допустимого" in page) == (413, True)


async def test_whoever_sends_too_much_sees_the_answer(house: House) -> None:
    """The rest is taken away for a moment: a connection that breaks off would show nothing."""
    await house.opens()
    files = {"file": ("a.txt", b"a" * 3_000_000, "text/plain")}
    path = f"{PREFIX}/monitorings/{house.story.number}/attachments"
    who = {"Authorization": f"Bearer {house.tokens['sary-analyst']}"}
    answer = await house.client.post(path, files=files, headers=who)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
