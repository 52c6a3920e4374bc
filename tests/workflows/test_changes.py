"""A run that passed a line before the change goes the new way the next time, and its history replays."""

from temporalio import workflow
from temporalio.client import Client
from temporalio.worker import Worker

from activities.bounds.within import within
from activities.proofs.verification.replaying import replay
from tests.waiting import PATIENCE_SECONDS
from tests.workflows.theatre import Theatre
from workflows.changes import goes_new_way

QUEUE = "tests-of-changes"
CHANGE = "tells-of-passages"


class Passing:
    """What both codes share: a journal of passages, each noted with the way that was gone."""

    def __init__(self) -> None:
        self.ways: list[bool] = []
        self.left = False

    async def _leave(self) -> list[bool]:
        await workflow.wait_condition(lambda: self.left)
        return self.ways


@workflow.defn(name="Passing", sandboxed=False)
class BeforeTheChange(Passing):
    @workflow.run
    async def run(self) -> list[bool]:
        return await self._leave()

    @workflow.update
    async def passes(self) -> bool:
        self.ways.append(False)
        return False

    @workflow.signal
    def leaves(self) -> None:
        self.left = True


@workflow.defn(name="Passing", sandboxed=False)
class SinceTheChange(Passing):
    @workflow.run
    async def run(self) -> list[bool]:
        return await self._leave()

    @workflow.update
    async def passes(self) -> bool:
        new = goes_new_way(CHANGE, len(self.ways))
        self.ways.append(new)
        return new

    @workflow.signal
    def leaves(self) -> None:
        self.left = True


def worker(client: Client, code: type) -> Worker:
    # Nothing stays in memory: each task replays the whole run, as after a restart.
    return Worker(client, task_queue=QUEUE, workflows=[code], max_cached_workflows=0)


async def test_a_run_that_passed_before_the_change_goes_the_new_way_from_now_on(theatre: Theatre) -> None:
    client = theatre.client
    handle = await client.start_workflow(SinceTheChange.run, id="passing-before-and-since", task_queue=QUEUE)
    async with worker(client, BeforeTheChange):
        assert await handle.execute_update(SinceTheChange.passes) is False
    async with worker(client, SinceTheChange):
        assert [await handle.execute_update(SinceTheChange.passes) for _ in range(3)] == [True] * 3
        await handle.signal(SinceTheChange.leaves)
        ways = await within(PATIENCE_SECONDS, handle.result(), "the run ends")
    assert ways == [False, True, True, True]
    history = await handle.fetch_history()
    assert await replay(history, [SinceTheChange], client.data_converter) is None


async def test_a_run_begun_since_the_change_is_marked_once(theatre: Theatre) -> None:
    client = theatre.client
    handle = await client.start_workflow(SinceTheChange.run, id="passing-since", task_queue=QUEUE)
    async with worker(client, SinceTheChange):
        assert [await handle.execute_update(SinceTheChange.passes) for _ in range(3)] == [True] * 3
        await handle.signal(SinceTheChange.leaves)
        await within(PATIENCE_SECONDS, handle.result(), "the run ends")
    history = await handle.fetch_history()
    marks = [event for event in history.events if event.HasField("marker_recorded_event_attributes")]
    assert len(marks) == 1
