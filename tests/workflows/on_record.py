"""What the stories of every workflow read and let pass alike: its journal, its runs, the clock."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

from sqlmodel import col, select
from temporalio.client import Client, WorkflowExecutionStatus, WorkflowHandle, WorkflowHistory
from temporalio.testing import WorkflowEnvironment

from activities.bounds.within import within
from activities.database.sessions import Sessions
from activities.proofs.verification.replaying import replay
from models.events import Entry
from models.tables.journal import EntryRow
from tests.waiting import PATIENCE_SECONDS
from tests.workflows.theatre import Theatre
from workflows import ALL_WORKFLOWS

S = TypeVar("S")
_ANSWER_SECONDS: Final = 10.0
_TIMES_ASKED: Final = 8


async def journal_of(sessions: Sessions, workflow_id: str) -> list[Entry]:
    """The lines of a workflow's journal, in order."""
    async with sessions() as session:
        lines = select(EntryRow).where(EntryRow.workflow_id == workflow_id)
        rows = (await session.exec(lines.order_by(col(EntryRow.seq)))).all()
    return [
        Entry.model_validate(
            {"seq": r.seq, "at": r.at, "actor": r.actor, "command": r.command_id, "event": r.event}
        )
        for r in rows
    ]


async def histories_of(client: Client, workflow_id: str) -> list[WorkflowHistory]:
    """Of every run, the first one first; each of them replays."""
    runs = [run async for run in client.list_workflows(f'WorkflowId = "{workflow_id}"')]
    runs.sort(key=lambda run: run.start_time)
    handles = [client.get_workflow_handle(workflow_id, run_id=run.run_id) for run in runs]
    histories = [await handle.fetch_history() for handle in handles]
    for history in histories:
        await replays(client, history)
    return histories


async def replays(client: Client, history: WorkflowHistory) -> None:
    """The code of today comes to what the history says."""
    failure = await replay(history, ALL_WORKFLOWS, client.data_converter)
    if failure is not None:
        raise failure


async def remembered_by(handle: WorkflowHandle[Any, Any], query: Callable[[Any], S]) -> S:
    """What the workflow answers. One that just goes on as a new run may never answer: it is asked again."""
    for _ in range(_TIMES_ASKED):
        try:
            return await within(_ANSWER_SECONDS, handle.query(query), f"{handle.id} answers")
        except TimeoutError:
            continue
    raise AssertionError(f"asked {_TIMES_ASKED} times, {handle.id} did not answer")


async def clock_passes(theatre: Theatre, handle: WorkflowHandle[Any, Any], until: datetime) -> None:
    """Let virtual time pass until a moment (UTC), or until the workflow has ended and waits for nothing."""
    clock = theatre.clock
    assert clock is not None, "only virtual time can be made to pass"
    await within(PATIENCE_SECONDS, _brought(clock, handle, until), f"the clock of {handle.id} is at {until}")


async def _brought(clock: WorkflowEnvironment, handle: WorkflowHandle[Any, Any], until: datetime) -> None:
    while (rest := until - await clock.get_current_time(handle)) > timedelta(seconds=1):
        await clock.fast_forward(handle, rest)
        if (await handle.describe()).status is not WorkflowExecutionStatus.RUNNING:
            return
