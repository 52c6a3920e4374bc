"""The bare engine's counterpart of a monitoring: as many updates, rows and letters, and nothing else."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

from temporalio import workflow

QUEUE = "bare"
ROW = "write_row"
LETTER = "send_letter"
PATIENCE = timedelta(seconds=60)


@dataclass(frozen=True)
class Course:
    """How many commands and replies end it, and how many letters they cause: one each, from the first on."""

    commands: int
    replies: int
    letters: int


@dataclass(frozen=True)
class Row:
    """What one command leaves in the database."""

    workflow: str
    seq: int
    words: str


@workflow.defn
class Bare:
    """A command is an update that is answered when its row is written; a letter leaves beside it."""

    def __init__(self) -> None:
        self._seq = self._letters = self._sent = 0
        self._left = 0
        self._posting: set[asyncio.Task[None]] = set()

    @workflow.run
    async def run(self, course: Course) -> int:
        """Until all has happened; how many entries there were."""
        self._left = course.letters
        entries = course.commands + course.replies
        await workflow.wait_condition(lambda: self._seq == entries and self._sent == course.letters)
        await workflow.wait_condition(workflow.all_handlers_finished)
        return self._seq

    @workflow.update
    async def command(self, words: str) -> int:
        """Record it; the number of its entry."""
        seq = await self._recorded(words)
        if self._left > 0:
            self._left -= 1
            task = asyncio.create_task(self._post(seq))
            self._posting.add(task)
            task.add_done_callback(self._posting.discard)
        return seq

    @workflow.update
    async def command_and_letter(self, words: str) -> None:
        """The same, answered when its letter has left."""
        await self._post(await self._recorded(words))

    async def _recorded(self, words: str) -> int:
        self._seq += 1
        seq = self._seq
        await self._activity(ROW, Row(workflow.info().workflow_id, seq, words))
        return seq

    async def _post(self, seq: int) -> None:
        await self._activity(LETTER, f"{workflow.info().workflow_id}/{seq}")
        self._sent += 1

    async def _activity(self, name: str, argument: object) -> None:
        await workflow.execute_activity(name, argument, start_to_close_timeout=PATIENCE)
