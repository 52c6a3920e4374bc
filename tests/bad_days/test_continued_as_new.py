"""A run that the server calls long goes on as a new one, and nobody notices."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from temporalio.client import WorkflowHistory

from local.mailbox import Mailbox
from local.samples import ScenarioName
from models.agenda.deadline import DeadlineSubject, deadline_id
from models.commands import BeginCollection, CompleteAnalysis, CompleteCollection, RecordActivity
from models.vocabulary.ladders import RungName
from models.vocabulary.procedure import Activity, Stage
from tests.fixtures.servers import clock_for
from tests.fixtures.stack import SeededDatabase
from tests.replay.capture import KEEPER
from tests.replay.endings import Ending
from tests.waiting import eventually
from tests.workflows.conduct import (
    approves,
    asks_for_information,
    closes_for_good,
    dispatches,
    everyone_answers,
    is_considered,
    is_given_information,
    submits,
)
from tests.workflows.on_record import replays
from tests.workflows.running import Running, starts
from tests.workflows.theatre import Theatre, theatre_for

LONG = 60
"""Events after which this server calls a history long; a real one says so at 4,096."""


@pytest_asyncio.fixture
async def impatient(
    pytestconfig: pytest.Config, seeded_database: SeededDatabase, mailbox: Mailbox
) -> AsyncIterator[Theatre]:
    """A theatre whose server calls histories long very soon."""
    soon = ["--dynamic-config-value", f"limit.historyCount.suggestContinueAsNew={LONG}"]
    async with (
        clock_for(pytestconfig, *soon) as (clock, _),
        theatre_for(clock.client, seeded_database.url, mailbox, clock=clock) as theatre,
    ):
        theatre.keeper = pytestconfig.pluginmanager.get_plugin(KEEPER)
        yield theatre


async def test_state_commands_deadlines_and_letters_are_carried_over(impatient: Theatre) -> None:
    b = await starts(impatient, ScenarioName.B)
    first_run = await _run_id(b)
    begin = b.asks(BeginCollection, began_on=b.day)
    await b.obeys(begin)
    request = b.scenario.information_requests[0]
    await asks_for_information(b, request)
    for activity in (*Activity, *Activity):
        await b.does(RecordActivity, activity=activity, done_on=b.day, note=await b.says("done"))
    await eventually(lambda: _has_gone_on(b, first_run), "the workflow went on as a new run")
    await b.has_one_truth()
    before = (await b.state()).seq
    assert (await b.obeys(begin)).seq == before, "the new run remembers the commands of the old one"
    assert len(await b.happened("collection_begun")) == 1
    await b.reaches(deadline_id(DeadlineSubject.INFORMATION_REQUEST, request.request), RungName.REMINDER)
    await is_given_information(b, request)
    await _ends_as_usual(b)
    assert await b.post() == [
        "information_request to health-sary",
        "information_reminder to health-sary",
        "answer_confirmation to health-sary",
        "approval_request to td-sary",
        "report_for_consideration to clinic-2",
        "report_for_consideration to health-sary",
        "report_for_consolidation to uo",
        "implementation_awaited to clinic-2",
        "follow_up_ended to clinic-2",
    ]
    histories = await _all_runs(b, first_run)
    assert len(histories) > 2, "one run began from a state and was itself continued"
    for history in histories:
        await replays(impatient.client, history)
    if impatient.keeper is not None:
        impatient.keeper.keep(Ending.CONTINUED_AS_NEW, histories[1])


async def _ends_as_usual(b: Running) -> None:
    content = await b.freezes()
    await b.does(CompleteCollection, content=content)
    await b.does(CompleteAnalysis, content=content)
    await approves(b, await submits(b))
    await dispatches(b)
    await everyone_answers(b)
    await is_considered(b)
    await closes_for_good(b)
    assert (await b.ends()).stage is Stage.CLOSED


async def _run_id(b: Running) -> str:
    return (await b.handle.describe()).run_id


async def _has_gone_on(b: Running, first_run: str) -> bool:
    return await _run_id(b) != first_run


async def _all_runs(b: Running, first_run: str) -> list[WorkflowHistory]:
    """The history of each run, in order: each ends by naming the next one."""
    histories: list[WorkflowHistory] = []
    run = first_run
    while run:
        handle = b.theatre.client.get_workflow_handle(b.handle.id, run_id=run)
        histories.append(await handle.fetch_history())
        last = histories[-1].events[-1]
        run = last.workflow_execution_continued_as_new_event_attributes.new_execution_run_id
    return histories
