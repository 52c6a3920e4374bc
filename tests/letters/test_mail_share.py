"""What is set for all workers together is parted among those that live and send letters."""

import asyncio
from datetime import UTC, datetime, timedelta

from activities.keepers.mail_share import ALIVE, keep_share, mailing
from activities.letters.pace import Pace
from models.tables.heartbeats import HeartbeatRow
from tests.letters.conftest import Bench
from tests.waiting import eventually


async def test_the_bound_is_parted_among_workers_that_send_letters(bench: Bench) -> None:
    now = datetime.now(UTC)
    async with bench.sessions.begin() as session:
        for worker, queues, at in (
            ("a", "procedure,mail,documents", now),
            ("b", "mail", now),
            ("records only", "procedure", now),
            ("killed", "mail", now - ALIVE - timedelta(seconds=1)),
        ):
            session.add(HeartbeatRow(worker=worker, queues=queues, at=at))
    assert await mailing(bench.sessions) == 2
    pace = Pace(6)
    keeping = asyncio.create_task(keep_share(bench.sessions, pace, 6))

    async def parted() -> bool:
        return pace.rate == 3

    await eventually(parted, "each of two workers keeps to its half")
    keeping.cancel()


async def test_whoever_is_alone_has_the_whole_bound(bench: Bench) -> None:
    assert await mailing(bench.sessions) == 0, "its own sign of life may not be written yet"
    pace = Pace(6)
    keeping = asyncio.create_task(keep_share(bench.sessions, pace, 4))

    async def bounded() -> bool:
        return pace.rate == 4

    await eventually(bounded, "the bound is the whole of what is set")
    keeping.cancel()
