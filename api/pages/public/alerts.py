"""Alerts by mail of what a search finds: asked for under the list, confirmed and ended by links of letters.

Whoever asks is answered in the same words after the same work, whatever is on record of the address. `GET`
shows a button: programs that look through mail open links and press none. One press of a mail program
(RFC 8058) comes from elsewhere and ends alerts all the same: its link is what it may do so by.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from http import HTTPStatus
from typing import Annotated, Final

from fastapi import Path, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import TypeAdapter, ValidationError

from activities.correspondence.alerts.letters import PATH
from activities.correspondence.alerts.links import AlertLink, subscription_in
from activities.correspondence.alerts.subscriptions import (
    CONFIRM_HOURS,
    ask,
    confirm,
    end,
    search_of,
    waiting_or_begun,
)
from activities.published.narrowing import regions_today
from activities.published.said import Crumb, SearchWords
from activities.sign_in.accounts import address_sha256
from api.access.routing import public
from api.http.bodies import address_of
from api.http.contacts import Email
from api.http.deps import Now, Session, Today
from api.pages.site.origin import check_origin
from api.pages.site.rendering import page
from api.pages.site.routing import Reads, page_router, readers_language
from api.services.limits import TooMany
from api.services.services import AnyServices
from api.services.shared_pace import ALERTS_FROM, ALERTS_TO, DAY, no_more_than
from models.monitoring.published_search import Filters, asked_by
from models.tables.alerts import AlertSubscriptionRow

router = page_router()
_ADDRESS: Final = TypeAdapter(Email)
_MOST_FIELDS: Final = 12
Token = Annotated[str, Path(max_length=120)]


class AlertFault(StrEnum):
    """Why nothing was asked for: `page.alerts.fault.<fault>` in the catalogues."""

    ADDRESS_MISSING = "address_missing"
    ADDRESS_WRONG = "address_wrong"
    ADDRESS_TOO_OFTEN = "address_too_often"


class Standing(StrEnum):
    """What a link of a letter is worth: `page.alerts.<link>.<standing>.title` and `.text`."""

    OPEN = "open"
    DONE = "done"
    OVER = "over"
    TOO_MANY = "too_many"


_STATUS: Final = {
    AlertFault.ADDRESS_MISSING: HTTPStatus.UNPROCESSABLE_ENTITY,
    AlertFault.ADDRESS_WRONG: HTTPStatus.UNPROCESSABLE_ENTITY,
    AlertFault.ADDRESS_TOO_OFTEN: HTTPStatus.TOO_MANY_REQUESTS,
}
_STANDING: Final = {Standing.OVER: HTTPStatus.GONE, Standing.TOO_MANY: HTTPStatus.CONFLICT}


@dataclass(frozen=True)
class AlertsAsked:
    """The form: of which search, and what was typed."""

    search: dict[str, str]
    address: str = ""
    fault: str = ""
    hours: int = field(default=CONFIRM_HOURS)


def alerts_asked(filters: Filters) -> AlertsAsked:
    """The form under a list; its order is nothing that letters have."""
    return AlertsAsked({name: value for name, value in filters.given.items() if name != "sort"})


@router.api_route(PATH, methods=Reads, dependencies=[public()])
async def show_alerts(request: Request, session: Session, today: Today) -> Response:
    """The form by itself, for the search in the address."""
    filters = asked_by(request.query_params)
    return await _form(request, session, today, filters, alerts_asked(filters))


@router.post(PATH, dependencies=[public()])
async def ask_alerts(
    request: Request, services: AnyServices, session: Session, today: Today, now: Now
) -> Response:
    """Keep what is wanted: the letter asks whoever reads the address whether it is."""
    check_origin(request, services.settings)
    form = await request.form(max_files=0, max_fields=_MOST_FIELDS, max_part_size=4_096)
    given = {name: value for name, value in form.items() if isinstance(value, str)}
    filters, typed = asked_by(given), given.get("address", "").strip()
    fault: AlertFault | None = None
    headers: dict[str, str] = {}
    if not typed:
        fault = AlertFault.ADDRESS_MISSING
    else:
        try:
            address = _ADDRESS.validate_python(typed)
            whose = f"alerts/{address_of(request)}", f"alerts/{address_sha256(address)}"
            await no_more_than(ALERTS_FROM, session, whose[0], now, DAY)
            await no_more_than(ALERTS_TO, session, whose[1], now, DAY)
        except ValidationError:
            fault = AlertFault.ADDRESS_WRONG
        except TooMany as often:
            fault, headers = AlertFault.ADDRESS_TOO_OFTEN, {"Retry-After": str(often.retry_after)}
    language = readers_language(request)
    if fault is not None:
        asked = AlertsAsked(alerts_asked(filters).search, typed, fault.value)
        return await _form(request, session, today, filters, asked, _STATUS[fault], headers)
    await ask(session, address, filters, language, now)
    return RedirectResponse(f"{PATH}/asked?lang={language.value}", HTTPStatus.SEE_OTHER)


@router.api_route(f"{PATH}/asked", methods=Reads, dependencies=[public()])
async def show_alerts_asked(request: Request) -> Response:
    """The same for everybody."""
    here = f"{PATH}/asked"
    return page("public/alerts_asked.html", readers_language(request), here=here, hours=CONFIRM_HOURS)


@router.api_route(f"{PATH}/confirm/{{token}}", methods=Reads, dependencies=[public()])
async def show_confirmation(
    request: Request, token: Token, services: AnyServices, session: Session, today: Today, now: Now
) -> Response:
    """What would be told, and a button; once it was pressed, that it was."""
    row = await _named(services, session, AlertLink.CONFIRM, token, now)
    standing = Standing.DONE if row is not None and row.confirmed_at is not None else None
    return await _link_page(request, session, today, AlertLink.CONFIRM, token, row, standing)


@router.post(f"{PATH}/confirm/{{token}}", dependencies=[public()])
async def confirm_alerts(
    request: Request, token: Token, services: AnyServices, session: Session, today: Today, now: Now
) -> Response:
    """Begin; a second press begins nothing twice."""
    check_origin(request, services.settings)
    row = await _named(services, session, AlertLink.CONFIRM, token, now)
    standing = Standing.OVER
    if row is not None:
        begun = await confirm(session, row.id, readers_language(request), now)
        standing = Standing.DONE if begun else Standing.TOO_MANY
    return await _link_page(request, session, today, AlertLink.CONFIRM, token, row, standing)


@router.api_route(f"{PATH}/end/{{token}}", methods=Reads, dependencies=[public()])
async def show_end(
    request: Request, token: Token, services: AnyServices, session: Session, today: Today, now: Now
) -> Response:
    """What would end, and a button."""
    row = await _named(services, session, AlertLink.END, token, now)
    return await _link_page(request, session, today, AlertLink.END, token, row)


@router.post(f"{PATH}/end/{{token}}", dependencies=[public()])
async def end_alerts(
    request: Request, token: Token, services: AnyServices, session: Session, today: Today, now: Now
) -> Response:
    """End them, and forget the address; a second press says the same."""
    row = await _named(services, session, AlertLink.END, token, now)
    if row is not None:
        await end(session, row.id)
    genuine = _id_in(services, AlertLink.END, token) is not None
    standing = Standing.DONE if genuine else Standing.OVER
    return await _link_page(request, session, today, AlertLink.END, token, None, standing)


def _id_in(services: AnyServices, link: AlertLink, token: str) -> str | None:
    return subscription_in(services.settings.link_secrets(), link, token)


async def _named(
    services: AnyServices, session: Session, link: AlertLink, token: str, now: Now
) -> AlertSubscriptionRow | None:
    named = _id_in(services, link, token)
    return await waiting_or_begun(session, named, now) if named is not None else None


async def _link_page(
    request: Request,
    session: Session,
    today: Today,
    link: AlertLink,
    token: str,
    row: AlertSubscriptionRow | None,
    standing: Standing | None = None,
) -> Response:
    shown = standing or (Standing.OPEN if row is not None else Standing.OVER)
    crumbs = await _crumbs(request, session, today, search_of(row)) if row is not None else None
    return page(
        "public/alerts_link.html",
        readers_language(request),
        _STANDING.get(shown, HTTPStatus.OK),
        here=f"{PATH}/{link.value}/{token}",
        link=link.value,
        standing=shown.value,
        crumbs=crumbs,
        hours=CONFIRM_HOURS,
    )


async def _form(
    request: Request,
    session: Session,
    today: Today,
    filters: Filters,
    asked: AlertsAsked,
    status: HTTPStatus = HTTPStatus.OK,
    headers: dict[str, str] | None = None,
) -> Response:
    language = readers_language(request)
    return page(
        "public/alerts.html",
        language,
        status,
        headers,
        here=PATH,
        switch={
            code: address.replace("/public?", f"{PATH}?", 1) for code, address in filters.switch().items()
        },
        crumbs=await _crumbs(request, session, today, filters),
        asked=asked,
        back=filters.address(language.value),
    )


async def _crumbs(request: Request, session: Session, today: Today, search: Filters) -> tuple[Crumb, ...]:
    regions = await regions_today(session, today)
    words = await SearchWords.of(session, readers_language(request), today, [search.body], regions)
    return words.crumbs(search)
