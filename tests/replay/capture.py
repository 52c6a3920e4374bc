"""Capture one history per ending from the stories: `python -m tests.replay.capture`.

Run it when a story or the workflow was changed on purpose, look at the difference, and read
docs/changing-workflows.md before an older history is replaced.
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


def capture() -> str:
    """Play the stories and replace the files; returns why not, or an empty text."""
    keeper = HistoryKeeper()
    if pytest.main([*STORIES, "-p", "no:cacheprovider"], plugins=[_Registered(keeper)]):
        return "A story failed: nothing was captured."
    untold = [ending.value for ending in Ending if ending not in keeper.kept]
    if untold:
        return f"No story ends as {', '.join(untold)}: nothing was captured."
    FOLDER.mkdir(exist_ok=True)
    for ending, history in keeper.kept.items():
        write(FOLDER / f"{ending.value}.json", history)
    return ""


if __name__ == "__main__":
    sys.exit(capture())
