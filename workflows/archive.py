"""Archive before forgetting: the history of one closed run is stored and verified before the server drops it.

A history cannot hold its own end, so another workflow does it, under the id `archive/<workflow>/<run>`.
"""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from models.proof.archive import ArchivedRun, ArchiveOrder
    from workflows.calling import ARCHIVING


@workflow.defn
class ArchiveWorkflow:
    @workflow.run
    async def run(self, order: ArchiveOrder) -> ArchivedRun:
        """Ends when the history is in the archive and was read back, compared and replayed there."""
        return await ARCHIVING(order, ArchivedRun, order.workflow_id)
