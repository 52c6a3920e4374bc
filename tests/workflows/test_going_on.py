"""A run that lived less than a second goes on: the server lets the next one wait, and nobody else."""

import asyncio
from datetime import timedelta

from activities.proofs.bundle.histories import fetched
from activities.proofs.verification.histories import replay_failure
from models.commands import RegisterPaperReport
from tests.waiting import eventually
from tests.workflows.consolidating import Consolidating, every_months
from tests.workflows.on_record import remembered_by
from tests.workflows.test_consolidation import paper
from tests.workflows.theatre import Theatre
from workflows import ALL_WORKFLOWS, ConsolidationWorkflow


async def test_whoever_comes_while_it_goes_on_is_answered(theatre: Theatre) -> None:
    """A command, a question and a replay meet the new run, with or without its first task."""
    uo = Consolidating(theatre, every_months(1))
    await uo.goes_on_after(uo.today - timedelta(days=66))
    first = (await uo.handle.describe()).run_id

    async def gone_on() -> bool:
        return (await uo.handle.describe()).run_id != first

    await eventually(gone_on, "it went on as a new run")
    newest, remembered, receipt = await asyncio.gather(
        fetched(theatre.client, uo.workflow_id),
        remembered_by(uo.handle, ConsolidationWorkflow.state),
        uo.does(RegisterPaperReport, **paper(uo.today)),
    )
    assert newest.run_id != first
    assert await replay_failure(uo.workflow_id, newest.history, ALL_WORKFLOWS) is None
    assert receipt.seq >= remembered.seq > 0
    await uo.has_one_truth()
    await uo.histories()
