"""Webhooks: addresses of other systems that events are delivered to, kept by administrators."""

from datetime import datetime
from typing import Annotated

from fastapi import Path
from pydantic import AwareDatetime, Field, model_validator
from sqlmodel import col, select

from api.access.auth import Caller
from api.access.routing import account_router, permit_account
from api.commands.idempotency import Key
from api.commands.registering import registered_once
from api.http.deps import Now, Session
from api.http.pagination import Cursor, Limit, Page, id_before, numbered_page
from api.http.requests import Line, RequestBody
from api.problems.problem import documented
from api.registries.webhook_deliveries import deliver_again, deliver_from, deliver_test
from api.registries.webhooks import changed, known_webhook, registered, renewed, secret_of
from api.services.services import AnyServices
from models.tables.webhooks import WebhookDeliveryRow, WebhookRow
from models.timeline.cloud_events import EventTypeName
from models.vocabulary.access import Action
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id
from models.vocabulary.webhooks import Reception, WebhookState

router = account_router("events", "/registry/webhooks", documented(404))
WebhookInPath = Annotated[Id, Path(examples=["records-system"])]


class Webhook(Model):
    """An address that events are delivered to."""

    id: Id
    label: str
    url: str
    types: tuple[str, ...] = Field(description="Of these types only; every type where there are none.")
    reads_as: Id = Field(description="The account whose reading decides which events are delivered.")
    state: WebhookState
    former_secret_until: datetime | None = Field(description="Until then the secret before signs, too.")
    registered_by: Id
    registered_at: datetime
    changed_at: datetime


class RegisteredWebhook(Webhook):
    """The same as it was just registered or changed."""

    secret: str | None = Field(default=None, description="Shown once, when it is made.", examples=["whsec_…"])


class WebhookSecret(Model):
    """A new secret. It cannot be had again."""

    secret: str = Field(examples=["whsec_…"])
    former_until: datetime = Field(description="Until then deliveries are signed by the secret before, too.")


class WebhookBody(RequestBody):
    """Where to, what, and by whose reading."""

    label: Line = Field(examples=["Құжат айналымы жүйесі"])
    url: str = Field(
        min_length=1,
        max_length=2_000,
        examples=["https://records.example.kz/hooks/monitoring"],
        description="https. Addresses inside a network only where the operator permits their host.",
    )
    types: set[EventTypeName] = Field(
        default_factory=set,
        max_length=100,
        description="Of these types only; every type unless one is named.",
    )
    reads_as: Id = Field(examples=["a-uo-auditor"])
    active: bool = True
    reason: Line = Field(description="Why the registry changes.")


class WebhookReplay(RequestBody):
    """What is to be delivered again: one message, or everything recorded from an instant on."""

    message: Id | None = Field(default=None, description="A message's id, as the log of deliveries has it.")
    since: AwareDatetime | None = Field(default=None, examples=["2026-11-23T10:00:00Z"])

    @model_validator(mode="after")
    def _one_of_them(self) -> "WebhookReplay":
        if (self.message is None) == (self.since is None):
            raise ReplayOfOne
        return self


class ReplayOfOne(ValueError):
    """A message, or an instant."""

    code = "replay_of_one"


class WebhookBegun(Model):
    """What was begun; what came of it is in the log of deliveries."""

    message: Id | None = Field(description="Of a test or of one message.")


class WebhookDelivery(Model):
    """One try of a delivery. Nothing of what was answered is kept but its status."""

    id: int
    message: Id = Field(description="`webhook-id`: the same for every try and every replay of an event.")
    type: str
    event: str = Field(description="The event's id; empty for a test.")
    attempt: int
    reception: Reception
    status: int | None
    milliseconds: int
    at: datetime


@router.get("")
async def list_webhooks(
    caller: Annotated[Caller, permit_account(Action.WRITE_REGISTRIES)], session: Session
) -> tuple[Webhook, ...]:
    """All webhooks by their labels."""
    rows = await session.exec(select(WebhookRow).order_by(col(WebhookRow.label), col(WebhookRow.id)))
    return tuple(map(view_of, rows))


@router.get("/{webhook}")
async def read_webhook(
    webhook: WebhookInPath,
    caller: Annotated[Caller, permit_account(Action.WRITE_REGISTRIES)],
    session: Session,
) -> Webhook:
    """One webhook."""
    return view_of(await known_webhook(session, webhook))


