"""A worker is killed (-9) at the worst moments: nothing is lost, nothing happens twice."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlmodel import select
from temporalio.client import WorkflowUpdateRPCTimeoutOrCancelledError

from local.programs import Worker
from local.samples import ScenarioName
from models.commands import BeginCollection, DispatchReport
from models.commands.command import Command
from models.commands.receipt import Receipt
from models.tables.monitorings import MonitoringRow
from models.vocabulary.procedure import Stage
from tests.bad_days.outcomes import dead_attempts_are_given_up, is_unknown, under_way
from tests.waiting import eventually
from tests.workflows.conduct import addressee, everyone_answers, has_an_approved_report
from tests.workflows.running import Running, starts
from tests.workflows.theatre import Theatre
from workflows.calling import ActivityName


async def test_a_command_that_no_worker_heard_happens_once_when_one_comes(
    empty_theatre: Theatre, worker: Worker
) -> None:
    b = await starts(empty_theatre, ScenarioName.B)
    await worker.kill()
    begin = b.asks(BeginCollection, began_on=b.day)
    assert await is_unknown(b, begin)
    assert await is_unknown(b, begin)
    await worker.start()
    receipt = await b.obeys(begin)
    assert await b.obeys(begin) == receipt
    assert [entry.command for entry in await b.happened("collection_begun")] == [begin.id]
    await b.has_one_truth()


async def test_a_command_under_way_is_answered_by_the_next_worker(
    empty_theatre: Theatre, worker: Worker
) -> None:
    """Killed between the history and the record (docs/decisions/0002-history-first-record-second.md)."""
    b = await starts(empty_theatre, ScenarioName.B)
    begin = b.asks(BeginCollection, began_on=b.day)
    async with _the_journal_is_locked(b):
        asked = asyncio.create_task(b.obeys(begin, within=60))
        await eventually(lambda: under_way(b, ActivityName.RECORD), "the entry is being recorded")
        await worker.kill()
        assert await b.happened("collection_begun") == []
    await worker.start()
    await dead_attempts_are_given_up(b)
    receipt = await b.obeys(begin)
    assert await asked == receipt
    assert len(await b.happened("collection_begun")) == 1
    await b.has_one_truth()


async def test_letters_that_were_leaving_leave_once(empty_theatre: Theatre, worker: Worker) -> None:
    c = await starts(empty_theatre, ScenarioName.C)
    await has_an_approved_report(c)
    await c.letters_settled()
    empty_theatre.mailbox.faults.stall()
    chosen = [await addressee(c, sample) for sample in c.scenario.dispatch.addressees]
    await c.does(DispatchReport, addressees=tuple(chosen))
    await eventually(lambda: under_way(c, ActivityName.SEND_LETTER), "letters are leaving")
    await worker.kill()
    empty_theatre.mailbox.faults.clear()
    await worker.start()
    await dead_attempts_are_given_up(c)
    assert (await c.post())[1:] == [
        "report_for_consideration to akimat-zhan",
        "report_for_consolidation to uo",
    ]
    assert (await c.state()).stage is Stage.DISPATCHED
    await c.has_one_truth()


async def test_a_whole_procedure_survives_killing_after_killing(
    empty_theatre: Theatre, worker: Worker
) -> None:
    c = await starts(empty_theatre, ScenarioName.C)
    stubborn = _Stubborn(c.theatre, c.number, c.scenario, c.day)
    stubborn.handle, stubborn.commands = c.handle, c.commands
    killing = asyncio.create_task(_kills_after(c, worker, entries=(3, 8, 13)))
    await has_an_approved_report(stubborn)
    chosen = [await addressee(c, sample) for sample in c.scenario.dispatch.addressees]
    await stubborn.does(DispatchReport, addressees=tuple(chosen))
    await everyone_answers(stubborn)
    await asyncio.wait({killing}, timeout=60)
    killing.result()
    await c.letters_settled()
    # A letter may come twice if the worker dies between the server's "250" and the note of it (SMTP can do
    # no better); people's mail programs know it by its Message-ID.
    await c.has_one_truth(letters_may_come_twice=True)
    assert (await c.state()).stage is Stage.DISPATCHED


class _Stubborn(Running):
    """Sends a command again under its id until it is answered, as the API tells its callers to do."""

    async def obeys(self, command: Command, within: float = 3.0) -> Receipt:
        for _ in range(20):
            try:
                return await super().obeys(command, within)
            except (WorkflowUpdateRPCTimeoutOrCancelledError, TimeoutError):
                continue
        raise AssertionError(f"{command.id} was not answered")


@asynccontextmanager
async def _the_journal_is_locked(m: Running) -> AsyncIterator[None]:
    """Recording waits, as it does for a slow disk."""
    row = select(MonitoringRow.number).where(MonitoringRow.number == m.number).with_for_update()
    async with m.theatre.sessions() as session, session.begin():
        assert (await session.exec(row)).one()
        yield


async def _kills_after(m: Running, worker: Worker, entries: tuple[int, ...]) -> None:
    """Kill the worker each time the journal has grown to a length, and start it anew."""
    for length in entries:

        async def grown(length: int = length) -> bool:
            return await m.shows(f"$.seq ? (@ >= {length})")

        await eventually(grown, f"{length} entries")
        await worker.kill()
        await worker.start()
        await dead_attempts_are_given_up(m)
