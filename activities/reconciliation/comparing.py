"""One look at one proceeding: does its workflow remember what its journal tells?"""

from datetime import timedelta
from typing import Final

from temporalio.client import (
    Client,
    WorkflowExecutionStatus,
    WorkflowHandle,
    WorkflowQueryFailedError,
    WorkflowQueryRejectedError,
)
from temporalio.service import RPCError, RPCStatusCode

from activities.bounds.within import within
from activities.database.sessions import Sessions
from activities.proofs.archived import is_archived
from activities.record.projections import chronicle_of
from activities.record.remembered import Known
from models.proceeding.disagreement import Disagreement, StoreFault
from models.proceeding.state import Proceeding
from models.proof.journals import kind_of_journal

_QUERY_TIMEOUT: Final = timedelta(seconds=5)
_STATE: Final = "state"
_GOES_ON: Final = frozenset(
    {
        WorkflowExecutionStatus.RUNNING,
        WorkflowExecutionStatus.COMPLETED,
        WorkflowExecutionStatus.CONTINUED_AS_NEW,
    }
)


class NotAsked(Exception):
    """Nobody answered: that proves nothing either way."""


async def compared(client: Client, sessions: Sessions, workflow_id: str) -> Disagreement | None:
    """What the two disagree on now; what a workflow has more may just be on its way to the journal.

    The journal is read first: history comes first, so a workflow that knows less is older, never late.
    Raises `NotAsked`.
    """
    async with sessions() as session:
        known = await chronicle_of(workflow_id).known(session, workflow_id)
        archived = await is_archived(session, workflow_id)
    try:
        seconds = 2 * _QUERY_TIMEOUT.total_seconds()
        remembered = await within(seconds, _remembered(client, workflow_id), f"{workflow_id} answers")
    except (TimeoutError, RPCError, WorkflowQueryFailedError, WorkflowQueryRejectedError) as error:
        raise NotAsked(type(error).__name__) from None
    return _difference(workflow_id, known, remembered, archived)


async def _remembered(client: Client, workflow_id: str) -> Proceeding | None:
    """The workflow's own state; None where there is no run, or one that did not come to an end of its own."""
    handle: WorkflowHandle[object, object] = client.get_workflow_handle(workflow_id)
    try:
        described = await handle.describe()
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            return None
        raise
    if described.status not in _GOES_ON:
        return None
    state = kind_of_journal(workflow_id).state
    found: Proceeding = await handle.query(_STATE, result_type=state, rpc_timeout=_QUERY_TIMEOUT)
    return found


def _difference(
    workflow_id: str, known: Known, remembered: Proceeding | None, archived: bool
) -> Disagreement | None:
    recorded = known.state
    if remembered is None:
        # The server forgets the history of one that has ended: then it has to be in the archive.
        lost = recorded is not None and not (recorded.ended and archived)
        return _told(workflow_id, recorded, StoreFault.WORKFLOW_BEHIND, 1) if lost else None
    if remembered.seq > known.seq:
        return _told(workflow_id, remembered, StoreFault.JOURNAL_BEHIND, known.seq + 1)
    if remembered.seq < known.seq:
        return _told(workflow_id, remembered, StoreFault.WORKFLOW_BEHIND, remembered.seq + 1)
    return None if remembered == recorded else _told(workflow_id, remembered, StoreFault.DIFFER, known.seq)


def _told(workflow_id: str, state: Proceeding | None, fault: StoreFault, seq: int) -> Disagreement:
    assert state is not None
    return Disagreement(workflow_id=workflow_id, mark=state.mark, fault=fault, seq=seq)
