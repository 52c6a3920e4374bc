"""The one bound of product and tests binds, whatever it is that does not come to an end."""

import asyncio
from time import monotonic
from typing import Final

import pytest

from activities.bounds import within as bounded
from activities.bounds.within import NotInTime, within
from tests.waiting import eventually

SOON: Final = 0.05
LONG: Final = 5.0


@pytest.fixture(autouse=True)
def _leaves_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "LEAVING_SECONDS", SOON)


class Deaf:
    """Work that swallows its cancellation, until it is let go."""

    def __init__(self) -> None:
        self.go = asyncio.Event()

    async def works(self) -> str:
        while not self.go.is_set():
            try:
                await self.go.wait()
            except asyncio.CancelledError:
                continue
        return "done"


async def test_work_that_swallows_its_cancellation_is_bounded() -> None:
    deaf, begun = Deaf(), monotonic()
    with pytest.raises(NotInTime, match=r"not within 0\.05 s: an answer"):
        await within(SOON, deaf.works(), "an answer")
    assert monotonic() - begun < LONG
    deaf.go.set()


async def test_what_came_in_time_is_given_and_what_failed_is_raised() -> None:
    deaf = Deaf()
    deaf.go.set()
    assert await within(LONG, deaf.works(), "an answer") == "done"

    async def fails() -> None:
        raise LookupError("of its own")

    with pytest.raises(LookupError, match="of its own"):
        await within(LONG, fails(), "an answer")


async def test_work_that_turns_its_cancellation_into_an_error_was_not_in_time() -> None:
    """As the SDK's updates do; a cancellation from outside stays one all the same."""

    async def turns() -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            raise RuntimeError("timed out or cancelled") from None

    with pytest.raises(NotInTime):
        await within(SOON, turns(), "an answer")
    asked = asyncio.create_task(within(LONG, turns(), "an answer"))
    await asyncio.sleep(0)
    asked.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asked


async def test_work_puts_its_things_in_order_before_it_is_left() -> None:
    order: list[str] = []

    async def tidies() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            order.append("tidied")

    with pytest.raises(NotInTime):
        await within(SOON, tidies(), "an answer")
    assert order == ["tidied"]


def test_a_loop_closes_though_something_was_left_behind() -> None:
    async def leaves() -> None:
        with pytest.raises(NotInTime):
            await within(SOON, Deaf().works(), "an answer")

    begun = monotonic()
    asyncio.run(leaves())
    assert monotonic() - begun < LONG


async def test_a_condition_that_does_not_answer_fails_with_its_meaning() -> None:
    deaf = Deaf()

    async def holds() -> bool:
        return await deaf.works() == "done"

    with pytest.raises(AssertionError, match="not within 0 s: it answers"):
        await eventually(holds, "it answers", within=SOON)
    deaf.go.set()
