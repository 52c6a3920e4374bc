"""A journal that an older release began: its lines lack fields that today's events have, and are whole."""

from sqlmodel import col, select

from activities.proofs.bundle.journal import recorded
from activities.registries.lookup import written_of
from models.proof.chain import BEGINNING, line_hash
from models.tables.journal import EntryRow
from models.tables.monitorings import MonitoringRow
from models.vocabulary.procedure import monitoring_workflow_id
from tests.api.world import Case, World
from tests.keeping import triggers_sleep


async def begun_by_an_older_release(world: World) -> Case:
    """Written without the fields that are filled in by default, and chained as it was written."""
    case = await world.started()
    await case.approved()
    workflow, head = monitoring_workflow_id(case.number), BEGINNING
    async with world.sessions.begin() as session:
        await triggers_sleep(session)
        rows = select(EntryRow).where(EntryRow.workflow_id == workflow).order_by(col(EntryRow.seq))
        for row, entry in zip(await session.exec(rows), case.entries, strict=True):
            known = type(entry.event).model_fields
            later = {name for name, field in known.items() if not field.is_required() and name != "type"}
            row.event = {name: value for name, value in row.event.items() if name not in later or value}
            row.actor = {name: value for name, value in row.actor.items() if value is not None}
            row.previous_hash, head = head, line_hash(head, workflow, written_of(row))
            row.hash = head
        (await session.get_one(MonitoringRow, case.number)).head_hash = head
    return case


async def test_the_live_check_hashes_what_was_written(world: World) -> None:
    case = await begun_by_an_older_release(world)
    found = (await world.call("uo-auditor", "GET", f"{case.path}/history/check")).json()
    assert [found[name]["verdict"] for name in ("chain", "fold")] == ["agrees", "agrees"]
    assert found["agrees"] is True


async def test_the_timeline_tells_them_as_any_others(world: World) -> None:
    case = await begun_by_an_older_release(world)
    page = (await world.call("uo-auditor", "GET", f"{case.path}/history?limit=200")).json()
    assert (page["broken_at"], len(page["items"])) == (None, len(case.entries))


async def test_the_bundle_takes_them_as_they_were_written(world: World) -> None:
    case = await begun_by_an_older_release(world)
    async with world.sessions() as session:
        found = await recorded(session, monitoring_workflow_id(case.number))
        rows = await session.exec(select(EntryRow).where(EntryRow.workflow_id == found.workflow_id))
        written = {row.seq: row.event for row in rows}
    assert found.entries == tuple(case.entries)
    for line in found.lines:
        assert line.written["event"] == written[line.entry.seq]
        assert line.hash == line_hash(line.previous, found.workflow_id, line.written)
    assert any(line.written != line.entry.model_dump(mode="json") for line in found.lines)
