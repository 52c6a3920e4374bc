"""The histories of a workflow, oldest run first: from the archive, else from the server."""

import gzip
import json
from dataclasses import dataclass

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from temporalio.api.enums.v1 import WorkflowExecutionStatus
from temporalio.client import Client
from temporalio.converter import PayloadCodec
from temporalio.service import RPCError, RPCStatusCode

from activities.proofs.plain_history import plain
from models.proof.archive import RunStatus
from models.proof.bundle import plain_json
from models.proof.histories import run_before
from models.tables.archive import ArchivedRunRow
from models.tables.journal import EntryRow
from models.vocabulary.version import CodeVersion

STATUS = {
    WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING: RunStatus.RUNNING,
    WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED: RunStatus.COMPLETED,
    WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_FAILED: RunStatus.FAILED,
    WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED: RunStatus.CANCELED,
    WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_TERMINATED: RunStatus.TERMINATED,
    WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CONTINUED_AS_NEW: RunStatus.CONTINUED_AS_NEW,
    WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_TIMED_OUT: RunStatus.TIMED_OUT,
}


@dataclass(frozen=True)
class RunHistory:
    """One run: its history as JSON (encoded as the server keeps it until `plain`)."""

    run_id: str
    status: RunStatus
    history: str
    code: CodeVersion | None = None


class HistoryLost(LookupError):
    """A run that is neither on the server nor in the archive."""


async def fetched(client: Client, workflow_id: str, run_id: str | None = None) -> RunHistory:
    """A run from the server, the newest one unless named. Raises `HistoryLost`, and RPCError."""
    handle = client.get_workflow_handle(workflow_id, run_id=run_id)
    try:
        described = await handle.describe()
        history = await client.get_workflow_handle(workflow_id, run_id=described.run_id).fetch_history()
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            raise HistoryLost(workflow_id) from None
        raise
    status = STATUS[described.raw_description.workflow_execution_info.status]
    # Canonical: the server gives the same history with its keys in any order.
    plain_order = plain_json(json.loads(history.to_json())).decode()
    return RunHistory(described.run_id, status, plain_order)


async def archived(session: AsyncSession, workflow_id: str, run_id: str | None = None) -> RunHistory | None:
    """A verified run of the archive, the newest one unless named; None if there is none."""
    rows = select(ArchivedRunRow).where(
        ArchivedRunRow.workflow_id == workflow_id, col(ArchivedRunRow.archived_at).is_not(None)
    )
    if run_id is not None:
        rows = rows.where(ArchivedRunRow.run_id == run_id)
    row = (await session.exec(rows.order_by(col(ArchivedRunRow.first_event_at).desc()).limit(1))).first()
    if row is None or row.content is None:
        return None
    code = CodeVersion(version=row.code_version, fingerprint=row.code_fingerprint)
    return RunHistory(row.run_id, RunStatus(row.status), gzip.decompress(row.content).decode(), code)


class Histories:
    """All runs of a workflow. `client` is asked only for what the archive does not have."""

    def __init__(self, session: AsyncSession, client: Client | None, codec: PayloadCodec) -> None:
        self._session = session
        self._client = client
        self._codec = codec

    async def of(self, workflow_id: str) -> list[RunHistory]:
        """Readable histories, oldest first. Raises `HistoryLost`, `ServerNeeded`, RPCError."""
        runs = [await self._readable(await self._newest(workflow_id))]
        while before := run_before(runs[0].history):
            runs.insert(0, await self._readable(await self._run(workflow_id, before)))
        return runs

    async def as_far_as_known(self, workflow_id: str) -> list[RunHistory]:
        """The same after a restore: as far back as a store still has them, perhaps none. Raises RPCError."""
        runs: list[RunHistory] = []
        try:
            runs.append(await self._readable(await self._newest(workflow_id)))
            while before := run_before(runs[0].history):
                runs.insert(0, await self._readable(await self._run(workflow_id, before)))
        except HistoryLost:
            pass
        return runs

    async def _newest(self, workflow_id: str) -> RunHistory:
        """An archived run that noted the journal's last entry and was not continued is the last one."""
        kept = await archived(self._session, workflow_id)
        noted = select(EntryRow.run_id).where(EntryRow.workflow_id == workflow_id)
        last = (await self._session.exec(noted.order_by(col(EntryRow.seq).desc()).limit(1))).first()
        if kept is not None and kept.status is RunStatus.COMPLETED and last in {None, kept.run_id}:
            return kept
        try:
            return await fetched(self._server(), workflow_id)
        except HistoryLost:
            if kept is None:
                raise
            return kept

    async def _run(self, workflow_id: str, run_id: str) -> RunHistory:
        return await archived(self._session, workflow_id, run_id) or await fetched(
            self._server(), workflow_id, run_id
        )

    async def _readable(self, run: RunHistory) -> RunHistory:
        """Decrypted, in canonical JSON."""
        history = plain_json(json.loads(await plain(run.history, self._codec))).decode()
        return RunHistory(run.run_id, run.status, history, run.code)

    def _server(self) -> Client:
        if self._client is None:
            raise ServerNeeded
        return self._client


class ServerNeeded(Exception):
    """The archive does not have it yet and the server cannot be asked now."""
