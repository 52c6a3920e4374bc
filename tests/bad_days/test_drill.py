"""The drill, short: whole monitorings while each part is killed once, then on every other kind of bad day."""

import tempfile
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from local.drill.copying import StackCopying
from local.drill.drill import Drilled, drill, stack_for
from local.drill.faults.fault import Kind
from local.drill.plan import Plan
from local.drill.promises import Promise
from local.stack import ALL_PARTS, Part, Stack

pytestmark = pytest.mark.xdist_group("drill")

KILLS = Plan(
    seed=192,
    lifecycles=4,
    clients=4,
    faults={Kind.KILL: len(ALL_PARTS)},
    pause=(0.2, 1.0),
    haste=0.5,
    bound=timedelta(minutes=4),
    patience=180,
)
OTHERS = Plan(
    seed=192,
    lifecycles=3,
    clients=3,
    # Stores that are set back have tests by name: tests/bad_days/test_restores.py.
    faults={kind: 1 for kind in Kind if kind not in {Kind.KILL, Kind.RESTORE, Kind.FULL_DISK}},
    pause=(0.2, 0.5),
    haste=0.25,
    bound=timedelta(minutes=4),
    patience=180,
)


@pytest.fixture(scope="module", params=[KILLS, OTHERS], ids=["kills", "others"])
def plan(request: pytest.FixtureRequest) -> Plan:
    found: Plan = request.param
    return found


@pytest_asyncio.fixture(scope="module")
async def ground(plan: Plan) -> AsyncIterator[Stack]:
    """A stack of its own, for one plan.

    Not under pytest's own directory: a second run of the tests closes that one to other users, and under root
    PostgreSQL runs as another user and is started again.
    """
    with tempfile.TemporaryDirectory(prefix="monitoring-drill-") as state:
        async with stack_for(Path(state), fast=True) as stack:
            yield stack


@pytest_asyncio.fixture(scope="module")
async def drilled(ground: Stack, plan: Plan) -> Drilled:
    """Played once for all these tests."""
    return await drill(ground, StackCopying(ground), plan)


async def test_it_begins_with_every_part_at_work(ground: Stack) -> None:
    assert ground.dead_parts() == []
    assert {part for part in ALL_PARTS if ground.pid(part)} | {Part.MAILBOX} == set(ALL_PARTS)


async def test_everything_went_wrong_while_people_worked(plan: Plan, drilled: Drilled) -> None:
    figures = drilled.figures
    assert Counter(outage.kind for outage in figures.outages) == plan.faults
    assert figures.lifecycles + figures.given_up >= plan.lifecycles
    assert figures.commands >= 10 * figures.lifecycles
    assert figures.letters >= 5 * figures.lifecycles
    assert figures.replies >= 3 * figures.lifecycles
    if Kind.KILL in plan.faults:
        assert set(figures.places(Kind.KILL)) == {part.value for part in ALL_PARTS}


@pytest.mark.parametrize("promise", Promise, ids=lambda promise: promise.name.lower())
async def test_promise_is_kept(drilled: Drilled, promise: Promise) -> None:
    assert [each.what for each in drilled.broken if each.promise is promise] == []
