"""The page of all ways in, and what it says when one of them led nowhere."""

from collections.abc import Mapping
from enum import StrEnum
from http import HTTPStatus
from typing import Final

from fastapi import Request, Response

from activities.observing.metrics import SIGN_INS_REFUSED
from api.access.sessions import HOURS
from api.pages.site.rendering import page
from api.pages.site.routing import language_asked, readers_language
from api.pages.staff.sign_in_first import SIGN_IN
from api.services.services import services
from models.vocabulary.sign_in import LINK_MINUTES


class SignInFault(StrEnum):
    """Why somebody is not signed in: `page.sign_in.fault.<fault>` in the catalogues."""

    TOKEN_WRONG = "token_wrong"
    TOKEN_NARROW = "token_narrow"
    ADDRESS_MISSING = "address_missing"
    ADDRESS_WRONG = "address_wrong"
    ADDRESS_TOO_OFTEN = "address_too_often"
    LINK_UNKNOWN = "link_unknown"
    LINK_EXPIRED = "link_expired"
    LINK_USED = "link_used"
    LINK_ENDED = "link_ended"
    PROVIDER_AWAY = "provider_away"
    PROVIDER_NOT_BEGUN = "provider_not_begun"
    PROVIDER_DENIED = "provider_denied"
    PROVIDER_REFUSED = "provider_refused"
    PROVIDER_UNVERIFIED = "provider_unverified"
    PROVIDER_NOBODY = "provider_nobody"


STATUS: Final = {
    SignInFault.TOKEN_WRONG: HTTPStatus.UNPROCESSABLE_ENTITY,
    SignInFault.TOKEN_NARROW: HTTPStatus.FORBIDDEN,
    SignInFault.ADDRESS_MISSING: HTTPStatus.UNPROCESSABLE_ENTITY,
    SignInFault.ADDRESS_WRONG: HTTPStatus.UNPROCESSABLE_ENTITY,
    SignInFault.ADDRESS_TOO_OFTEN: HTTPStatus.TOO_MANY_REQUESTS,
    SignInFault.LINK_UNKNOWN: HTTPStatus.NOT_FOUND,
    SignInFault.LINK_EXPIRED: HTTPStatus.GONE,
    SignInFault.LINK_USED: HTTPStatus.GONE,
    SignInFault.LINK_ENDED: HTTPStatus.GONE,
    SignInFault.PROVIDER_AWAY: HTTPStatus.SERVICE_UNAVAILABLE,
    SignInFault.PROVIDER_NOT_BEGUN: HTTPStatus.BAD_REQUEST,
    SignInFault.PROVIDER_DENIED: HTTPStatus.FORBIDDEN,
    SignInFault.PROVIDER_REFUSED: HTTPStatus.FORBIDDEN,
    SignInFault.PROVIDER_UNVERIFIED: HTTPStatus.FORBIDDEN,
    SignInFault.PROVIDER_NOBODY: HTTPStatus.FORBIDDEN,
}
_RETRY_SECONDS: Final = "60"


def sign_in_form(
    request: Request,
    way: str,
    *,
    fault: SignInFault | None = None,
    address: str = "",
    out: bool = False,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Every way there is here; a fault stands above them, and what was typed stays."""
    provider = services(request).provider
    if fault is not None:
        SIGN_INS_REFUSED.labels(fault.value).inc()
    later = {"Retry-After": _RETRY_SECONDS} if fault is SignInFault.PROVIDER_AWAY else {}
    return page(
        "sign_in/form.html",
        readers_language(request),
        STATUS[fault] if fault else HTTPStatus.OK,
        {**later, **(headers or {})},
        here=SIGN_IN,
        way=way,
        fault=fault.value if fault else "",
        at_token=fault in (SignInFault.TOKEN_WRONG, SignInFault.TOKEN_NARROW),
        at_address=fault is not None and fault.value.startswith("address_"),
        address=address,
        out=out,
        provider=provider.name if provider else "",
        hours=HOURS,
        minutes=LINK_MINUTES,
    )


def in_language(address: str, request: Request) -> str:
    """A language that was chosen stays chosen."""
    chosen = language_asked(request)
    if chosen is None or "lang=" in address:
        return address
    return f"{address}{'&' if '?' in address else '?'}lang={chosen.value}"
