"""How a process looks for cycles of objects that nobody holds any more.

Most of what there is stays until the end: routes, statements, templates, calendars, half a million objects in
an API. A look through all of it stops every request for 0.3 s, so what stays is taken out of it.
"""

import asyncio
import gc
from collections.abc import Iterable
from typing import Final

THRESHOLDS: Final = (5_000, 20, 10)
"""How many objects more than were given back, and looks at the younger ones, lead to a look (`gc`)."""
SETTLED: Final = (0.0, 60.0, 600.0)
"""Seconds between the looks of `keep_settling`: by each more of what stays has been made."""


def settle() -> None:
    """Look once; what is there now is looked through no more. Where workflows are held, before the first:
    they come and go."""
    gc.collect()
    gc.freeze()


async def keep_settling(pauses: Iterable[float] = SETTLED) -> None:
    """Where nothing is held but what stays and what is under way: seldom, and ever less to look through."""
    gc.set_threshold(*THRESHOLDS)
    for pause in pauses:
        await asyncio.sleep(pause)
        settle()
