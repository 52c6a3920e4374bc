"""What is among none is known without asking; several are one parameter of one statement."""

import pytest
from sqlmodel import col, select

from activities.database.among import rows_among
from models.tables.people import PersonRow
from tests.api.world import World
from tests.counting import statements_of


async def test_nobody_is_asked_about_nobody(world: World) -> None:
    with statements_of(world.sessions) as counted:
        async with world.sessions() as session:
            assert await rows_among(session, select(PersonRow), col(PersonRow.id), ()) == ()
    assert counted.sent == []


async def test_however_many_are_asked_for_the_statement_is_the_same_and_each_is_found_once(
    world: World,
) -> None:
    ids = ("p-uo-head", "p-uo-analyst", "p-unknown")
    with statements_of(world.sessions) as counted:
        async with world.sessions() as session:
            one = await rows_among(session, select(PersonRow.id), col(PersonRow.id), ids[:1])
            known = await rows_among(session, select(PersonRow.id), col(PersonRow.id), (*ids, *ids))
    assert list(one) == ["p-uo-head"]
    assert sorted(known) == ["p-uo-analyst", "p-uo-head"]
    assert len(set(counted.sent)) == 1


async def test_a_statement_about_nobody_gets_past_no_test(world: World) -> None:
    async with world.sessions() as session:
        with pytest.raises(AssertionError, match="rows_among"):
            await session.exec(select(PersonRow).where(col(PersonRow.id).in_([])))
