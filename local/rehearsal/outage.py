"""Forty days in which nobody works.

A workflow's virtual clock stands while a task waits for a worker. So the outage falls between two runs: the
one before is ended where continue-as-new would end it, and the first task of the next, which begins with the
state carried over, waits until the days are over and workers are back.
"""

from datetime import timedelta
from typing import Final

from local.rehearsal.clocks import A_MOMENT, Clocks
from local.rehearsal.records import Records
from local.rehearsal.stage import Stage
from models.consolidation.notices import ConsolidationInput
from models.consolidation.state import ConsolidationState
from models.duty.notices import DutyInput
from models.duty.state import DutyState
from models.monitoring.state import MonitoringState
from models.proceeding.state import Proceeding
from models.vocabulary.base import Model
from models.vocabulary.queues import Queue
from workflows import ConsolidationWorkflow, DutyWorkflow, MonitoringWorkflow
from workflows.monitoring_input import MonitoringInput

OUTAGE: Final = timedelta(days=40)


async def halts_everything(stage: Stage, records: Records) -> list[Proceeding]:
    """End every run, between two tasks; call it while nothing is under way. Returns what was open."""
    open_ = [state for state in await records.all() if not state.ended]
    for state in open_:
        await stage.client.get_workflow_handle(state.workflow_id).terminate(
            "the outage falls between two runs"
        )
    return open_


async def goes_on_later(stage: Stage, clocks: Clocks, halted: list[Proceeding]) -> None:
    """While no worker runs: let the days pass, each workflow's first task waiting at their end."""
    clocks.ahead += OUTAGE
    for state in halted:
        workflow, given = _carried(state)
        await stage.client.start_workflow(
            workflow,
            given,
            id=state.workflow_id,
            task_queue=Queue.PROCEDURE.value,
            start_delay=clocks.ahead,
        )
    for state in halted:
        # Not to the end: where a task waits for a worker the clock stands.
        await clocks.bring(state.workflow_id, short_of=A_MOMENT)


def _carried(state: Proceeding) -> tuple[str, Model]:
    """The workflow's name and the input of its next run."""
    match state:
        case DutyState():
            return DutyWorkflow.__name__, DutyInput(mark=state.mark, kind=state.kind, state=state)
        case ConsolidationState():
            return ConsolidationWorkflow.__name__, ConsolidationInput(mark=state.mark, state=state)
        case MonitoringState():
            return MonitoringWorkflow.__name__, MonitoringInput(number=state.number, state=state)
    raise TypeError(type(state).__name__)
