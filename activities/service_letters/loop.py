"""The loop beside the worker of the mail: it needs database and mail server only."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from activities.observing.codes import LogCode
from activities.observing.logs import Log, place_of

LOOK_EVERY_SECONDS: Final = 1.0


async def keep_sending(
    send_next: Callable[[], Awaitable[bool]], every_seconds: float, log: Log, words: tuple[LogCode, LogCode]
) -> None:
    """Send what is due until cancelled; a database that is away is waited for.

    `words`: what is said where letters wait, and where one failed.
    """
    waits, failed = words
    while True:
        try:
            while await send_next():
                pass
        except (SQLAlchemyError, OSError) as fault:
            log.warning(waits, fault=type(fault).__name__)
        except Exception as fault:  # a fault of ours is told, and takes no other letter down
            # Its message may quote an address: its type and place are enough.
            log.error(failed, fault=type(fault).__name__, place=place_of(fault))
        await asyncio.sleep(every_seconds)
