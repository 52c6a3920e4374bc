"""Pages for people with an account: the same rights as their token has in the API."""

import re
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import Path, Request

from api.deps import AnyServices, Now, Session
from api.pages.session import signed_in
from api.pages.stopping import Elsewhere
from api.policy import Access, access_to
from api.reads import note_read
from models.access import Action
from models.procedure import Number

SIGN_IN: Final = "/sign-in"
# Only ways on this site that there are: never an address somebody else may have put into a link.
_WAY: Final = re.compile(
    r"(/monitorings/\d{4}-[A-Z0-9]{1,12}-\d{4,6}/history|/staff/(?:consolidation|duties))[A-Za-z0-9/._\-?=&%:+]{0,400}"
)


class StaffPolicy:
    """Like `MonitoringPolicy`, for whoever is signed in on the pages; others are asked to sign in first."""

    def __init__(self, *actions: Action) -> None:
        self.actions = actions

    async def __call__(
        self,
        number: Annotated[Number, Path()],
        request: Request,
        services: AnyServices,
        session: Session,
        now: Now,
    ) -> Access:
        """Raises Elsewhere for whoever is not signed in, Failed (403, 404) as in the API."""
        holder = await signed_in(request, services.settings, session, now)
        if holder is None:
            raise Elsewhere(sign_in_first(request))
        access = await access_to(session, number, holder.caller, self.actions)
        note_read(session, request, holder.caller, number, now)
        return access


def sign_in_first(request: Request) -> str:
    """The way to the sign-in page and, after it, back."""
    query = request.url.query
    asked = {"next": request.url.path + (f"?{query}" if query else "")}
    if "lang" in request.query_params:
        asked["lang"] = request.query_params["lang"]
    return f"{SIGN_IN}?{urlencode(asked)}"


def way_on(text: str) -> str:
    """Where to go after signing in; nowhere for anything that is not one of our own pages."""
    return text if _WAY.fullmatch(text) else ""
