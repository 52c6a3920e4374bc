"""The description of the API for people who try it: Swagger UI from this installation alone."""

from typing import Final

from fastapi import Response

from api.access.routing import public
from api.pages.site.rendering import page
from api.pages.site.routing import Reads, page_router
from models.vocabulary.procedure import Language

# The one page with a script: its own files, and requests to this site. Swagger UI sets styles as it draws.
_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
}

router = page_router()


@router.api_route("/docs", methods=Reads, dependencies=[public()])
async def show_docs() -> Response:
    """The description is written in English, as the code is."""
    return page("docs.html", Language.EN, headers=_HEADERS)
