"""Which events could not be recorded yet: of this worker, and how old the oldest is."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Final

from activities.observing.metrics import RECORD_SECONDS, RECORD_WAITING
from models.proceeding.record import RecordOrder

TRIED_AGAIN_WITHIN: Final = 60.0
"""Seconds: an order comes again within some (`workflows/calling.py`), here or at another worker. What has not
come again here is another's."""


class Waiting:
    """What failed stays until it is recorded here, or has not come again."""

    def __init__(self) -> None:
        self._since: dict[str, tuple[datetime, float]] = {}
        RECORD_WAITING.set_function(self.oldest_seconds)

    @contextmanager
    def recording(self, order: RecordOrder) -> Iterator[None]:
        """What is raised meanwhile leaves it waiting."""
        first = order.entries[0].at
        self._since[order.workflow_id] = (first, time.monotonic())
        yield
        self.leave(order.workflow_id)
        RECORD_SECONDS.observe(_seconds_since(first))

    def leave(self, workflow_id: str) -> None:
        """It is recorded, or not this worker's to record any more."""
        self._since.pop(workflow_id, None)

    def oldest_seconds(self) -> float:
        """Zero where nothing waits. Asked by another thread."""
        least = time.monotonic() - TRIED_AGAIN_WITHIN
        for workflow_id, (_, tried) in list(self._since.items()):
            if tried < least:
                self._since.pop(workflow_id, None)
        return max((_seconds_since(first) for first, _ in list(self._since.values())), default=0.0)


def _seconds_since(moment: datetime) -> float:
    return max((datetime.now(UTC) - moment).total_seconds(), 0.0)
