"""Keeping the history of a closed run: stored, read back, compared, replayed. Repeating changes nothing."""

import base64
import gzip
import json
from collections.abc import Sequence
from datetime import UTC, datetime

from pydantic import ValidationError
from sqlalchemy.dialects.postgresql import insert
from temporalio import activity
from temporalio.client import Client
from temporalio.converter import PayloadCodec
from temporalio.exceptions import ApplicationError

from activities.database.sessions import Sessions
from activities.encryption.payload_codec import UnreadablePayload
from activities.proofs.bundle.histories import RunHistory, fetched
from activities.proofs.code_version import code_version
from activities.proofs.plain_history import plain
from activities.proofs.verification.histories import replay_failure
from models.proof.archive import ArchivedRun, ArchiveOrder, RunStatus
from models.proof.bundle import sha256_of
from models.proof.histories import events_of, last_event_id
from models.tables.archive import ArchivedRunRow
from models.vocabulary.base import Model


class _Named(Model):
    id: str = ""
    edition: str = ""


class _Pinned(Model):
    """What a run of the product begins with, as far as the archive asks: its edition and its calendar."""

    edition: _Named | None = None
    calendar: _Named | None = None
    state: "_Pinned | None" = None


class Archive:
    """The activity of `ArchiveWorkflow`."""

    def __init__(
        self, sessions: Sessions, client: Client, workflows: Sequence[type], codec: PayloadCodec
    ) -> None:
        self._sessions = sessions
        self._client = client
        self._workflows = workflows
        self._codec = codec

    @activity.defn
    async def archive_run(self, order: ArchiveOrder) -> ArchivedRun:
        """Store and verify. Raises `archive_open`, `_differs`, `_does_not_replay`: tried again."""
        if await self._stored(order) is None:
            await self._store(order, await fetched(self._client, order.workflow_id, order.run_id))
        kept = await self._stored(order)
        if kept is None:
            raise ApplicationError("what is stored is not what was fetched", type="archive_differs")
        history = gzip.decompress(kept.content or b"").decode()
        failure = await self._replay_failure(order, history)
        if failure is not None:
            raise ApplicationError(failure, type="archive_does_not_replay")
        await self._mark_verified(order)
        return ArchivedRun(sha256=kept.sha256, size=kept.size, events=kept.events)

    async def _replay_failure(self, order: ArchiveOrder, history: str) -> str | None:
        """Why what is stored does not replay: it may also be unreadable, or no history at all."""
        try:
            readable = await plain(history, self._codec)
        except (ValueError, UnreadablePayload):
            return "it cannot be read"
        return await replay_failure(order.workflow_id, readable, self._workflows)

    async def _stored(self, order: ArchiveOrder) -> ArchivedRunRow | None:
        """The row if its bytes are there and are what their hash says; None: to be fetched (again)."""
        async with self._sessions() as session:
            row = await session.get(ArchivedRunRow, (order.workflow_id, order.run_id))
        if row is None or row.content is None:
            return None
        try:
            whole = sha256_of(gzip.decompress(row.content)) == row.sha256
        except (OSError, EOFError):
            whole = False
        return row if whole else None

    async def _store(self, order: ArchiveOrder, run: RunHistory) -> None:
        if run.status is RunStatus.RUNNING:
            raise ApplicationError("the run is still open", type="archive_open")
        columns = _columns(run, await plain(run.history, self._codec))
        keys = {"workflow_id": order.workflow_id, "run_id": order.run_id}
        async with self._sessions() as session, session.begin():
            statement = insert(ArchivedRunRow).values({**keys, **columns, "noticed_at": datetime.now(UTC)})
            await session.exec(statement.on_conflict_do_update(index_elements=list(keys), set_=columns))

    async def _mark_verified(self, order: ArchiveOrder) -> None:
        async with self._sessions() as session, session.begin():
            row = await session.get_one(ArchivedRunRow, (order.workflow_id, order.run_id))
            row.archived_at = row.archived_at or datetime.now(UTC)


def _columns(run: RunHistory, readable: str) -> dict[str, object]:
    content = run.history.encode()
    events = events_of(run.history)
    pinned = _pinned(readable)
    code = code_version()
    return {
        "workflow_type": _workflow_type(events[0]),
        "status": run.status.value,
        "first_event_at": _instant(events[0]),
        "closed_at": _instant(events[-1]),
        "archived_at": None,
        "code_version": code.version,
        "code_fingerprint": code.fingerprint,
        "edition": pinned.edition.id if pinned.edition else "",
        "calendar": pinned.calendar.edition if pinned.calendar else "",
        "events": last_event_id(run.history),
        "sha256": sha256_of(content),
        "size": len(content),
        "content": gzip.compress(content, mtime=0),
    }


def _pinned(history: str) -> _Pinned:
    """From the run's input: `edition` and `calendar`, or the `state` after continue-as-new."""
    started = json.loads(history)["events"][0]["workflowExecutionStartedEventAttributes"]
    try:
        payload = base64.b64decode(started["input"]["payloads"][0]["data"])
        given = _Pinned.model_validate_json(payload)
    except (KeyError, IndexError, ValueError, ValidationError):
        return _Pinned()  # a workflow that pins neither
    return given.state or given


def _workflow_type(first: dict[str, object]) -> str:
    started = first["workflowExecutionStartedEventAttributes"]
    assert isinstance(started, dict)
    return str(started["workflowType"]["name"])


def _instant(event: dict[str, object]) -> datetime:
    return datetime.fromisoformat(str(event["eventTime"]))
