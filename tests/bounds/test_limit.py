"""The limit per test: what stands still fails alone, shows where it stands, and the others go on."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from local.programs import ROOT

STANDING_STILL: Final = """
import asyncio
import time

import pytest_asyncio


async def deaf():
    while True:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            pass


@pytest_asyncio.fixture
async def tidied():
    yield
    print("the fixture was torn down")


@pytest_asyncio.fixture
async def never_torn_down():
    yield
    await deaf()


async def test_stands_still(tidied):
    bystander = asyncio.create_task(asyncio.Event().wait(), name="the bystander")
    await deaf()


def test_blocks_its_thread():
    time.sleep(3600)


async def test_its_teardown_stands_still(never_torn_down):
    pass


async def test_the_next_one_passes(tidied):
    pass
"""
SETTINGS: Final = """
[pytest]
asyncio_mode = auto
asyncio_default_fixture_loop_scope = session
asyncio_default_test_loop_scope = session
test_limit_seconds = 0.5
"""


def test_what_stands_still_fails_alone_and_shows_every_task(tmp_path: Path) -> None:
    (tmp_path / "test_still.py").write_text(STANDING_STILL)
    (tmp_path / "pytest.ini").write_text(SETTINGS)
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "tests.fixtures.limit",
            "-p",
            "no:cacheprovider",
            "-n",
            "1",
            "-rA",
        ],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_ADDOPTS": ""},
        capture_output=True,
        text=True,
        check=False,
        timeout=90,
    )
    told = done.stdout
    assert "2 failed, 2 passed, 1 error" in told, told + done.stderr
    for failed in (
        "FAILED test_still.py::test_stands_still",
        "FAILED test_still.py::test_blocks_its_thread",
        "ERROR test_still.py::test_its_teardown_stands_still",
        "PASSED test_still.py::test_the_next_one_passes",
    ):
        assert failed in told, told
    assert "not within the limit of 0.5 s" in told
    assert "——— task the bystander" in told, "every task's stack is shown"
    assert "in deaf" in told, "down to what it waits for"
    assert "in test_blocks_its_thread" in told, "every thread's stack is shown"
    assert told.count("the fixture was torn down") == 2
    assert "worker 'gw0' crashed" not in told
