"""The auditor's live check finds what somebody changed behind the product's back, and names it."""

import pytest
from sqlalchemy import text as sql

from models.vocabulary.procedure import monitoring_workflow_id
from tests.api.world import Case, World
from tests.keeping import triggers_sleep


async def dispatched(world: World) -> Case:
    case = await world.started()
    await case.approved()
    await case.dispatched()
    return case


async def changed(world: World, case: Case, statement: str) -> None:
    given = {"workflow": monitoring_workflow_id(case.number), "number": case.number}
    used = {name: value for name, value in given.items() if f":{name}" in statement}
    async with world.sessions.begin() as session:
        await triggers_sleep(session)
        await session.exec(sql(statement), params=used)  # type: ignore[call-overload]


async def test_an_untouched_journal_agrees_and_the_workflow_was_not_asked(world: World) -> None:
    """Nobody answers at Temporal's address here: that is said, and proves nothing either way."""
    case = await dispatched(world)
    answer = await world.call("uo-auditor", "GET", f"{case.path}/history/check")
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert found["agrees"] is True
    assert found["head"]["seq"] == len(case.entries)
    assert [found[name]["verdict"] for name in ("chain", "fold", "workflow")] == [
        "agrees",
        "agrees",
        "not_asked",
    ]


ANOTHER_DAY = """UPDATE journal SET event = event || '{"began_on": "2020-01-01"}'"""
ANOTHER_ACTOR = """UPDATE journal SET actor = actor || '{"account": "a-else"}'"""
ANOTHER_MOMENT = "UPDATE journal SET at = at + interval '1 second'"
ANOTHER_COMMAND = "UPDATE journal SET command_id = 'c'"
ANOTHER_BEGINNING = "UPDATE journal SET previous_hash = repeat('0', 64)"
NO_EVENT = "UPDATE journal SET event = '{}'"
CUT = "DELETE FROM journal"
LAST = "(SELECT max(seq) FROM journal WHERE workflow_id = :workflow)"


@pytest.mark.parametrize(
    ("deed", "seq", "where", "fault"),
    [
        (ANOTHER_DAY, 2, "chain", "changed"),
        (ANOTHER_ACTOR, 1, "chain", "changed"),
        (ANOTHER_MOMENT, 4, "chain", "changed"),
        (ANOTHER_COMMAND, 4, "chain", "changed"),
        (CUT, 3, "chain", "missing"),
        (CUT, 3, "fold", "does_not_follow"),
        (CUT, LAST, "chain", "head_differs"),
        (ANOTHER_BEGINNING, 6, "chain", "not_linked"),
        (NO_EVENT, 7, "chain", "unreadable"),
        (NO_EVENT, 7, "fold", "unreadable"),
    ],
)
async def test_what_was_changed_is_named(
    world: World, deed: str, seq: int | str, where: str, fault: str
) -> None:
    case = await dispatched(world)
    await changed(world, case, f"{deed} WHERE workflow_id = :workflow AND seq = {seq}")
    found = (await world.call("uo-auditor", "GET", f"{case.path}/history/check")).json()
    assert found["agrees"] is False
    assert found[where]["verdict"] == "differs"
    assert found[where]["element"]["fault"] == fault
    line = len(case.entries) if seq == LAST else seq
    assert found[where]["element"]["line"] in {line, 4 if fault == "does_not_follow" else line}
    assert found[where]["sentence"]


async def test_a_changed_projection_is_named_by_its_field(world: World) -> None:
    case = await dispatched(world)
    change = "UPDATE monitorings SET state = jsonb_set(state::jsonb, '{stage}', '\"closed\"')::json"
    await changed(world, case, f"{change} WHERE number = :number")
    found = (await world.call("uo-auditor", "GET", f"{case.path}/history/check")).json()
    assert (found["chain"]["verdict"], found["fold"]["element"]["field"]) == ("agrees", "stage")


async def test_raw_history_is_not_invented_while_the_server_is_away(world: World) -> None:
    case = await world.started()
    answer = await world.call("uo-auditor", "GET", f"{case.path}/history/raw")
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert answer.headers["retry-after"]
