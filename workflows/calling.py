"""How activities are called, by meaning: queue, time-outs, retries, each with its reason.

Activities are named, not imported: their modules bring database and mail libraries that have no place in
the sandbox. A test holds the names against the worker's.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import TypeVar, cast

from pydantic import BaseModel
from temporalio import workflow
from temporalio.common import Priority, RetryPolicy
from temporalio.workflow import ActivityCancellationType

from models.vocabulary.queues import Queue

R = TypeVar("R", bound=BaseModel)


class ActivityName(StrEnum):
    RECORD = "record"
    SEND_LETTER = "send_letter"
    RENDER_REPORT = "render_report"
    TELL_DUTY = "tell_duty"
    TELL_CONSOLIDATION = "tell_consolidation"
    ARCHIVE_RUN = "archive_run"
    DELIVER_WEBHOOK = "deliver_webhook"
    GIVE_UP_WEBHOOK = "give_up_webhook"


@dataclass(frozen=True)
class Calling:
    """The way an activity is called."""

    name: ActivityName
    queue: Queue
    start_to_close: timedelta
    retry: RetryPolicy
    schedule_to_close: timedelta | None = None
    heartbeat: timedelta | None = None
    cancellation: ActivityCancellationType = ActivityCancellationType.TRY_CANCEL

    async def __call__(
        self, order: BaseModel, result: type[R], summary: str, priority: Priority = Priority.default
    ) -> R:
        """Run the activity; `summary` is what an auditor reads beside it. Raises `ActivityError`."""
        answer = await workflow.execute_activity(
            self.name.value,
            order,
            result_type=result,
            task_queue=self.queue.value,
            start_to_close_timeout=self.start_to_close,
            schedule_to_close_timeout=self.schedule_to_close,
            heartbeat_timeout=self.heartbeat,
            retry_policy=self.retry,
            cancellation_type=self.cancellation,
            summary=summary,
            priority=priority,
        )
        return cast(R, answer)


# The journal must be written however long the database is away; nothing is acknowledged before it is.
RECORDING = Calling(
    name=ActivityName.RECORD,
    queue=Queue.PROCEDURE,
    start_to_close=timedelta(seconds=10),
    retry=RetryPolicy(initial_interval=timedelta(milliseconds=200), maximum_interval=timedelta(seconds=5)),
)

# Mail servers defer for hours (greylisting, full mailboxes). After three days it becomes a person's task.
POSTING = Calling(
    name=ActivityName.SEND_LETTER,
    queue=Queue.MAIL,
    # A turn, a message and its proof end before this: an attempt that was given up for lost sends no more.
    start_to_close=timedelta(seconds=90),
    schedule_to_close=timedelta(hours=72),
    retry=RetryPolicy(
        initial_interval=timedelta(seconds=2), backoff_coefficient=3, maximum_interval=timedelta(hours=1)
    ),
    # A letter taken back is not tried again; one that is just leaving leaves, and is recorded as sent.
    cancellation=ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
)

# What only informs waits for working hours and for its reader's hour; long holidays lie between. How long is
# waited is no part of what a history holds a workflow to.
INFORMING = replace(POSTING, schedule_to_close=timedelta(days=21))

# A changed calendar, or a report to a whole country, writes to many at once: whoever is invited or asked
# meanwhile does not wait behind them.
IN_BULK = Priority(priority_key=5)
CROWD = 10
"""More letters than this that fall due at once are many."""

# Rendering is pure computation: if it fails it is a fault to be mended, and then it goes on.
RENDERING = Calling(
    name=ActivityName.RENDER_REPORT,
    queue=Queue.DOCUMENTS,
    start_to_close=timedelta(minutes=2),
    heartbeat=timedelta(seconds=10),
    retry=RetryPolicy(maximum_interval=timedelta(minutes=1)),
)

# Another workflow must hear of it however long Temporal or the database is away; hearing twice does no harm.
TELLING = Calling(
    name=ActivityName.TELL_DUTY,
    queue=Queue.PROCEDURE,
    start_to_close=timedelta(seconds=20),
    retry=RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=1)),
)

# The same for the authorized body's inbox (rule 17).
DELIVERING = Calling(
    name=ActivityName.TELL_CONSOLIDATION,
    queue=Queue.PROCEDURE,
    start_to_close=timedelta(seconds=20),
    retry=RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=1)),
)

# A history that is not stored and verified is not archived: it is tried until it is, however long that takes.
ARCHIVING = Calling(
    name=ActivityName.ARCHIVE_RUN,
    queue=Queue.PROCEDURE,
    start_to_close=timedelta(minutes=5),
    retry=RetryPolicy(initial_interval=timedelta(seconds=2), maximum_interval=timedelta(minutes=15)),
)

# An event to another system. A system that does not take it is an answer, and the run waits for the next try;
# what is repeated here is a database that is away, or a worker that died.
HANDING_OUT = Calling(
    name=ActivityName.DELIVER_WEBHOOK,
    queue=Queue.WEBHOOKS,
    start_to_close=timedelta(seconds=60),
    retry=RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=5)),
)

# The same for what is written down when the last try was in vain.
GIVING_UP = Calling(
    name=ActivityName.GIVE_UP_WEBHOOK,
    queue=Queue.WEBHOOKS,
    start_to_close=timedelta(seconds=20),
    retry=RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=5)),
)
