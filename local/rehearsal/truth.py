"""Whether what was played is true: state = projection = fold(journal), and every history replays."""

from datetime import timedelta
from typing import Final

from temporalio.client import Client, WorkflowHandle

from activities.proofs.verification.replaying import replay
from activities.record.projections import chronicle_of
from local.rehearsal.patience import RehearsalFailed
from local.rehearsal.records import Records
from local.rehearsal.stage import Stage
from models.proceeding.state import Proceeding
from models.vocabulary.base import Model
from workflows import ALL_WORKFLOWS

QUERY_TIMEOUT: Final = timedelta(seconds=20)


class Truth(Model):
    """What was compared and replayed; anything that differed has raised."""

    proceedings: int
    entries: int
    histories: int
    letters: int


async def proved(stage: Stage, records: Records) -> Truth:
    """Compare and replay while workers run. Raises `RehearsalFailed` with the first that is not true."""
    states = await records.all()
    for state in states:
        await _has_one_truth(stage.client, records, state)
    histories = sum([await _replays(stage.client, state.workflow_id) for state in states])
    return Truth(
        proceedings=len(states),
        entries=sum(state.seq for state in states),
        histories=histories,
        letters=_no_letter_twice(stage),
    )


async def _has_one_truth(client: Client, records: Records, projected: Proceeding) -> None:
    workflow_id = projected.workflow_id
    handle: WorkflowHandle[object, object] = client.get_workflow_handle(workflow_id)
    asked = await handle.query("state", result_type=type(projected), rpc_timeout=QUERY_TIMEOUT)
    journal = await records.journal(workflow_id)
    if [entry.seq for entry in journal] != list(range(1, len(journal) + 1)):
        raise RehearsalFailed(f"{projected.mark}: a line of the journal is missing")
    if chronicle_of(workflow_id).fold(tuple(journal), None) != projected:
        raise RehearsalFailed(f"{projected.mark}: the journal does not fold to what is shown")
    if asked != projected:
        raise RehearsalFailed(f"{projected.mark}: the workflow remembers something else than is shown")


async def _replays(client: Client, workflow_id: str) -> int:
    """Every run of a workflow; how many there are."""
    runs = 0
    async for run in client.list_workflows(f'WorkflowId = "{workflow_id}"'):
        handle = client.get_workflow_handle(workflow_id, run_id=run.run_id)
        fault = await replay(await handle.fetch_history(), ALL_WORKFLOWS, client.data_converter)
        if fault is not None:
            raise RehearsalFailed(f"a history of {workflow_id} does not replay: {fault}") from fault
        runs += 1
    return runs


def _no_letter_twice(stage: Stage) -> int:
    """How many letters arrived, each once."""
    arrived = [letter.message_id for letter in stage.mailbox.store.letters()]
    twice = {message for message in arrived if arrived.count(message) > 1}
    if twice:
        raise RehearsalFailed(f"{len(twice)} letters arrived twice")
    return len(arrived)
