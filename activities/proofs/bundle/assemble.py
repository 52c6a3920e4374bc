"""Everything about one proceeding, written into one signed file."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Final

from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel.ext.asyncio.session import AsyncSession
from temporalio.client import Client
from temporalio.converter import PayloadCodec

from activities.database.sessions import Sessions
from activities.proofs.bundle.container import BundleWriter
from activities.proofs.bundle.contents import contents
from activities.proofs.bundle.histories import Histories, RunHistory
from activities.proofs.bundle.journal import RecordedProceeding, recorded
from activities.proofs.bundle.readme import readmes
from activities.proofs.bundle.registry_extract import registry_extract
from activities.proofs.code_version import code_version
from activities.proofs.signing import Signer
from models.monitoring.state import MonitoringState
from models.proof.bundle import (
    ATTACHMENT_LIST,
    CALENDAR,
    EDITION,
    HISTORIES,
    JOURNAL,
    MANIFEST,
    REGISTRY,
    REVISIONS,
    SIGNATURE,
    STATE,
    AttachmentLine,
    Manifest,
    RevisionLine,
    RunLine,
    Sheet,
    line_bytes,
    model_bytes,
    sheet_name,
)
from models.proof.histories import last_event_id, told_by
from models.vocabulary.procedure import Id

_LOOKS: Final = 5
_PAUSE_SECONDS: Final = 0.3


@dataclass(frozen=True)
class Gathered:
    """The record and the histories of one moment; `ahead` entries of the histories are not recorded yet."""

    record: RecordedProceeding
    runs: list[RunHistory]
    ahead: int


class Bundler:
    """Makes bundles. `client` is None while Temporal cannot be reached: the archive may be enough."""

    def __init__(
        self, sessions: Sessions, client: Client | None, signer: Signer, codec: PayloadCodec
    ) -> None:
        self._sessions = sessions
        self._client = client
        self._signer = signer
        self._codec = codec

    async def write(self, workflow_id: str, target: IO[bytes], now: datetime) -> None:
        """Write the bundle of what is on record. Raises `HistoryLost`, `ServerNeeded`, RPCError."""
        async with self._sessions() as session:
            gathered = await self._gathered(session, workflow_id)
            files = await _named_files(session, gathered)
        await asyncio.to_thread(self._written, target, files, gathered.record, now)

    def _written(
        self, target: IO[bytes], files: dict[str, bytes], record: RecordedProceeding, now: datetime
    ) -> None:
        """On a thread: hashing and writing tens of megabytes must not stop everybody else."""
        writer = BundleWriter(target)
        for name, content in sorted(files.items()):
            writer.add(name, content)
        manifest = self._manifest(record, writer, now)
        writer.add(MANIFEST, manifest)
        writer.add(SIGNATURE, self._signer.sign(manifest))
        writer.close()

    async def _gathered(self, session: AsyncSession, workflow_id: str) -> Gathered:
        """Record and histories that agree; what is in full swing is looked at again a few times.

        Histories are read after the record: what happened meanwhile shows as entries that are ahead of it.
        """
        for _ in range(_LOOKS):
            connection: AsyncConnection = await session.connection(
                execution_options={"isolation_level": "REPEATABLE READ"}
            )
            assert connection.in_transaction()
            record = await recorded(session, workflow_id)
            runs = await Histories(session, self._client, self._codec).of(workflow_id)
            told = told_by((run.run_id, run.history) for run in runs)
            ahead = max((entry.seq for _, entry in told), default=0) - record.head.seq
            if ahead <= 0:
                break
            await session.rollback()
            await asyncio.sleep(_PAUSE_SECONDS)
        return Gathered(record, runs, ahead)

    def _manifest(self, record: RecordedProceeding, writer: BundleWriter, now: datetime) -> bytes:
        manifest = Manifest(
            number=record.state.mark,
            workflow_id=record.workflow_id,
            code=code_version(),
            head=record.head,
            generated_at=now,
            key=self._signer.public_key,
            files=tuple(writer.files),
        )
        return model_bytes(manifest)


async def _named_files(session: AsyncSession, gathered: Gathered) -> dict[str, bytes]:
    record, state = gathered.record, gathered.record.state
    files = {name: content async for name, content in contents(session, state.mark, record.entries)}
    lines = _run_lines(gathered.runs)
    files |= {line.file: run.history.encode() for line, run in zip(lines, gathered.runs, strict=True)}
    authors = _authors(files)
    sheet = Sheet(
        number=state.mark,
        workflow_id=record.workflow_id,
        stage=state.stage if isinstance(state, MonitoringState) else None,
        edition=state.edition.id,
        calendar=state.calendar.edition,
        head=record.head,
        ahead=gathered.ahead,
        runs=lines,
    )
    return files | {
        sheet_name(record.workflow_id): model_bytes(sheet),
        JOURNAL: line_bytes(record.lines),
        STATE: model_bytes(state),
        EDITION: model_bytes(state.edition),
        CALENDAR: model_bytes(state.calendar),
        REGISTRY: model_bytes(await registry_extract(session, record.entries, authors)),
        **readmes(sheet, code_version().version),
    }


def _run_lines(runs: list[RunHistory]) -> tuple[RunLine, ...]:
    return tuple(
        RunLine(
            file=f"{HISTORIES}{position:04d}-{run.run_id}.json",
            run_id=run.run_id,
            events=last_event_id(run.history),
            status=run.status,
            code=run.code,
        )
        for position, run in enumerate(runs, start=1)
    )


def _authors(files: dict[str, bytes]) -> frozenset[Id]:
    """Whoever wrote content or attached a file."""
    revisions = (RevisionLine.model_validate_json(line) for line in files[REVISIONS].splitlines())
    attached = (AttachmentLine.model_validate_json(line) for line in files[ATTACHMENT_LIST].splitlines())
    authors = {line.account for line in revisions} | {line.account for line in attached}
    return frozenset(account for account in authors if account)
