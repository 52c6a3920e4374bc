"""What archive tests do and look at."""

import base64
import os
from datetime import UTC, datetime
from pathlib import Path

from pydantic import SecretStr
from temporalio.client import Client

from activities.bounds.within import within
from activities.encryption.payload_codec import EncryptingCodec
from activities.proofs.bundle.assemble import Bundler
from activities.proofs.signing import Signer
from activities.proofs.sweep import Sweep, waiting_runs
from activities.proofs.verification.verify import verify
from models.commands import CancelMonitoring
from models.proof.archive import ArchivedRun, ArchiveOrder, WaitingRuns, archive_workflow_id
from models.proof.bundle import Manifest
from models.tables.archive import ArchivedRunRow
from models.vocabulary.procedure import monitoring_workflow_id
from tests.waiting import PATIENCE_SECONDS
from tests.workflows.running import Running
from tests.workflows.theatre import Theatre
from workflows import ALL_WORKFLOWS

SIGNER = Signer(SecretStr(base64.b64encode(os.urandom(32)).decode()))


async def is_cancelled(m: Running) -> ArchiveOrder:
    """The shortest whole life of a monitoring; returns its closed run."""
    await m.does(CancelMonitoring, reason=await m.says("not needed any more"))
    await m.ends()
    run = (await m.handle.describe()).run_id
    return ArchiveOrder(workflow_id=m.handle.id, run_id=run)


def sweep_of(theatre: Theatre, seconds: float = 60.0) -> Sweep:
    names = [workflow.__name__ for workflow in ALL_WORKFLOWS]
    return Sweep(theatre.sessions, theatre.client, names, seconds)


async def is_archived(client: Client, order: ArchiveOrder) -> ArchivedRun:
    """Wait for the archiving of a run."""
    handle = client.get_workflow_handle(archive_workflow_id(order), result_type=ArchivedRun)
    kept: ArchivedRun = await within(PATIENCE_SECONDS, handle.result(), f"{order.run_id} is archived")
    return kept


async def row_of(theatre: Theatre, order: ArchiveOrder) -> ArchivedRunRow | None:
    async with theatre.sessions() as session:
        return await session.get(ArchivedRunRow, (order.workflow_id, order.run_id))


async def waiting(theatre: Theatre) -> WaitingRuns:
    async with theatre.sessions() as session:
        return await waiting_runs(session)


async def verified(theatre: Theatre, client: Client | None, number: str, path: Path) -> Manifest:
    """The bundle of a monitoring made now, by whoever has this client, verified."""
    return await verified_of(theatre, client, monitoring_workflow_id(number), path)


async def verified_of(theatre: Theatre, client: Client | None, workflow_id: str, path: Path) -> Manifest:
    """The same for whatever keeps a journal."""
    with path.open("wb+") as file:
        await Bundler(theatre.sessions, client, SIGNER, EncryptingCodec((), encrypts=False)).write(
            workflow_id, file, datetime.now(UTC)
        )
    return await verify(path, ALL_WORKFLOWS, key=SIGNER.public_key)
