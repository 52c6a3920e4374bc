"""One try of a delivery, and what is done when the last one was in vain."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession
from temporalio import activity

from activities.database.sessions import Sessions, reads_of
from activities.encryption.sealed_text import SealedTexts
from activities.feed.reading import event_at
from activities.registries.local_day import local_day
from activities.webhooks.disabling import disable
from activities.webhooks.hooks import purpose_of, reader_of, set_back
from activities.webhooks.posting import Answer, post
from activities.webhooks.signing import signed_headers
from models.settings.environment import Settings
from models.settings.webhook_hosts import hosts_written
from models.tables.webhooks import WebhookDeliveryRow, WebhookRow
from models.timeline.cloud_events import TESTED, CloudEvent
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id
from models.vocabulary.webhooks import Reception, WebhookOrder, WebhookState, WebhookTried, WebhookTry

CONTENT_TYPE: Final = "application/cloudevents+json"
_ENDED: Final = WebhookTried(over=True)


class Tested(Model):
    """What a test delivery brings: an event that tells of no proceeding."""

    specversion: str = "1.0"
    id: str
    source: str
    type: str = TESTED
    time: datetime


def message_of(webhook: Id, event: str) -> Id:
    """The id under which an event is delivered to an address: the same whenever it is delivered."""
    return f"msg_{hashlib.sha256(f'{webhook} {event}'.encode()).hexdigest()[:32]}"


class WebhookDeliveries:
    """Delivers, and writes down what came of it. `clock` is a parameter so that tests need not wait."""

    def __init__(
        self,
        sessions: Sessions,
        settings: Settings,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._sessions = sessions
        self._reads = reads_of(sessions)
        self._settings = settings
        self._sealed = SealedTexts(settings.keys_of_payloads())
        self._permitted = hosts_written(settings.webhook_private_hosts)
        self._clock = clock

    @activity.defn
    async def deliver_webhook(self, tried: WebhookTry) -> WebhookTried:
        """Try once. A test is delivered to an address that is stopped, too: it is tried before it is used."""
        order = tried.order
        async with self._sessions() as session:
            hook = await session.get(WebhookRow, order.webhook)
        if hook is None:
            return _ENDED
        if order.position is not None and hook.state != WebhookState.ACTIVE:
            await self._left_for_later(order)
            return _ENDED
        event = await self._event(hook, order)
        if event is None:
            return _ENDED  # whoever reads for it is not told of it any more
        body = event.model_dump_json(exclude_none=True).encode()
        now = self._clock()
        signed = signed_headers(order.message, now, body, self._secrets(hook, now))
        answer = await post(hook.url, body, {"Content-Type": CONTENT_TYPE, **signed}, self._permitted)
        await self._written(hook, tried, event, answer, now)
        over = answer.reception in {Reception.TAKEN, Reception.GONE}
        return WebhookTried(over=over, reception=answer.reception)

    @activity.defn
    async def give_up_webhook(self, order: WebhookOrder) -> WebhookTried:
        """The last try was in vain. Where nothing else was taken meanwhile the address is disabled, and
        whoever registered it is told; one message alone that is not taken disables nothing."""
        async with self._sessions.begin() as session:
            hook = await session.get(WebhookRow, order.webhook, with_for_update=True)
            if hook is not None and order.position is not None and not await _taken_since(session, order):
                set_back(hook, order.position - 1)
                await disable(session, hook, self._clock())
        return _ENDED

    async def _left_for_later(self, order: WebhookOrder) -> None:
        """What is not tried while nothing is delivered is begun again when it is."""
        async with self._sessions.begin() as session:
            hook = await session.get(WebhookRow, order.webhook, with_for_update=True)
            if hook is not None and order.position is not None:
                set_back(hook, order.position - 1)
                session.add(hook)

    async def _event(self, hook: WebhookRow, order: WebhookOrder) -> CloudEvent | Tested | None:
        now, url = self._clock(), self._settings.public_url
        if order.position is None:
            return Tested(id=order.message, source=url.rstrip("/"), time=now)
        async with self._reads() as session:
            reader = await reader_of(session, hook, local_day(now))
            if reader is None:
                return None
            return await event_at(session, url, reader, order.position, local_day(now))

    def _secrets(self, hook: WebhookRow, now: datetime) -> tuple[str, ...]:
        purpose = purpose_of(hook.id)
        kept = [hook.secret]
        if hook.former_secret and hook.former_until is not None and now < hook.former_until:
            kept.append(hook.former_secret)
        return tuple(self._sealed.open(each, purpose) for each in kept)

    async def _written(
        self, hook: WebhookRow, tried: WebhookTry, event: CloudEvent | Tested, answer: Answer, now: datetime
    ) -> None:
        row = WebhookDeliveryRow(
            webhook=hook.id,
            message=tried.order.message,
            position=tried.order.position,
            type=event.type,
            event=event.id if tried.order.position is not None else "",
            attempt=tried.attempt,
            reception=answer.reception.value,
            status=answer.status,
            milliseconds=answer.milliseconds,
            at=now,
        )
        async with self._sessions.begin() as session:
            session.add(row)
            if answer.reception is Reception.GONE:
                known = await session.get(WebhookRow, hook.id, with_for_update=True)
                assert known is not None, "it was read a moment ago, and none is deleted"
                await disable(session, known, now)


async def _taken_since(session: AsyncSession, order: WebhookOrder) -> bool:
    """Whether anything was taken since the message was tried first."""
    first = select(func.min(WebhookDeliveryRow.id)).where(
        WebhookDeliveryRow.webhook == order.webhook, WebhookDeliveryRow.message == order.message
    )
    taken = select(WebhookDeliveryRow.id).where(
        WebhookDeliveryRow.webhook == order.webhook,
        WebhookDeliveryRow.reception == Reception.TAKEN.value,
        col(WebhookDeliveryRow.id) > first.scalar_subquery(),
    )
    return (await session.exec(taken.limit(1))).first() is not None
