"""Who may send a form: a page of this site, and not too fast.

The token in the address is the authority; the origin is looked at so that no other site can make a browser
send a form it has found an address for.
"""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request

from api.pages.site.stopping import StopKind, Stopped
from api.services.services import AnyServices
from models.settings.environment import Settings


def check_origin(request: Request, settings: Settings) -> None:
    """Raises Stopped (403) for a form that another site sent.

    `Sec-Fetch-Site` decides where the browser sends it. These pages forbid a referrer, so browsers say
    `Origin: null` even at home (Fetch standard, 3.2): a null origin proves nothing either way.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        if site not in {"same-origin", "none"}:
            raise Stopped(StopKind.FOREIGN_ORIGIN)
        return
    origin = request.headers.get("origin", "null")
    ours = {_origin(settings.public_url), _origin(str(request.base_url))}
    if origin != "null" and _origin(origin) not in ours:
        raise Stopped(StopKind.FOREIGN_ORIGIN)


def _origin(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return parts.scheme, parts.netloc


async def from_here(request: Request, services: AnyServices) -> None:
    """A dependency of every form that is sent."""
    check_origin(request, services.settings)
    services.limits.forms.check(f"link/{request.path_params.get('token', '')}")


async def part_from_here(request: Request, services: AnyServices) -> None:
    """The same for the pages of a long answer's parts, of which many are sent one after the other."""
    check_origin(request, services.settings)
    services.limits.parts.check(f"link/{request.path_params.get('token', '')}")


FromHere = Annotated[None, Depends(from_here)]
PartFromHere = Annotated[None, Depends(part_from_here)]
