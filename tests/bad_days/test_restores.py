"""Each store alone is set back to the middle of several lives, under load; an operator reconciles them.

What was acknowledged is found again or named, the journal's check agrees, and commands work as before.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from local.samples import ScenarioName
from local.stack import Stack
from models.events import ProceedingReconciled
from models.vocabulary.stores import Store
from tests.bad_days.restoring import ORDER, Lives
from tests.e2e.town import town_on

pytestmark = pytest.mark.xdist_group("restores")

SOON = {"COMMAND_BUDGET_SECONDS": "4"}
"""What nobody knows yet has no answer: each first command waits so long."""


@pytest_asyncio.fixture
async def lives(tmp_path: Path) -> AsyncIterator[Lives]:
    """A stack of this test's own, with people."""
    copies = tmp_path / "copies"
    copies.mkdir()
    stack = Stack("restores", state=tmp_path, fast=True, usual_ports=False, encrypted=True, more=SOON)
    async with stack, town_on(stack) as town:
        yield Lives(town, copies)


@dataclass(frozen=True)
class SetBack:
    """A store that was put back, and what was done to each monitoring since it was copied."""

    store: Store
    untouched: str
    begun: str
    busy: str
    later: str
    """It was begun after the copy."""
    closed: str

    @property
    def apart(self) -> tuple[str, ...]:
        """Where the stores surely disagree: of what the database forgot only Temporal knows."""
        return (self.untouched, self.begun, *((self.later,) if self.store is Store.WORKFLOW else ()))

    @property
    def open(self) -> tuple[str, ...]:
        return (self.untouched, self.begun, self.busy, self.later)


@pytest_asyncio.fixture(params=Store)
async def set_back(lives: Lives, request: pytest.FixtureRequest) -> SetBack:
    """In the middle of several lives, under load."""
    store, town = Store(request.param), lives.town
    untouched, begun, busy = [await town.starts() for _ in range(3)]
    for number in (begun, busy):
        assert (await lives.begins(number)).is_success

    async def copies_in_the_middle(path: str) -> None:
        if path.endswith("/dispatches"):
            await lives.copied(store)

    load = asyncio.create_task(lives.works_all_the_time(busy))
    scene = town.scene(ScenarioName.C, after=copies_in_the_middle)
    await scene.play()
    assert (await lives.begins(untouched)).is_success
    await lives.works(begun, 5)
    later = await town.starts()
    assert (await lives.begins(later)).is_success
    async with lives.set_back(store):
        load.cancel()
    return SetBack(store, untouched, begun, busy, later, scene.number)


async def test_a_store_set_back_alone_is_reconciled(lives: Lives, set_back: SetBack) -> None:
    town, numbers = lives.town, (*set_back.open, set_back.closed)
    for number in set_back.apart:
        await lives.is_under_repair(number)
    assert (await town.ask(None, "/health/ready")).json()["stores"] is False
    code, seen = await lives.reconcile()
    assert code == 1, seen
    for number in numbers:
        assert f"{number}: " in seen, seen
    code, said = await lives.reconcile("--apply", "--order", ORDER)
    assert code == 0, said
    await lives.nothing_told_is_lost(said)
    await lives.check_agrees(*numbers)
    for number in numbers:
        [noted] = await town.evidence(number).happened("proceeding_reconciled")
        assert isinstance(noted.event, ProceedingReconciled)
        assert (noted.event.behind, noted.event.order) == (set_back.store, ORDER)
    for number in set_back.open:
        answer = await lives.command(number, "/cancellation", {"reason": "аяқталды"})
        assert answer.status_code == httpx.codes.OK, answer.text
        await town.evidence(number).has_one_truth()
        await lives.bundle_verifies(number)
    assert (await lives.reconcile())[0] == 0
