"""Bad days of a drill begin and end as they say, and are the same ones for the same seed."""

import os
import sys
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random

import httpx
import psutil
import pytest
import pytest_asyncio

from activities.bounds.within import within
from local.demo.caller import Caller
from local.drill.copying import StackCopying
from local.drill.faults.choosing import Choice
from local.drill.faults.disks import FullDisk
from local.drill.faults.fault import Kind
from local.drill.faults.stops import Stop
from local.drill.plan import Plan
from local.drill.small_disks import entering
from local.process import Child, StackError
from local.stack import ALL_PARTS, Part, Stack
from models.vocabulary.stores import Store
from tests.waiting import eventually

HOUR = [sys.executable, "-c", "import subprocess; subprocess.run(['sleep', '3600'])"]
CHANCE = Random(192)


@pytest_asyncio.fixture
async def program(tmp_path: Path) -> AsyncIterator[Child]:
    """One that has started another."""
    child = Child("A program", HOUR, tmp_path / "log")
    await child.start()

    async def has_started_another() -> bool:
        return any(each.name() == "sleep" for each in family(child)[1:])

    await eventually(has_started_another, "the program has started another")
    yield child
    await child.kill()


def family(child: Child) -> list[psutil.Process]:
    assert child.pid is not None
    main = psutil.Process(child.pid)
    return [main, *main.children(recursive=True)]


def stand_still(child: Child) -> set[bool]:
    return {each.status() == psutil.STATUS_STOPPED for each in family(child)}


class Alone(Stack):
    """A stack of which one program runs."""

    def __init__(self, state: Path, child: Child) -> None:
        super().__init__("alone", state=state)
        self._child = child

    def pid(self, part: Part) -> int | None:
        return self._child.pid


async def test_a_part_stands_still_with_all_that_it_has_started_and_goes_on(
    program: Child, tmp_path: Path
) -> None:
    stop = Stop(Alone(tmp_path, program), Part.POSTGRES, (0, 0))
    assert stand_still(program) == {False}
    await stop.strike(CHANCE)

    async def all_stand_still() -> bool:
        return stand_still(program) == {True}

    await eventually(all_stand_still, "all of it stands still")
    await stop.mend()

    async def all_go_on() -> bool:
        return stand_still(program) == {False}

    await eventually(all_go_on, "all of it goes on")


async def test_what_stands_still_hears_that_it_is_to_end(program: Child, tmp_path: Path) -> None:
    """A drill that is broken off leaves nobody behind."""
    started = family(program)
    await Stop(Alone(tmp_path, program), Part.POSTGRES, (0, 0)).strike(CHANCE)
    await within(10, program.stop(), "it ends long before it is killed")
    assert not program.running
    for each in started[1:]:
        if each.is_running():
            each.kill()


def test_a_disk_that_is_not_the_drills_own_is_not_filled(tmp_path: Path) -> None:
    with pytest.raises(StackError, match="not filled"):
        FullDisk(tmp_path, "somebody's", frozenset(), (0, 0))


@pytest.mark.parametrize("uid", [0, 1000])
def test_whoever_is_not_root_is_himself_again_on_small_disks(
    uid: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: uid)
    command = entering(tmp_path, ["true"])
    assert ("--map-root-user" in command) is bool(uid)
    assert (f"--map-user={os.getuid()}" in command) is bool(uid)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(StackError, match="unshare"):
        entering(tmp_path, ["true"])


class Nobody:
    """Whom nothing is taken from."""

    def begins(self) -> None: ...

    async def is_over(self) -> None: ...


def chosen(plan: Plan, state: Path) -> list[tuple[Kind, str]]:
    admin = Caller(httpx.AsyncClient(), "no token")
    stack = Stack("chosen", state=state)
    choice = Choice(stack, StackCopying(stack), plan, admin, Nobody())
    return [(fault.kind, fault.where) for fault in choice.faults(Random(plan.seed))]


def test_a_seed_chooses_each_place_as_often_as_the_others(tmp_path: Path) -> None:
    many = {Kind.KILL: 2 * len(ALL_PARTS), Kind.STOP: len(ALL_PARTS), Kind.RESTORE: len(Store)}
    plan = Plan(seed=192, faults={**many, Kind.CALENDAR: 1})
    faults = chosen(plan, tmp_path)
    assert faults == chosen(plan, tmp_path)
    assert faults != chosen(Plan(seed=193, faults=plan.faults), tmp_path)
    assert Counter(faults) == {
        **{(Kind.KILL, part.value): 2 for part in ALL_PARTS},
        **{(Kind.STOP, part.value): 1 for part in ALL_PARTS},
        (Kind.RESTORE, "database"): 1,
        (Kind.RESTORE, "histories"): 1,
        (Kind.CALENDAR, "a day off"): 1,
    }
