"""What is kept of a webhook: checked before it is written, its secret sealed."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from sqlmodel.ext.asyncio.session import AsyncSession

from activities.encryption.sealed_text import NoKey, SealedTexts
from activities.feed.reading import newest
from activities.webhooks.addresses import NotPermitted, UnusableAddress, target_of
from activities.webhooks.hooks import purpose_of
from activities.webhooks.signing import new_secret
from api.access.auth import Caller
from api.problems.problem import Failed, ProblemCode, conflict, invalid, not_found
from api.services.services import Services
from models.settings.webhook_hosts import hosts_written
from models.tables.accounts import AccountRow
from models.tables.webhooks import WebhookRow
from models.vocabulary.procedure import Id
from models.vocabulary.webhooks import FORMER_SECRET, WebhookState


class Wanted(Protocol):
    """What somebody wants of a webhook."""

    @property
    def label(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def types(self) -> Collection[str]: ...
    @property
    def reads_as(self) -> Id: ...
    @property
    def active(self) -> bool: ...


async def known_webhook(session: AsyncSession, webhook: Id, *, for_update: bool = False) -> WebhookRow:
    """Raises Failed (404)."""
    row = await session.get(WebhookRow, webhook, with_for_update=True if for_update else None)
    if row is None:
        raise not_found(ProblemCode.ITEM_UNKNOWN, item=webhook)
    return row


async def registered(
    session: AsyncSession, services: Services, webhook: Id, wanted: Wanted, caller: Caller, now: datetime
) -> tuple[WebhookRow, str]:
    """A new one, and its secret. Raises Failed: 422 for an address or account that will not do, 409 without a
    key to seal with."""
    await _fits(session, services, wanted)
    secret = new_secret()
    row = WebhookRow(
        id=webhook,
        label=wanted.label,
        url=wanted.url,
        types=sorted(wanted.types),
        reads_as=wanted.reads_as,
        state=_state(wanted).value,
        secret=_sealed(services, secret, webhook),
        position=await newest(session),
        registered_by=caller.account,
        registered_at=now,
        changed_at=now,
    )
    session.add(row)
    await session.flush()
    return row, secret


async def changed(
    session: AsyncSession, services: Services, row: WebhookRow, wanted: Wanted, now: datetime
) -> None:
    """As it is wanted now; it goes on from where it stands. Raises Failed (422)."""
    await _fits(session, services, wanted)
    row.label, row.url, row.types = wanted.label, wanted.url, sorted(wanted.types)
    row.reads_as, row.state, row.changed_at = wanted.reads_as, _state(wanted).value, now
    session.add(row)
    await session.flush()


async def renewed(session: AsyncSession, services: Services, row: WebhookRow, now: datetime) -> None:
    """Another secret; the one before signs beside it for a while. Raises Failed (409)."""
    row.former_secret, row.former_until = row.secret, now + FORMER_SECRET
    row.secret, row.changed_at = _sealed(services, new_secret(), row.id), now
    session.add(row)
    await session.flush()


def secret_of(services: Services, row: WebhookRow) -> str:
    """The secret in the clear, for whoever has just had it made. Raises Failed (409)."""
    try:
        return _seals(services).open(row.secret, purpose_of(row.id))
    except NoKey:
        raise conflict(ProblemCode.WEBHOOK_KEY_MISSING) from None


def _seals(services: Services) -> SealedTexts:
    return SealedTexts(services.settings.keys_of_payloads())


def _sealed(services: Services, secret: str, webhook: Id) -> str:
    try:
        return _seals(services).seal(secret, purpose_of(webhook))
    except NoKey:
        raise conflict(ProblemCode.WEBHOOK_KEY_MISSING) from None


def _state(wanted: Wanted) -> WebhookState:
    return WebhookState.ACTIVE if wanted.active else WebhookState.STOPPED


async def _fits(session: AsyncSession, services: Services, wanted: Wanted) -> None:
    problem = _unfit(wanted.url, hosts_written(services.settings.webhook_private_hosts))
    if problem is not None:
        raise problem
    account = await session.get(AccountRow, wanted.reads_as)
    if account is None or not account.active:
        raise invalid(ProblemCode.ACCOUNT_UNKNOWN, "/reads_as", account=wanted.reads_as)


def _unfit(url: str, permitted: frozenset[str]) -> Failed | None:
    try:
        target_of(url, permitted)
    except NotPermitted:
        return invalid(ProblemCode.WEBHOOK_ADDRESS_INSIDE, "/url")
    except UnusableAddress:
        return invalid(ProblemCode.WEBHOOK_ADDRESS_UNUSABLE, "/url")
    return None
