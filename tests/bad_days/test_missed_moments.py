"""A server loses a timer (temporalio/temporal#11869): it is pending and never fires. Who notices, what then?

The timer is lost as it is in life: its task is not in the server's own store any more.
"""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import pytest
import pytest_asyncio

from activities.keepers.catching_up import Seen, see_to, those_missed
from activities.keepers.moments import MomentWatch, late_at, missed_moments
from activities.letters.smtp import SmtpClient
from local.mailbox import Mailbox
from local.samples import ScenarioName
from models.events import RungReached
from models.proceeding.missed import MissedFault
from models.tables.monitorings import MonitoringRow
from tests.fixtures.servers import Forgets, clock_for
from tests.fixtures.stack import SeededDatabase
from tests.waiting import eventually
from tests.workflows import group
from tests.workflows.running import Running, starts
from tests.workflows.theatre import SMTP_PATIENCE_SECONDS, STRICT, Theatre, settings_for, theatre_for
from worker import workers_for

AFTER: Final = timedelta(minutes=10)
SHORTLY: Final = timedelta(seconds=8)


@dataclass
class Forgetful:
    """A theatre whose server's store can be reached; its workers can be stopped."""

    theatre: Theatre
    store: Forgets
    workers: AsyncExitStack

    def loses_its_timers(self) -> None:
        assert self.store.timers(), "there was nothing to lose"


@pytest_asyncio.fixture
async def forgetful(
    pytestconfig: pytest.Config, seeded_database: SeededDatabase, mailbox: Mailbox, tmp_path: Path
) -> AsyncIterator[Forgetful]:
    async with (
        clock_for(pytestconfig, file=tmp_path / "temporal.db") as (clock, store),
        AsyncExitStack() as workers,
    ):
        assert store is not None
        played = theatre_for(clock.client, seeded_database.url, mailbox, clock=clock, with_workers=False)
        async with played as theatre:
            given = settings_for(seeded_database.url, mailbox)
            smtp = SmtpClient(given.smtp_url, SMTP_PATIENCE_SECONDS, given.mail_connections)
            await workers.enter_async_context(smtp)
            for worker in workers_for(theatre.client, theatre.sessions, given, smtp, STRICT):
                await workers.enter_async_context(worker)
            yield Forgetful(theatre, store, workers)
            await workers.aclose()


async def test_a_timer_that_is_lost_is_found_and_caught_up(forgetful: Forgetful) -> None:
    theatre = forgetful.theatre
    watch = MomentWatch(theatre.client, theatre.sessions, AFTER, 60)
    a = await starts(theatre, ScenarioName.A)
    await group.is_created(a)
    await a.letters_settled()
    due = await next_due(a)
    await watch.look(due - AFTER)
    await comes_near(a, due)
    forgetful.loses_its_timers()
    await eventually(lambda: is_over(a, due), "the moment is over")
    before = len(await a.happened("rung_reached"))

    # One look is none: what is late may be on its way.
    await watch.look(due + AFTER)
    assert await listed(theatre) == []
    await watch.look(due + AFTER + timedelta(minutes=1))
    assert await listed(theatre) == [(f"monitoring/{a.number}", MissedFault.SILENT, due)]
    assert len(await a.happened("rung_reached")) == before, "nothing comes by itself"

    async with theatre.sessions() as session:
        (late,) = await those_missed(session, ())
    shown = await see_to(theatre.sessions, theatre.client, late, refresh=False)
    assert (shown.seen, shown.fault) == (Seen.MISSED, MissedFault.SILENT)
    done = await see_to(theatre.sessions, theatre.client, late, refresh=True)
    assert done.seen is Seen.CAUGHT_UP
    *_, reached = await a.happened("rung_reached")
    assert isinstance(reached.event, RungReached)
    assert reached.event.was_due_at == due
    await watch.look(due + AFTER + timedelta(minutes=2))
    assert await listed(theatre) == []
    await a.letters_settled()

    # Its next timer is a timer as any: it comes, and while no worker works that is another matter.
    after = await next_due(a)
    await forgetful.workers.aclose()
    await comes_near(a, after + timedelta(minutes=1))
    await watch.look(after + AFTER)
    await watch.look(after + AFTER + timedelta(minutes=1))
    assert await listed(theatre) == []
    async with theatre.sessions() as session:
        assert [each.due_at for each in await late_at(session, after + AFTER)] == [after], "late, not lost"

    # What is ended from outside is told as that.
    await a.handle.terminate("a test ends it")
    await watch.look(after + AFTER + timedelta(minutes=2))
    await watch.look(after + AFTER + timedelta(minutes=3))
    assert await listed(theatre) == [(f"monitoring/{a.number}", MissedFault.GONE, after)]
    async with theatre.sessions() as session:
        (late,) = await those_missed(session, ())
    assert (await see_to(theatre.sessions, theatre.client, late, refresh=True)).seen is Seen.BEYOND


async def next_due(running: Running) -> datetime:
    async with running.theatre.sessions() as session:
        row = await session.get(MonitoringRow, running.number)
    assert row is not None
    assert row.next_due is not None
    return row.next_due


async def comes_near(running: Running, moment: datetime) -> None:
    """Let virtual time pass until shortly before a moment; from there it passes as on the wall."""
    clock = running.theatre.clock
    assert clock is not None
    while (rest := moment - SHORTLY - await clock.get_current_time(running.handle)) > timedelta(seconds=1):
        await clock.fast_forward(running.handle, rest)


async def is_over(running: Running, moment: datetime) -> bool:
    clock = running.theatre.clock
    assert clock is not None
    return await clock.get_current_time(running.handle) > moment + timedelta(seconds=3)


async def listed(theatre: Theatre) -> list[tuple[str, str, datetime]]:
    async with theatre.sessions() as session:
        return [(row.workflow_id, row.fault, row.due_at) for row in await missed_moments(session)]
