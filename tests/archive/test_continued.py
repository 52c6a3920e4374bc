"""A monitoring whose run went on as a new one: every run is archived, and the bundle joins them."""

from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

from sqlmodel import select

from local.samples import ScenarioName
from models.commands import BeginCollection, RecordActivity
from models.proof.archive import ArchiveOrder
from models.proof.bundle import Sheet
from models.tables.archive import ArchivedRunRow
from models.vocabulary.procedure import Activity
from tests.archive.keeping import is_archived, is_cancelled, sweep_of, verified, waiting
from tests.bad_days.test_continued_as_new import impatient
from tests.waiting import eventually
from tests.workflows.running import Running, starts
from tests.workflows.theatre import Theatre

__all__ = ["impatient"]


async def goes_on(b: Running) -> None:
    """Work until the server calls the run long, twice."""
    runs = {(await b.handle.describe()).run_id}
    for _ in range(2):
        for activity in (*Activity, *Activity):
            await b.does(RecordActivity, activity=activity, done_on=b.day, note=await b.says("done"))

        async def another_run() -> bool:
            return (await b.handle.describe()).run_id not in runs

        await eventually(another_run, "the workflow went on as a new run")
        runs.add((await b.handle.describe()).run_id)


async def test_every_run_is_archived_and_the_bundle_joins_them(impatient: Theatre, tmp_path: Path) -> None:
    b = await starts(impatient, ScenarioName.B)
    await b.does(BeginCollection, began_on=b.day)
    await goes_on(b)
    await verified(impatient, impatient.client, b.number, tmp_path / "open.zip")
    order = await is_cancelled(b)

    async def all_closed() -> bool:
        query = f"WorkflowId = '{order.workflow_id}' AND ExecutionStatus != 'Running'"
        return (await impatient.client.count_workflows(query)).count >= 3

    await eventually(all_closed, "all closed runs are listed")
    assert await sweep_of(impatient).sweep(datetime.now(UTC)) >= 3

    async def all_archived() -> bool:
        return (await waiting(impatient)).count == 0

    await eventually(all_archived, "all runs are archived")
    async with impatient.sessions() as session:
        rows = list(await session.exec(select(ArchivedRunRow)))
    assert {row.status for row in rows} == {"continued_as_new", "completed"}
    assert {row.edition for row in rows} == {(await b.state()).edition.id}
    for row in rows:
        await is_archived(impatient.client, ArchiveOrder(workflow_id=row.workflow_id, run_id=row.run_id))
    await verified(impatient, None, b.number, tmp_path / "archive.zip")
    with ZipFile(tmp_path / "archive.zip") as files:
        sheet = Sheet.model_validate_json(files.read("monitoring.json"))
    assert {run.run_id for run in sheet.runs} == {row.run_id for row in rows}
    assert all(run.code is not None for run in sheet.runs)
