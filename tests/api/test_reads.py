"""Overseers are seen: what an auditor read is on record, for ever, and whoever may read that can."""

import pytest
from sqlalchemy import text as sql
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from models.tables.reads import ReadRow
from tests.api.world import World


async def reads(world: World) -> list[ReadRow]:
    async with world.sessions() as session:
        return list(await session.exec(select(ReadRow).order_by(col(ReadRow.id))))


async def test_every_read_of_an_auditor_is_written_down(world: World) -> None:
    case = await world.started()
    paths = {
        "/history?rule=12&until=2100-01-01": "read_timeline",
        "/history.csv?since=2026-01-01": "export_timeline_as_table",
        "/history.json": "export_timeline",
        "/history/check": "check_history",
        "/journal": "read_journal",
        "": "read_monitoring",
    }
    for path in paths:
        assert (await world.call("uo-auditor", "GET", f"{case.path}{path}")).status_code == 200, path
    found = await reads(world)
    assert [row.what for row in found] == list(paths.values())
    assert {(row.account, row.organisation, row.number) for row in found} == {
        ("a-uo-auditor", "uo", case.number)
    }
    assert found[0].filters == {"rule": "12", "until": "2100-01-01"}
    assert found[1].filters == {"since": "2026-01-01"}


async def test_what_people_read_of_their_own_work_is_where_it_names_others(world: World) -> None:
    case = await world.started()
    for path in ("", "/sources", "/deadlines", "/journal"):
        assert (await world.call("sary-head", "GET", f"{case.path}{path}")).status_code == 200
    assert await reads(world) == []
    assert (await world.call("sary-head", "GET", f"{case.path}/history")).status_code == 200
    (row,) = await reads(world)
    assert (row.what, row.kinds) == ("read_timeline", ["people"])


async def test_what_was_refused_was_not_read(world: World) -> None:
    case = await world.started()
    assert (await world.call("uo-auditor", "GET", f"{case.path}/history?type=x")).status_code == 422
    assert (await world.call("uo-auditor", "POST", f"{case.path}/closing", json={})).status_code == 403
    assert await reads(world) == []


async def test_auditors_and_administrators_list_the_reads_and_nobody_else(world: World) -> None:
    case, other = await world.started(), await world.started()
    for path in (case.path, other.path, case.path):
        await world.call("uo-auditor", "GET", f"{path}/history")
    for who in ("uo-auditor", "uo-admin"):
        page = (await world.call(who, "GET", "/reads?limit=2")).json()
        assert [row["number"] for row in page["items"]] == [case.number, other.number]
        rest = (await world.call(who, "GET", f"/reads?limit=2&cursor={page['next_cursor']}")).json()
        assert [row["number"] for row in rest["items"]] == [case.number]
        own = (await world.call(who, "GET", f"/reads?account=a-uo-auditor&number={other.number}")).json()
        assert len(own["items"]) == 1
    for who in ("uo-analyst", "sary-head", "uo-web-editor"):
        assert (await world.call(who, "GET", "/reads")).status_code == 403
    assert (await world.call(None, "GET", "/reads")).status_code == 401
    assert (await world.call("uo-admin", "GET", "/reads?cursor=WyJ4Il0")).status_code == 422


@pytest.mark.parametrize(
    "statement", ["UPDATE reads SET account = 'x'", "DELETE FROM reads", "TRUNCATE reads"]
)
async def test_the_log_of_reads_can_only_grow(world: World, statement: str) -> None:
    case = await world.started()
    await world.call("uo-auditor", "GET", f"{case.path}/history")
    with pytest.raises(IntegrityError):
        async with world.sessions.begin() as session:
            await session.exec(sql(statement))  # type: ignore[call-overload]
    assert len(await reads(world)) == 1
