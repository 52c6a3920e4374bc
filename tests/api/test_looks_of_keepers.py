"""What keepers ask every few seconds is answered by an index, however many monitorings there are."""

import json
from collections.abc import Iterator

from sqlalchemy import text
from temporalio.client import Client

from activities.database.sessions import Sessions
from activities.keepers import calendar as calendars
from activities.keepers.calendar import Told, behind, bring_newest
from activities.keepers.successions import AT_A_TIME, tell_successions
from activities.registries.local_day import local_today
from tests.api.world import World
from tests.counting import statements_of

MANY = 30_000
COPIES = f"""
INSERT INTO monitorings (
    number, workflow_id, seq, stage, kind, year, lead, conductors, objects, spheres, addressees, readers,
    title_kk, title_ru, title_en, published, ended, calendar_edition, started_at, changed_at, head_hash, state
)
SELECT
    'N-' || n, 'monitoring/N-' || n, seq, stage, kind, year, lead, conductors, objects, spheres, addressees,
    readers, title_kk, title_ru, title_en, published, n % 10 = 0, calendar_edition,
    started_at - interval '1 day', changed_at, head_hash, '{{}}'
FROM monitorings, generate_series(1, {MANY}) AS n
"""


async def filled(world: World) -> str:
    """A monitoring that was just started, and very many from before; returns its number."""
    case = await world.started()
    async with world.sessions() as session, session.begin():
        connection = await session.connection()
        await connection.execute(text(COPIES))
        await connection.execute(text("ANALYZE monitorings"))
    return case.number


async def plan_of(sessions: Sessions, edition: str) -> list[dict[str, object]]:
    """The steps by which PostgreSQL answers who is behind."""
    dialect = sessions.kw["bind"].dialect
    asked = behind(edition).compile(dialect=dialect, compile_kwargs={"literal_binds": True})
    async with sessions() as session:
        connection = await session.connection()
        rows = await connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {asked}")
        found = rows.scalar_one()
    return list(_steps(found if isinstance(found, list) else json.loads(found)))


def _steps(part: object) -> Iterator[dict[str, object]]:
    for each in part if isinstance(part, list) else []:
        step = each.get("Plan", each)
        yield step
        yield from _steps(step.get("Plans"))


async def current_edition(sessions: Sessions) -> str:
    async with sessions() as session:
        row = await calendars.newest(session)
        assert row is not None
        return row.edition


async def test_who_counts_by_another_calendar_is_found_by_an_index(world: World) -> None:
    await filled(world)
    steps = await plan_of(world.sessions, await current_edition(world.sessions))
    of_monitorings = [step for step in steps if step.get("Relation Name") == "monitorings"]
    assert of_monitorings
    assert all(step["Node Type"] != "Seq Scan" for step in of_monitorings), of_monitorings
    indexes = {step.get("Index Name") for step in steps}
    assert "monitorings_open_by_calendar" in indexes


async def test_a_look_that_finds_nobody_is_two_statements(world: World) -> None:
    """Nobody needs to be told, so nobody answers at Temporal's address and nothing waits for it."""
    await world.started()
    client = await Client.connect("127.0.0.1:1", lazy=True)
    with statements_of(world.sessions) as counted:
        assert await bring_newest(client, world.sessions, Told())
    assert len(counted.sent) == 2


async def test_who_was_told_of_an_edition_is_not_told_at_each_look() -> None:
    told = Told()
    assert told.missing("kz-2", ["duty/a", "duty/b"]) == ["duty/a", "duty/b"]
    told.workflow_ids |= {"duty/a", "duty/b"}
    assert told.missing("kz-2", ["duty/b", "duty/c"]) == ["duty/c"]
    assert told.missing("kz-2", ["duty/a"]) == ["duty/a"], "one that came up and fell back hears again"
    told.workflow_ids.add("duty/a")
    assert told.missing("kz-3", ["duty/a"]) == ["duty/a"], "another edition is news for everybody"


async def test_the_pages_of_a_whole_look_are_read_by_the_key(world: World) -> None:
    """A registry that changed is told of page by page: no statement reads all states at once."""
    await filled(world)
    client = await Client.connect("127.0.0.1:1", lazy=True)
    among = [f"N-{n}" for n in range(1, 2 * AT_A_TIME)]
    with statements_of(world.sessions) as counted:
        assert await tell_successions(client, world.sessions, local_today(), among) == 0
    pages = [sent for sent in counted.of("monitorings") if "monitorings.state" in sent]
    assert len(pages) == 2
    names = [sent.count("::VARCHAR") for sent in counted.sent]
    assert max(names) <= AT_A_TIME + 2, "no statement names them all"
