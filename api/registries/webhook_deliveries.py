"""Deliveries that somebody asks for: a test, one message again, everything from a moment on."""

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from temporalio.service import RPCError

from activities.feed.reading import position_before
from activities.webhooks.delivering import message_of
from activities.webhooks.hooks import set_back
from activities.webhooks.keeping import begin_delivery
from api.problems.problem import Failed, ProblemCode, conflict, not_found, unavailable
from api.services.services import Services
from api.services.temporal import TemporalDown
from models.tables.webhooks import WebhookDeliveryRow, WebhookRow
from models.vocabulary.procedure import Id
from models.vocabulary.webhooks import WebhookOrder, WebhookState

RETRY_SECONDS = 5


async def deliver_test(services: Services, row: WebhookRow, key: Id) -> Id:
    """The message's id. Raises Failed (503)."""
    message = message_of(row.id, f"test/{key}")
    order = WebhookOrder(webhook=row.id, message=message)
    await _begun(services, f"webhook/{row.id}/test/{key}", order)
    return message


async def deliver_again(
    services: Services, session: AsyncSession, row: WebhookRow, message: Id, key: Id
) -> None:
    """Raises Failed: 404 for a message that the log does not know, 409 where nothing is delivered, 503."""
    _is_active(row)
    known = select(WebhookDeliveryRow.position).where(
        WebhookDeliveryRow.webhook == row.id,
        WebhookDeliveryRow.message == message,
        col(WebhookDeliveryRow.position).is_not(None),
    )
    position = (await session.exec(known.limit(1))).first()
    if position is None:
        raise not_found(ProblemCode.ITEM_UNKNOWN, item=message)
    await session.commit()  # no connection is held while Temporal is asked
    order = WebhookOrder(webhook=row.id, message=message, position=position)
    await _begun(services, f"webhook/{row.id}/again/{key}/{message}", order)


async def deliver_from(session: AsyncSession, row: WebhookRow, since: datetime, now: datetime) -> None:
    """Set it back in the feed; the keeper begins anew from there. Raises Failed (409)."""
    _is_active(row)
    before = await position_before(session, since)
    set_back(row, before)
    row.changed_at = now
    session.add(row)
    await session.flush()


def _is_active(row: WebhookRow) -> None:
    if row.state != WebhookState.ACTIVE:
        raise conflict(ProblemCode.WEBHOOK_NOT_ACTIVE)


async def _begun(services: Services, workflow_id: str, order: WebhookOrder) -> None:
    try:
        await begin_delivery(await services.temporal.client(), workflow_id, order)
    except (TemporalDown, RPCError, TimeoutError):
        raise _later() from None


def _later() -> Failed:
    return unavailable(ProblemCode.UNAVAILABLE, RETRY_SECONDS)
