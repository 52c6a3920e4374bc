"""Stories that share an expensive stage share a test process: else the stage is set up once in each."""

import subprocess
import sys
from pathlib import Path
from typing import Final

from local.programs import ROOT

SHARING: Final = """
import os
from pathlib import Path

import pytest

pytestmark = pytest.mark.xdist_group("one stage")


@pytest.mark.parametrize("number", range(6))
def test_on_the_stage(number):
    Path(os.environ["PYTEST_XDIST_WORKER"]).touch()
"""


def test_a_group_of_tests_stays_in_one_process(tmp_path: Path) -> None:
    """pytest and pytest-xdist are pinned as a pair for this."""
    (tmp_path / "test_sharing.py").write_text(SHARING, encoding="utf-8")
    words = ["-n", "2", "--dist", "loadgroup", "-p", "no:cacheprovider", "--rootdir", str(tmp_path)]
    argv = [sys.executable, "-m", "pytest", *words, str(tmp_path)]
    subprocess.run(argv, cwd=tmp_path, env={"PATH": "", "PYTHONPATH": str(ROOT)}, check=True, timeout=100)
    assert len([path for path in tmp_path.iterdir() if path.name.startswith("gw")]) == 1
