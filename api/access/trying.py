"""A try at a door: whoever was often wrong waits a little before the next one is looked at."""

from asyncio import sleep

from fastapi import Request

from api.http.bodies import address_of
from api.services.limits import TooMany
from api.services.services import services


async def wait_to_try(request: Request, subject: str) -> None:
    """Wait as long as earlier tries make it; no connection is held yet, and the wait is bounded."""
    pause = services(request).limits.wrong.pause(address_of(request), subject)
    if pause:
        await sleep(pause)


def was_wrong(request: Request, subject: str, *, told: bool = True) -> None:
    """Remember it. Raises TooMany after many wrong ones, where that may be `told`."""
    try:
        services(request).limits.wrong.wrong(address_of(request), subject)
    except TooMany:
        if told:
            raise


def was_right(request: Request, subject: str) -> None:
    """Remember it: it does not wait again."""
    services(request).limits.wrong.right(subject)
