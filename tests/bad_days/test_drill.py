"""The drill, short: whole monitorings while each part is killed once, and every promise judged."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio

from local.drill.drill import Drilled, drill, stack_for
from local.drill.plan import Plan
from local.drill.promises import Promise
from local.stack import ALL_PARTS

pytestmark = pytest.mark.xdist_group("drill")

PLAN = Plan(
    seed=192,
    lifecycles=6,
    clients=6,
    kills=len(ALL_PARTS),
    pause=(0.2, 2.0),
    away=(0.0, 1.0),
    bound=timedelta(minutes=4),
    patience=180,
)


@pytest_asyncio.fixture(scope="module")
async def drilled(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Drilled]:
    """Played once for all these tests."""
    async with stack_for(tmp_path_factory.mktemp("drill"), fast=True) as stack:
        yield await drill(stack, PLAN)


async def test_each_part_was_killed_while_people_worked(drilled: Drilled) -> None:
    figures = drilled.figures
    assert set(figures.kills) == set(ALL_PARTS)
    assert figures.lifecycles >= PLAN.lifecycles
    assert figures.commands >= 10 * figures.lifecycles
    assert figures.letters >= 5 * figures.lifecycles
    assert figures.replies >= 3 * figures.lifecycles


@pytest.mark.parametrize("promise", Promise, ids=lambda promise: promise.name.lower())
async def test_promise_is_kept(drilled: Drilled, promise: Promise) -> None:
    assert [each.what for each in drilled.broken if each.promise is promise] == []
