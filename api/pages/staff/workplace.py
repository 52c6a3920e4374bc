"""Where letters to the body's own staff lead: how to open a monitoring with the token of an account."""

from typing import Annotated, Final

from fastapi import Path, Request, Response

from api.access.routing import public
from api.pages.site.rendering import page
from api.pages.site.routing import Reads, page_router, readers_language
from models.vocabulary.base import Model
from models.vocabulary.procedure import Number

router = page_router()


class Address(Model):
    """One thing to do: `page.workplace.<name>` says what for."""

    name: str
    method: str
    path: str


_ADDRESSES: Final = (
    Address(name="versions", method="GET", path="/report/versions"),
    Address(name="content", method="GET", path="/report/versions/{version}/content"),
    Address(name="pdf", method="GET", path="/report/versions/{version}/documents/{rendition}/{language}"),
    Address(name="approve", method="POST", path="/report/versions/{version}/approval"),
    Address(name="return", method="POST", path="/report/versions/{version}/return"),
    Address(name="publish", method="POST", path="/publications"),
    Address(name="open_items", method="GET", path="/open-items"),
    Address(name="letters", method="GET", path="/letters"),
    Address(name="resend", method="POST", path="/letters/{letter}/resending"),
    Address(name="hand_delivery", method="POST", path="/letters/{letter}/hand-delivery"),
    Address(name="items", method="GET", path="/items"),
    Address(name="judge", method="POST", path="/items/{item}/judgement"),
)


@router.api_route("/monitorings/{number}", methods=Reads, dependencies=[public()])
async def show_way_in(number: Annotated[Number, Path()], request: Request) -> Response:
    """The same for every number, so that nobody learns from it which ones exist."""
    return page(
        "workplace.html",
        readers_language(request),
        here=f"/monitorings/{number}",
        number=number,
        addresses=_ADDRESSES,
    )
