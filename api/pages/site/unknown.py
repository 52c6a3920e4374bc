"""An address that leads nowhere: a plain page for people, a problem for programs."""

from fastapi import FastAPI, Request
from starlette.types import Receive, Scope, Send

from api.pages.site.routing import reads_pages, stopped_page
from api.pages.site.stopping import StopKind, Stopped


def install(app: FastAPI) -> None:
    """What no route takes is answered in words to whoever reads HTML, outside the API."""
    otherwise = app.router.default

    async def unknown(scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope) if scope["type"] == "http" else None
        if request is None or not reads_pages(request):
            await otherwise(scope, receive, send)
            return
        answer = await stopped_page(Stopped(StopKind.NOT_FOUND), request)
        await answer(scope, receive, send)

    app.router.default = unknown
