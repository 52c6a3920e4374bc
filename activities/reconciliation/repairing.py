"""Bringing two stores together by an operator's order. What was recorded stays; what is missing is added.

Repeating any of it does no harm: an entry is recorded once, and a run begun anew agrees with its journal.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.converter import PayloadCodec
from temporalio.service import RPCError, RPCStatusCode

from activities.database.sessions import Sessions
from activities.reconciliation.evidence import Evidence, evidence_of
from activities.reconciliation.findings import Finding, finding_of
from activities.record.disagreements import agree_again
from activities.record.recorder import Recorder
from models.events import ProceedingReconciled
from models.proceeding.record import RecordOrder
from models.proceeding.state import Proceeding
from models.tables.journal import EntryRow
from models.vocabulary.base import Model
from models.vocabulary.queues import Queue
from models.vocabulary.stores import Store

NOTE: Final = "note_reconciliation"
_REASON: Final = "older than the journal after a restore: a run with the journal's state takes its place"
_NOTED_WITHIN_SECONDS: Final = 30.0
_LOOK_EVERY_SECONDS: Final = 0.2


CarryOn = Callable[[Proceeding, ProceedingReconciled], tuple[str, Model]]
"""The name of the workflow that carries a state on, and what it is given."""


@dataclass(frozen=True)
class Repairs:
    """`carry_on` knows the workflows' inputs; `order` is the order the repair is done by."""

    client: Client
    sessions: Sessions
    codec: PayloadCodec
    carry_on: CarryOn
    order: str

    async def repair(self, finding: Finding) -> None:
        """Bring the two together; a running worker has the journal note it.

        Raises what the recorder raises where they are apart in another way than was found, and RPCError.
        """
        async with self.sessions() as session:
            evidence = await evidence_of(session, self.client, self.codec, finding.workflow_id)
        now = finding_of(evidence)
        if now is None:
            return
        if now.behind is Store.JOURNAL:
            await self._record(now, evidence)
            async with self.sessions() as session:
                evidence = await evidence_of(session, self.client, self.codec, finding.workflow_id)
            if not evidence.running or not await self._tell(now):
                await self._begin_anew(now, evidence)
        else:
            await self._begin_anew(now, evidence)

    async def _record(self, finding: Finding, evidence: Evidence) -> None:
        """What the workflow ordered to be recorded is recorded as it ordered it then."""
        recorder = Recorder(self.sessions)
        for order in evidence.orders:
            entries = tuple(e for e in order.entries if evidence.remembered.get(e.seq) == e)
            if entries and entries[-1].seq >= finding.from_seq:
                await recorder.record(RecordOrder(**{**dict(order), "entries": entries}))

    async def _tell(self, finding: Finding) -> bool:
        """The running workflow notes in its journal what was done; False where it has ended meanwhile."""
        handle = self.client.get_workflow_handle(finding.workflow_id)
        try:
            await handle.signal(NOTE, self._note(finding))
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                return False
            raise
        return True

    async def _begin_anew(self, finding: Finding, evidence: Evidence) -> None:
        """A run with the journal's state takes the place of one that is older, or of none."""
        state = evidence.state
        assert state is not None, "there is nothing to carry on"
        run_id = evidence.run.run_id if evidence.run else ""
        if evidence.running:
            await self.client.get_workflow_handle(finding.workflow_id, run_id=run_id).terminate(
                reason=_REASON
            )
        workflow, given = self.carry_on(state, self._note(finding, run_id))
        await self.client.start_workflow(
            workflow,
            given,
            id=finding.workflow_id,
            task_queue=Queue.PROCEDURE.value,
            # A keeper may have begun one from nothing in between: that one knows less than the journal.
            id_conflict_policy=WorkflowIDConflictPolicy.TERMINATE_EXISTING,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            static_summary=f"{state.mark} · carried on from the journal after a restore",
        )

    def _note(self, finding: Finding, after_run: str = "") -> ProceedingReconciled:
        return ProceedingReconciled(
            behind=finding.behind,
            from_seq=finding.from_seq,
            to_seq=finding.to_seq,
            order=self.order,
            lost=finding.lost or None,
            after_run=after_run,
        )

    async def noted(self, finding: Finding) -> bool:
        """Whether the note came to the journal: a worker must run for that. The proceeding leaves the list.

        Not before: until then a last attempt of the run that was replaced may put it there again.
        """
        seen = await self._seen(finding)
        async with self.sessions() as session, session.begin():
            await agree_again(session, [finding.workflow_id])
        return seen

    async def _seen(self, finding: Finding) -> bool:
        loop = asyncio.get_running_loop()
        until = loop.time() + _NOTED_WITHIN_SECONDS
        while loop.time() < until:
            async with self.sessions() as session:
                if await _is_noted(session, finding):
                    return True
            await asyncio.sleep(_LOOK_EVERY_SECONDS)
        return False


async def _is_noted(session: AsyncSession, finding: Finding) -> bool:
    later = select(EntryRow.seq).where(
        EntryRow.workflow_id == finding.workflow_id,
        col(EntryRow.type) == ProceedingReconciled.model_fields["type"].default,
        col(EntryRow.seq) > finding.to_seq,
    )
    return (await session.exec(later.limit(1))).first() is not None
