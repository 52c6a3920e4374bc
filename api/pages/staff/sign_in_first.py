"""Pages for people with an account: to sign in first, and back."""

import re
from typing import Final
from urllib.parse import urlencode

from fastapi import Request

SIGN_IN: Final = "/sign-in"
# Only ways on this site that there are: never an address somebody else may have put into a link.
_WAY: Final = re.compile(
    r"(/monitorings/\d{4}-[A-Z0-9]{1,12}-\d{4,6}/history|/duties/[0-9A-Z][0-9A-Z.-]{2,39}/history"
    r"|/staff(?:/(?:consolidation|duties|monitorings))?)[A-Za-z0-9/._\-?=&%:+]{0,400}"
)


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
