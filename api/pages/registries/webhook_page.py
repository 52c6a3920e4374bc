"""Where events are delivered to: the list, and of each address how it stands, what is done, its log."""

import hashlib
from http import HTTPStatus
from typing import Annotated, Final
from uuid import uuid4

from fastapi import Form, Response
from fastapi.responses import RedirectResponse

from api.commands.idempotency import RequestKey
from api.history.words import type_name
from api.pages.forms.form import Line as Said
from api.pages.registries.lists import Cell, Keeping, Table, listed
from api.pages.registries.registry_form import RegistrySitting, row_about
from api.pages.registries.webhooks import accounts_said
from api.pages.site.origin import check_origin
from api.pages.site.rendering import page
from api.pages.site.routing import Reads, page_router
from api.routes.webhooks import (
    WebhookDelivery,
    WebhookReplay,
    list_webhook_deliveries,
    list_webhooks,
    renew_webhook_secret,
    replay_webhook,
    test_webhook,
)
from locales.catalogue import text
from locales.dates import say_instant
from locales.terms import term
from models.commands.command import command_id
from models.tables.webhooks import WebhookRow
from models.timeline.cloud_events import PREFIX
from models.vocabulary.procedure import Id, Language
from models.vocabulary.web import host_of
from models.vocabulary.webhooks import WebhookState

router = page_router()
HERE: Final = "/staff/webhooks"
_SHOWN: Final = 50
_DONE: Final = frozenset({"tested", "replayed"})
_KEY: Final = "page.registries.webhook_page"
SentKey = Annotated[str, Form(max_length=64, pattern=r"^[0-9a-f]{32}$")]
Message = Annotated[Id, Form()]


@router.api_route(HERE, methods=Reads)
async def webhooks(sitting: Keeping) -> Response:
    """By their labels."""
    rows = tuple(
        (
            Cell(said=each.label, address=f"{HERE}/{each.id}"),
            Cell(said=host_of(each.url)),
            Cell(said=term(sitting.language, each.state)),
        )
        for each in await list_webhooks(sitting.caller, sitting.session)
    )
    return listed(sitting, "webhooks", ("label", "host", "state"), rows, HERE, ("new_webhook",))


@router.api_route(f"{HERE}/{{about}}", methods=Reads)
async def webhook(sitting: Keeping) -> Response:
    """How it stands, and its last deliveries."""
    return await _shown(sitting)


@router.post(f"{HERE}/{{about}}/secret")
async def make_secret(sitting: Keeping, key: SentKey) -> Response:
    """A new secret, shown once; pressed twice it is the same."""
    check_origin(sitting.request, sitting.services.settings)
    await row_about(sitting, WebhookRow)
    made = await renew_webhook_secret(
        sitting.about, sitting.caller, sitting.session, sitting.services, _key(sitting, key), sitting.now
    )
    return await _shown(sitting, secret=made.secret)


@router.post(f"{HERE}/{{about}}/test")
async def test_delivery(sitting: Keeping, key: SentKey) -> Response:
    """A test is on its way; what came of it is in the log in a moment."""
    check_origin(sitting.request, sitting.services.settings)
    await row_about(sitting, WebhookRow)
    await test_webhook(sitting.about, sitting.caller, sitting.session, sitting.services, _key(sitting, key))
    return _back(sitting, "tested")


@router.post(f"{HERE}/{{about}}/replay")
async def replay_delivery(sitting: Keeping, key: SentKey, message: Message) -> Response:
    """One message is delivered again."""
    check_origin(sitting.request, sitting.services.settings)
    await row_about(sitting, WebhookRow)
    body = WebhookReplay(message=message)
    await replay_webhook(
        sitting.about,
        body,
        sitting.caller,
        sitting.session,
        sitting.services,
        _key(sitting, key),
        sitting.now,
    )
    return _back(sitting, "replayed")


def _key(sitting: RegistrySitting, given: str) -> RequestKey:
    """Of what a button of this page asks; pressed twice it is asked once."""
    asked = hashlib.sha256(sitting.request.url.path.encode()).hexdigest()
    return RequestKey(key=given, id=command_id(sitting.caller.account, given), sha256=asked)


def _back(sitting: RegistrySitting, done: str) -> Response:
    address = f"{HERE}/{sitting.about}?lang={sitting.language.value}&done={done}"
    return RedirectResponse(address, HTTPStatus.SEE_OTHER)


async def _shown(sitting: RegistrySitting, *, secret: str = "") -> Response:
    language, row = sitting.language, await row_about(sitting, WebhookRow)
    done = sitting.request.query_params.get("done", "")
    log = await list_webhook_deliveries(row.id, sitting.caller, sitting.session, limit=_SHOWN)
    types = ", ".join(_type_said(language, each) for each in row.types) or text(
        language, f"{_KEY}.every_type"
    )
    readers = await accounts_said(sitting, {row.reads_as})
    until = row.former_until if row.former_until and sitting.now < row.former_until else None
    said = {
        "url": row.url,
        "event_types": types,
        "reads_as": readers.get(row.reads_as, row.reads_as),
        "state": term(language, WebhookState(row.state)),
        **({"former_until": say_instant(language, until)} if until else {}),
    }
    return page(
        "registries/webhook.html",
        language,
        headers={"Cache-Control": "no-store"},
        here=f"{HERE}/{row.id}",
        menu=sitting.menu,
        back=f"{HERE}?lang={language.value}",
        title=row.label,
        lines=[
            Said(label=text(language, f"page.registries.field.{name}"), value=each)
            for name, each in said.items()
        ],
        active=row.state == WebhookState.ACTIVE,
        secret=secret,
        done=done if done in _DONE else "",
        key=uuid4().hex,
        change=f"{HERE}/{row.id}/change",
        table=Table(
            columns=("at", "event_type", "attempt", "reception", "milliseconds"),
            rows=tuple(_told(sitting, each) for each in log.items),
        ),
        messages=tuple(each.message if each.event else "" for each in log.items),
        further=log.next_cursor is not None,
    )


def _told(sitting: RegistrySitting, each: WebhookDelivery) -> tuple[Cell, ...]:
    came = term(sitting.language, each.reception)
    return (
        Cell(said=say_instant(sitting.language, each.at)),
        Cell(said=_type_said(sitting.language, each.type)),
        Cell(said=str(each.attempt)),
        Cell(said=f"{came} ({each.status})" if each.status else came),
        Cell(said=str(each.milliseconds)),
    )


def _type_said(language: Language, kind: str) -> str:
    """What it is called, and the word by which other systems and the form know it."""
    word = kind.removeprefix(PREFIX)
    name = type_name(language, word)
    return word if name == word else f"{name} ({word})"
