"""What stays in a process is looked through no more."""

import subprocess
import sys

from local.programs import ROOT

SETTLES = """
import asyncio, gc
from activities.bounds.cycles import THRESHOLDS, keep_settling
stays = [[] for _ in range(1000)]
asyncio.run(keep_settling(pauses=(0.0, 0.0)))
assert gc.get_threshold() == THRESHOLDS
assert gc.get_freeze_count() > len(stays), gc.get_freeze_count()
assert all(each is not stays[0] for each in gc.get_objects())
print("settled")
"""


def test_what_is_there_when_a_process_has_settled_is_looked_through_no_more() -> None:
    asked = [sys.executable, "-c", SETTLES]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "settled"), done.stderr
