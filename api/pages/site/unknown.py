"""An address that leads nowhere: a plain page for people, a problem for programs."""

from fastapi import FastAPI, Request
from starlette.types import Receive, Scope, Send

from api.pages.site.routing import stopped_page
from api.pages.site.stopping import StopKind, Stopped


def install(app: FastAPI, api_prefix: str) -> None:
    """What no route takes is answered in words to whoever reads HTML, outside the API."""
    otherwise = app.router.default

    async def unknown(scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope) if scope["type"] == "http" else None
        reads_pages = request is not None and "text/html" in request.headers.get("accept", "")
        if request is None or not reads_pages or request.url.path.startswith(f"{api_prefix}/"):
            await otherwise(scope, receive, send)
            return
        await stopped_page(Stopped(StopKind.NOT_FOUND), request)(scope, receive, send)

    app.router.default = unknown
