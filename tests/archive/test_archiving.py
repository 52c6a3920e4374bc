"""Every closed run is in the archive before the server forgets it, and is what happened."""

import gzip
import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.service import RPCError, RPCStatusCode

from activities.proofs.retention import ForgetsTooSoon, check_retention
from api.history.raw import RunSource, raw_histories
from api.services.services import Services
from api.services.temporal import Temporal
from local.samples import ScenarioName
from models.proof.archive import ArchiveOrder, archive_workflow_id
from models.settings.environment import Settings
from models.tables.archive import ArchivedRunRow
from models.vocabulary.editions import ORDER_192
from tests.archive.keeping import (
    is_archived,
    is_cancelled,
    row_of,
    sweep_of,
    verified,
    waiting,
)
from tests.replay.endings import Ending
from tests.waiting import eventually
from tests.workflows.running import CALENDAR, Running, starts
from tests.workflows.theatre import Theatre


async def listed(theatre: Theatre, order: ArchiveOrder) -> None:
    """Lists lag behind a moment: wait until the closed run is in them."""

    async def closed() -> bool:
        query = f"WorkflowId = '{order.workflow_id}' AND ExecutionStatus != 'Running'"
        return (await theatre.client.count_workflows(query)).count > 0

    await eventually(closed, "the closed run is listed")


async def test_a_closed_run_is_stored_and_verified_once(theatre: Theatre, tmp_path: Path) -> None:
    c = await starts(theatre, ScenarioName.C)
    sweep = sweep_of(theatre)
    assert await sweep.sweep(datetime.now(UTC)) == 0, "an open run is left alone"
    order = await is_cancelled(c)
    await listed(theatre, order)
    assert await sweep.sweep(datetime.now(UTC)) == 1
    kept = await is_archived(theatre.client, order)
    row = await row_of(theatre, order)
    assert row is not None
    assert row.content is not None
    history = gzip.decompress(row.content)
    assert hashlib.sha256(history).hexdigest() == row.sha256 == kept.sha256
    assert len(history) == row.size
    assert (row.workflow_type, row.status) == ("MonitoringWorkflow", "completed")
    assert (row.edition, row.calendar) == (ORDER_192.id, CALENDAR.edition)
    assert row.code_version
    assert row.archived_at is not None
    assert await sweep.sweep(datetime.now(UTC)) == 0, "what is archived is not archived again"
    assert (await waiting(theatre)).count == 0
    archiving = theatre.client.get_workflow_handle(archive_workflow_id(order))
    if theatre.keeper is not None:
        theatre.keeper.keep(Ending.ARCHIVED, await archiving.fetch_history())
    await verified(theatre, None, c.number, tmp_path / "from-archive.zip")


async def test_bytes_that_rot_in_the_archive_are_fetched_anew(theatre: Theatre) -> None:
    order = await is_cancelled(await starts(theatre, ScenarioName.C))
    await listed(theatre, order)
    await sweep_of(theatre).sweep(datetime.now(UTC))
    kept = await is_archived(theatre.client, order)
    async with theatre.sessions() as session, session.begin():
        row = await row_of(theatre, order)
        assert row is not None
        row.content = gzip.compress(b"{}")
        row.archived_at = None
        await session.merge(row)
    assert (await waiting(theatre)).count == 1
    assert await sweep_of(theatre).sweep(datetime.now(UTC)) == 1
    assert await is_archived(theatre.client, order) == kept
    assert (await waiting(theatre)).count == 0


async def test_a_history_that_does_not_replay_keeps_waiting(theatre: Theatre) -> None:
    """What is not verified is not called archived: it is tried again, and readiness says so."""
    order = await is_cancelled(await starts(theatre, ScenarioName.C))
    await listed(theatre, order)
    stranger = b'{"events":[]}'
    async with theatre.sessions() as session, session.begin():
        now = datetime.now(UTC) - timedelta(hours=3)
        session.add(
            ArchivedRunRow(
                workflow_id=order.workflow_id,
                run_id=order.run_id,
                workflow_type="MonitoringWorkflow",
                status="completed",
                first_event_at=now,
                closed_at=now,
                noticed_at=now,
                sha256=hashlib.sha256(stranger).hexdigest(),
                content=gzip.compress(stranger),
            )
        )
    assert await sweep_of(theatre).sweep(datetime.now(UTC)) == 1

    async def tried_again() -> bool:
        handle = theatre.client.get_workflow_handle(archive_workflow_id(order))
        described = await handle.describe()
        assert described.status is WorkflowExecutionStatus.RUNNING
        pending = described.raw_description.pending_activities
        return any("archive_does_not_replay" in str(each.last_failure) for each in pending)

    await eventually(tried_again, "the archiving is tried again")
    still = await waiting(theatre)
    assert still.count == 1
    assert still.oldest is not None
    assert datetime.now(UTC) - still.oldest > timedelta(hours=2)


async def test_what_the_server_has_forgotten_is_whole_in_the_archive(
    forgetful: Theatre, tmp_path: Path
) -> None:
    c: Running = await starts(forgetful, ScenarioName.C)
    order = await is_cancelled(c)
    before = await verified(forgetful, forgetful.client, c.number, tmp_path / "live.zip")
    await listed(forgetful, order)
    assert await sweep_of(forgetful).sweep(datetime.now(UTC)) == 1
    await is_archived(forgetful.client, order)

    async def forgotten() -> bool:
        try:
            await c.handle.describe()
        except RPCError as error:
            return error.status is RPCStatusCode.NOT_FOUND
        return False

    await eventually(forgotten, "the server has dropped the closed run")
    after = await verified(forgetful, forgetful.client, c.number, tmp_path / "archive.zip")
    assert after.head == before.head
    histories = [
        {file.sha256 for file in made.files if file.name.startswith("histories/")} for made in (before, after)
    ]
    assert histories[0] == histories[1]
    await raw_history_is_from_the_archive(forgetful, order)


async def raw_history_is_from_the_archive(theatre: Theatre, order: ArchiveOrder) -> None:
    """What the auditor sees as Temporal's own history outlives the server's memory."""

    async def client() -> Client:
        return theatre.client

    services = Services(settings=Settings(), sessions=theatre.sessions, temporal=Temporal(client))
    async with theatre.sessions() as session:
        found = await raw_histories(services, session, order.workflow_id)
    assert [(run.run_id, run.source) for run in found.runs] == [(order.run_id, RunSource.ARCHIVE)]
    assert (found.missing, found.temporal_answered) == ((), True)
    events = found.runs[0].history["events"]
    assert isinstance(events, list)
    assert str(events[-1]["eventType"]).endswith("WORKFLOW_EXECUTION_COMPLETED")


@pytest.mark.parametrize("days", [0, 90])
async def test_a_worker_refuses_a_server_that_forgets_too_soon(forgetful: Theatre, days: int) -> None:
    if days == 0:
        await check_retention(forgetful.client, days)
        return
    with pytest.raises(ForgetsTooSoon, match="MIN_RETENTION_DAYS"):
        await check_retention(forgetful.client, days)
