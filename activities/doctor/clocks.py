"""Do the clocks agree, and is the country's time what it is?"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import uuid4

from sqlalchemy import func
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import select
from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest, PollActivityTaskQueueRequest
from temporalio.client import Client
from temporalio.service import RPCError

from activities.bounds.within import within
from activities.database.sessions import Sessions
from activities.doctor.finding import Finding, broken, doubtful, sound
from models.calendar.country import COUNTRY
from models.calendar.zone import COUNTRY_ZONE

DOUBTFUL_AFTER: Final = timedelta(seconds=2)
BROKEN_AFTER: Final = timedelta(seconds=30)
_SECTION: Final = "Clocks"
_POLLED: Final = timedelta(seconds=3)
"""A server takes nobody in who waits for less than two."""
_ANSWER_SECONDS: Final = 10.0
_SINCE_2024: Final = timedelta(hours=5)


def agreement(whose: str, there: datetime, before: datetime, after: datetime) -> Finding:
    """What a clock that was read between two moments of ours says of both."""
    off = max(there - after, before - there, timedelta(0))
    seconds = off.total_seconds()
    if off <= DOUBTFUL_AFTER:
        return sound("clock", f"This machine's clock and {whose}'s agree.")
    said = f"This machine's clock and {whose}'s are {seconds:.1f} s apart."
    todo = "Have both machines' clocks set by NTP (chrony, systemd-timesyncd), then look again."
    return (broken if off > BROKEN_AFTER else doubtful)("clock", said, todo, _SECTION)


async def database_clock(sessions: Sessions) -> Finding:
    """PostgreSQL's. Raises SQLAlchemyError."""
    async with sessions() as session:
        await session.exec(select(func.now()))  # a connection is made before the clock is read
        before = datetime.now(UTC)
        there: datetime = (await session.exec(select(func.clock_timestamp()))).one()
        after = datetime.now(UTC)
    return agreement("PostgreSQL", there, before, after)


async def temporal_clock(client: Client) -> Finding:
    """Temporal's: it notes when somebody asks a queue for work. This queue is nobody's and soon forgotten."""
    queue = TaskQueue(name=f"doctor-{uuid4().hex}")
    before = datetime.now(UTC)
    try:
        asked = PollActivityTaskQueueRequest(namespace=client.namespace, task_queue=queue, identity="doctor")
        await within(_ANSWER_SECONDS, _polled(client, asked), "a queue is asked")
        described = await within(
            _ANSWER_SECONDS,
            client.workflow_service.describe_task_queue(
                DescribeTaskQueueRequest(
                    namespace=client.namespace,
                    task_queue=queue,
                    task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
                )
            ),
            "a queue is described",
        )
    except (RPCError, TimeoutError) as fault:
        return doubtful(
            "clock", f"Temporal's clock could not be read ({type(fault).__name__}).", "Look again.", _SECTION
        )
    seen = [poller.last_access_time.ToDatetime(UTC) for poller in described.pollers]
    if not seen:
        return doubtful(
            "clock", "Temporal's clock could not be read: it notes nothing.", "Look again.", _SECTION
        )
    return agreement("Temporal", max(seen), before, datetime.now(UTC))


async def _polled(client: Client, asked: PollActivityTaskQueueRequest) -> None:
    """There is no work: the server would keep us waiting for a minute."""
    try:
        await client.workflow_service.poll_activity_task_queue(asked, timeout=_POLLED)
    except RPCError:
        return


def zone_data() -> Finding:
    """The country has had one time, UTC+5, since 1 March 2024."""
    off = datetime(2024, 3, 2, tzinfo=UTC).astimezone(COUNTRY).utcoffset()
    if off == _SINCE_2024:
        return sound("zone", f"{COUNTRY_ZONE} is UTC+5, as since 1 March 2024.")
    return broken(
        "zone",
        f"The zone data says {COUNTRY_ZONE} is UTC{off}: every deadline comes at the wrong hour.",
        "Install the locked packages anew: tzdata is older than 2024.",
        _SECTION,
    )


async def clocks(sessions: Sessions, client: Client | None) -> Sequence[Finding]:
    """All of it; a store that is away is told by others."""
    found = [zone_data()]
    with suppress(SQLAlchemyError, OSError):
        found.append(await database_clock(sessions))
    if client is not None:
        found.append(await temporal_clock(client))
    return found
