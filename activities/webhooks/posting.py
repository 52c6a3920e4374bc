"""One request to another system: to the address its name stood for, without redirects, within bounds."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from time import monotonic
from typing import Final

import httpx

from activities.bounds.within import NotInTime, within
from activities.webhooks.addresses import (
    NoSuchHost,
    NotPermitted,
    Target,
    UnusableAddress,
    resolved,
    target_of,
)
from models.vocabulary.webhooks import Reception

SECONDS: Final = 15.0
_PER_STEP: Final = httpx.Timeout(10.0)


@dataclass(frozen=True)
class Answer:
    """What came of it. Nothing of the answer's body is read."""

    reception: Reception
    status: int | None
    milliseconds: int


async def post(url: str, body: bytes, headers: Mapping[str, str], permitted: frozenset[str]) -> Answer:
    """Send it now; `permitted` are the hosts inside that may be reached."""
    began = monotonic()
    reception, status = await _outcome(url, body, headers, permitted)
    return Answer(reception, status, int((monotonic() - began) * 1_000))


async def _outcome(
    url: str, body: bytes, headers: Mapping[str, str], permitted: frozenset[str]
) -> tuple[Reception, int | None]:
    try:
        sending = _sent(target_of(url, permitted), body, headers)
        status = await within(SECONDS, sending, "the system takes an event")
    except (NotPermitted, UnusableAddress):
        return Reception.NOT_PERMITTED, None
    except (NotInTime, httpx.TimeoutException):
        return Reception.TOO_SLOW, None
    except (NoSuchHost, httpx.HTTPError, httpx.InvalidURL, OSError):
        return Reception.UNREACHABLE, None
    if status == HTTPStatus.GONE:
        return Reception.GONE, status
    return (Reception.TAKEN if 200 <= status < 300 else Reception.REFUSED), status


async def _sent(target: Target, body: bytes, headers: Mapping[str, str]) -> int:
    (address, *others) = await resolved(target)
    async with httpx.AsyncClient(trust_env=False, timeout=_PER_STEP, verify=_trusted()) as client:
        for tried in (address, *others):
            try:
                return await _sent_to(client, target, tried, body, headers)
            except httpx.ConnectError:
                if tried == (address, *others)[-1]:
                    raise
    raise NoSuchHost


@cache
def _trusted() -> ssl.SSLContext:
    """Whose certificates are believed: those of SSL_CERT_FILE, where an authority of one's own is set so."""
    return httpx.create_ssl_context()


async def _sent_to(
    client: httpx.AsyncClient, target: Target, address: str, body: bytes, headers: Mapping[str, str]
) -> int:
    """To this very address; the certificate is held to the name."""
    host = f"[{address}]" if ":" in address else address
    url = f"{target.scheme}://{host}:{target.port}{target.path}"
    sent = {**headers, "Host": target.authority}
    names = {"sni_hostname": target.host} if target.scheme == "https" else {}
    async with client.stream("POST", url, content=body, headers=sent, extensions=names) as answer:
        return answer.status_code
