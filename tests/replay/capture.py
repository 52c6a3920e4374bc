"""Capture one history per ending from the stories: `python -m tests.replay.capture`.

It adds the endings that have no file yet; `--replace` replaces all of them: read docs/changing-workflows.md
before an older history goes, since a running or archived case may look like it.
"""

import sys
from typing import Final

import pytest
from temporalio.client import WorkflowHistory

from tests.replay.endings import Ending
from tests.replay.histories import FOLDER, write

KEEPER: Final = "history-keeper"
STORIES: Final = (
    "tests/workflows",
    "tests/archive/test_archiving.py",
    "tests/bad_days/test_continued_as_new.py",
)


class HistoryKeeper:
    """Told by each story how it ended (`Evidence.ends`)."""

    def __init__(self) -> None:
        self.kept: dict[Ending, WorkflowHistory] = {}

    def keep(self, ending: Ending, history: WorkflowHistory) -> None:
        """Keep the history of an ending until all stories were played. Raises ValueError for a second one."""
        if ending in self.kept:
            raise ValueError(f"two stories end as {ending.value}")
        self.kept[ending] = history


class _Registered:
    """Registers the keeper under its name before any test runs."""

    def __init__(self, keeper: HistoryKeeper) -> None:
        self._keeper = keeper

    def pytest_configure(self, config: pytest.Config) -> None:
        config.pluginmanager.register(self._keeper, KEEPER)


def capture(replace: bool = False) -> str:
    """Play the stories and keep what is missing (or everything); returns why not, or an empty text."""
    keeper = HistoryKeeper()
    if pytest.main([*STORIES, "-p", "no:cacheprovider"], plugins=[_Registered(keeper)]):
        return "A story failed: nothing was captured."
    untold = [ending.value for ending in Ending if ending not in keeper.kept]
    if untold:
        return f"No story ends as {', '.join(untold)}: nothing was captured."
    FOLDER.mkdir(exist_ok=True)
    for ending, history in keeper.kept.items():
        file = FOLDER / f"{ending.value}.json"
        if replace or not file.exists():
            write(file, history)
    return ""


if __name__ == "__main__":
    sys.exit(capture(replace="--replace" in sys.argv))
