"""Virtual time of all proceedings together. Each workflow has its own clock; here none is left behind."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Final

from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowHandle

from activities.bounds.within import within
from local.rehearsal.patience import RehearsalFailed, until
from local.rehearsal.records import Records, next_moment
from local.rehearsal.stage import Stage
from models.vocabulary.procedure import Id

A_MOMENT: Final = timedelta(minutes=1)
"""What is due at an instant has happened this much later."""
LONGEST_STEP: Final = timedelta(days=28)
WAIT_SECONDS: Final = 90.0
_AS_GOOD_AS_THERE: Final = timedelta(seconds=1)

_FIRST_EVENTS: Final = 16

Handle = WorkflowHandle[object, object]


class Clocks:
    """`ahead` is how far the rehearsal is before the clock on the wall."""

    def __init__(self, stage: Stage, records: Records) -> None:
        self._stage = stage
        self._records = records
        self.ahead = timedelta(0)

    def now(self) -> datetime:
        """The rehearsal's instant (UTC)."""
        return datetime.now(UTC) + self.ahead

    async def begin(self, proceedings: int) -> None:
        """Wait until so many proceedings are on record and what their beginning brings has happened."""

        async def there() -> bool:
            return len(await self._records.all()) >= proceedings

        await until(there, f"{proceedings} proceedings are begun")
        await self.settle()

    async def pass_until(self, moment: datetime) -> None:
        """Go to an instant, stopping at everything that time brings, so that one proceeding tells another in
        time."""
        while self.now() < moment:
            due = [d for s in await self._records.all() if (d := next_moment(s)) is not None]
            stop = min([*(d + A_MOMENT for d in due), self.now() + LONGEST_STEP, moment])
            await self.jump(stop)
            await self.settle()

    async def jump(self, moment: datetime) -> None:
        """Move every clock to an instant, whatever happens on the way."""
        self.ahead = max(self.ahead, moment - datetime.now(UTC))
        open_ = [s.workflow_id for s in await self._records.all() if not s.ended]
        try:
            await within(WAIT_SECONDS, self._bring_all(open_), "every clock is there")
        except TimeoutError:
            raise RehearsalFailed(f"the clocks do not reach {moment:%Y-%m-%d}") from None

    async def _bring_all(self, workflow_ids: list[Id]) -> None:
        await asyncio.gather(*(self.bring(workflow_id) for workflow_id in workflow_ids))

    async def bring(self, workflow_id: Id, short_of: timedelta = timedelta(0)) -> None:
        """Move one clock to the rehearsal's instant, or to shortly before it."""
        handle: Handle = self._stage.client.get_workflow_handle(workflow_id)
        skipper = self._stage.skipper
        while (rest := self.now() - short_of - await skipper.get_current_time(handle)) > _AS_GOOD_AS_THERE:
            if not await skipper.fast_forward(handle, rest):
                return  # it ended on the way

    async def settle(self) -> None:
        """Wait until everything that the time so far brings is on record, and every letter has left."""
        waits = ""

        async def settled() -> bool:
            nonlocal waits
            waits = await self._records.unsettled(self.now()) or await self._under_way()
            return not waits

        try:
            await until(settled, "everything due is on record")
        except RehearsalFailed as failed:
            raise RehearsalFailed(f"{failed} ({waits})") from None

    async def _under_way(self) -> str:
        """Who still has a task: a clock that is moved meanwhile would be late for what the task sets."""
        for state in await self._records.all():
            if not state.ended and await self._has_a_task(state.workflow_id):
                return f"{state.mark}: a task is under way"
        return ""

    async def _has_a_task(self, workflow_id: Id) -> bool:
        """Also where a run that follows another waits for its first task: the server puts it off a second."""
        handle: Handle = self._stage.client.get_workflow_handle(workflow_id)
        raw = (await handle.describe()).raw_description
        if raw.HasField("pending_workflow_task") or raw.pending_activities:
            return True
        async for event in handle.fetch_history_events(page_size=_FIRST_EVENTS):
            if event.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED:
                return False
        return True
