"""Begins deliveries: compares how far each address is with the feed, and begins a run for each event between.

What is compared is what is (decision 0011): an event recorded while no worker ran is found by the next look.
"""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, delete, func, select
from temporalio.client import Client
from temporalio.common import WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError

from activities.database.sessions import Sessions, reads_of
from activities.feed.reading import Asked, Batch, read_events
from activities.observing.codes import LogCode
from activities.observing.logs import Log
from activities.registries.local_day import local_day
from activities.webhooks.delivering import message_of
from activities.webhooks.hooks import reader_of
from models.settings.environment import Settings
from models.tables.journal import EntryRow
from models.tables.webhooks import WebhookDeliveryRow, WebhookRow
from models.vocabulary.procedure import Id
from models.vocabulary.queues import Queue
from models.vocabulary.webhooks import LOG_KEPT, WebhookOrder, WebhookState

WORKFLOW: Final = "WebhookDeliveryWorkflow"
LOOK_EVERY_SECONDS: Final = 1.0
AT_A_TIME: Final = 50
"""Deliveries begun for one address before the next one has its turn."""
_FORGET_EVERY: Final = 3_600
log = Log(__name__)


class WebhookKeeper:
    """The keeper beside the webhooks' worker. Several may run: a row is one's at a time."""

    def __init__(
        self,
        client: Client,
        sessions: Sessions,
        settings: Settings,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._client = client
        self._sessions = sessions
        self._reads = reads_of(sessions)
        self._url = settings.public_url
        self._clock = clock
        self._looks = 0

    async def keep_beginning(self, every_seconds: float = LOOK_EVERY_SECONDS) -> None:
        """Look until cancelled; a store that is away is waited for."""
        while True:
            try:
                while await self.look():
                    pass
                if self._looks % _FORGET_EVERY == 0:
                    await self._forget()
                self._looks += 1
            except (SQLAlchemyError, RPCError, OSError) as fault:
                log.warning(LogCode.WEBHOOKS_LATE, fault=type(fault).__name__)
            await asyncio.sleep(every_seconds)

    async def look(self) -> bool:
        """Begin what is due at each address; whether there is more."""
        async with self._reads() as session:
            newest = select(func.max(EntryRow.position)).scalar_subquery()
            behind = select(WebhookRow.id).where(
                WebhookRow.state == WebhookState.ACTIVE.value, col(WebhookRow.position) < newest
            )
            due = list(await session.exec(behind.order_by(col(WebhookRow.id))))
        return any([await self._begin(each) for each in due])

    async def _begin(self, webhook: Id) -> bool:
        async with self._sessions.begin() as session:
            held = select(WebhookRow).where(
                WebhookRow.id == webhook, WebhookRow.state == WebhookState.ACTIVE.value
            )
            hook = (await session.exec(held.with_for_update(skip_locked=True))).first()
            if hook is None:
                return False
            batch = await self._next(hook)
            for each in batch.events:
                order = WebhookOrder(
                    webhook=webhook, message=message_of(webhook, each.event.id), position=each.position
                )
                workflow_id = f"webhook/{webhook}/{hook.round}/{each.position}"
                await begin_delivery(self._client, workflow_id, order)
            hook.position = batch.through
            session.add(hook)
        return len(batch.events) == AT_A_TIME

    async def _next(self, hook: WebhookRow) -> Batch:
        today = local_day(self._clock())
        async with self._reads() as session:
            reader = await reader_of(session, hook, today)
            if reader is None:
                return Batch((), hook.position)
            asked = Asked(after=hook.position, most=AT_A_TIME, types=hook.types)
            return await read_events(session, self._url, reader, asked, today)

    async def _forget(self) -> None:
        """What came of deliveries long ago."""
        async with self._sessions.begin() as session:
            before = self._clock() - LOG_KEPT
            await session.exec(delete(WebhookDeliveryRow).where(col(WebhookDeliveryRow.at) < before))


async def begin_delivery(client: Client, workflow_id: str, order: WebhookOrder) -> None:
    """A run of its own for each delivery, once under an id. Raises RPCError."""
    try:
        await client.start_workflow(
            WORKFLOW,
            order,
            id=workflow_id,
            task_queue=Queue.WEBHOOKS.value,
            id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
            static_summary=f"{order.webhook} ← {order.message}",
        )
    except WorkflowAlreadyStartedError:
        return  # begun before, and the row was not written
