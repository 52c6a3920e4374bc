"""Many monitorings, each with an open deadline in working days, by the API's own commands."""

import asyncio
import time
from typing import Final

from sqlmodel import col, func, select

from activities.bounds.within import within
from activities.database.sessions import Sessions
from benchmarks.figures import OUT
from benchmarks.people import People
from models.tables.journal import EntryRow
from models.vocabulary.procedure import monitoring_workflow_id

TOGETHER: Final = 16
LETTERS_SECONDS: Final = 180.0


async def open_monitorings(people: People, sessions: Sessions, count: int) -> tuple[str, ...]:
    """Numbers of `count` monitorings that each await an answer from a holder; all letters have left."""
    gate, begun = asyncio.Semaphore(TOGETHER), time.perf_counter()

    async def opened() -> str:
        async with gate:
            number = await people.start()
            await people.begin_collection(number)
            await people.ask_for_information(number)
            return number

    numbers = tuple(await asyncio.gather(*(opened() for _ in range(count))))
    passed = time.perf_counter() - begun
    OUT.print(
        f"{count:,} monitorings opened by {3 * count:,} commands in {passed:.0f} s "
        f"({3 * count / passed:.0f} commands a second, {TOGETHER} at once)"
    )
    await letters_left(sessions, numbers, len(numbers))
    return numbers


async def letters_left(sessions: Sessions, numbers: tuple[str, ...], letters: int) -> None:
    """Wait until so many letters of these monitorings are on record as sent."""
    ids = [monitoring_workflow_id(number) for number in numbers]
    sent = select(func.count()).where(col(EntryRow.type) == "letter_sent", col(EntryRow.workflow_id).in_(ids))

    async def left() -> None:
        async with sessions() as session:
            while (await session.exec(sent)).one() < letters:
                await session.rollback()  # the next look sees what was written since
                await asyncio.sleep(1)

    await within(LETTERS_SECONDS, left(), f"{letters} letters have left")
