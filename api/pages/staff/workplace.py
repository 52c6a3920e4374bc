"""Where letters to the body's own staff lead: to the monitoring's page, after signing in."""

from http import HTTPStatus
from typing import Annotated

from fastapi import Path, Request, Response
from fastapi.responses import RedirectResponse

from api.access.routing import public
from api.pages.site.routing import Reads, language_asked, page_router
from models.vocabulary.procedure import Number

router = page_router()


@router.api_route("/monitorings/{number}", methods=Reads, dependencies=[public()])
async def show_way_in(number: Annotated[Number, Path()], request: Request) -> Response:
    """The same for every number, so that nobody learns from it which ones exist."""
    asked = language_asked(request)
    query = f"?lang={asked.value}" if asked else ""
    return RedirectResponse(f"/staff/monitorings/{number}{query}", HTTPStatus.SEE_OTHER)