@router.put("/{webhook}", responses=documented(409))
async def register_webhook(
    webhook: WebhookInPath,
    body: WebhookBody,
    caller: Annotated[Caller, permit_account(Action.WRITE_REGISTRIES)],
    session: Session,
    services: AnyServices,
    key: Key,
    now: Now,
) -> RegisteredWebhook:
    """Register an address, or change it, or stop it by `active: false`. A new one is told of what happens
    from now on, and its secret is shown this once.

    A disabled one is delivered to again with `active: true`, from where it stopped.
    """
    made: list[str] = []

    async def change() -> Webhook:
        row = await session.get(WebhookRow, webhook, with_for_update=True)
        if row is None:
            row, secret = await registered(session, services, webhook, body, caller, now)
            made.append(secret)
        else:
            await changed(session, services, row, body, now)
        return view_of(row)

    done = await registered_once(session, key, caller, "register_webhook", now, Webhook, change)
    return RegisteredWebhook(**done.model_dump(), secret=made[0] if made else None)


@router.post("/{webhook}/secret", responses=documented(409))
async def renew_webhook_secret(
    webhook: WebhookInPath,
    caller: Annotated[Caller, permit_account(Action.WRITE_REGISTRIES)],
    session: Session,
    services: AnyServices,
    key: Key,
    now: Now,
) -> WebhookSecret:
    """Make a new secret, shown this once. For 24 hours deliveries are signed by both.

    Sent again with the same key it answers with the same secret.
    """
    row = await known_webhook(session, webhook, for_update=True)

    async def change() -> Webhook:
        await renewed(session, services, row, now)
        return view_of(row)

    await registered_once(session, key, caller, "renew_webhook_secret", now, Webhook, change)
    assert row.former_until is not None, "it was renewed, now or before"
    return WebhookSecret(secret=secret_of(services, row), former_until=row.former_until)


@router.post("/{webhook}/test", responses=documented(503))
async def test_webhook(
    webhook: WebhookInPath,
    caller: Annotated[Caller, permit_account(Action.WRITE_REGISTRIES)],
    session: Session,
    services: AnyServices,
    key: Key,
) -> WebhookBegun:
    """Deliver an event of the type `monitoring.webhook_tested`, which tells of nothing."""
    row = await known_webhook(session, webhook)
    await session.commit()  # no connection is held while Temporal is asked
    return WebhookBegun(message=await deliver_test(services, row, key.id))


@router.post("/{webhook}/replays", responses=documented(409, 503))
async def replay_webhook(
    webhook: WebhookInPath,
    body: WebhookReplay,
    caller: Annotated[Caller, permit_account(Action.WRITE_REGISTRIES)],
    session: Session,
    services: AnyServices,
    key: Key,
    now: Now,
) -> WebhookBegun:
    """Deliver again: one message, or everything recorded from an instant on. Their ids stay as they were."""
    row = await known_webhook(session, webhook, for_update=body.since is not None)
    if body.message is not None:
        await deliver_again(services, session, row, body.message, key.id)
        return WebhookBegun(message=body.message)
    since = body.since
    assert since is not None, "one of the two is given"

    async def change() -> WebhookBegun:
        await deliver_from(session, row, since, now)
        return WebhookBegun(message=None)

    return await registered_once(session, key, caller, "replay_webhook", now, WebhookBegun, change)


@router.get("/{webhook}/deliveries")
async def list_webhook_deliveries(
    webhook: WebhookInPath,
    caller: Annotated[Caller, permit_account(Action.WRITE_REGISTRIES)],
    session: Session,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[WebhookDelivery]:
    """The log of deliveries of 90 days, newest first."""
    await known_webhook(session, webhook)
    found = select(WebhookDeliveryRow).where(WebhookDeliveryRow.webhook == webhook)
    if cursor is not None:
        found = found.where(col(WebhookDeliveryRow.id) < id_before(cursor))
    rows = list(await session.exec(found.order_by(col(WebhookDeliveryRow.id).desc()).limit(limit + 1)))
    return numbered_page([WebhookDelivery.model_validate(row, from_attributes=True) for row in rows], limit)


def view_of(row: WebhookRow) -> Webhook:
    """A webhook without its secrets."""
    known = row.model_dump(exclude={"secret", "former_secret", "former_until", "position", "round"})
    return Webhook(**known, former_secret_until=row.former_until)
