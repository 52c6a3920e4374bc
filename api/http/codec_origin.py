"""The one place where a page of another origin may ask the API: the Temporal UI, at the codec."""

from typing import Final

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Receive, Scope, Send

COOKIE: Final = "codec_reader"
COOKIE_PATH: Final = "/api/v1/codec"
KEPT: Final = "codec_session"  # of the request's state


class CodecOrigin:
    """ASGI middleware: CORS for the UI's origin, and a signed-in browser's cookie in a token's place.

    Every other path, and every other origin, goes through untouched: browsers then keep the answer from it.
    """

    def __init__(self, app: ASGIApp, origin: str) -> None:
        self._app = app
        self._origin = origin.rstrip("/")
        self._shared = CORSMiddleware(
            app,
            allow_origins=[self._origin],
            allow_methods=["POST"],
            allow_headers=["content-type", "x-namespace", "authorization"],
            allow_credentials=True,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(f"{COOKIE_PATH}/"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        shared = bool(self._origin) and headers.get("origin") == self._origin
        await (self._shared if shared else self._app)(_signed_in(scope, headers), receive, send)


def _signed_in(scope: Scope, headers: Headers) -> Scope:
    """The request with what its cookie holds, where it names no token itself (`api.access.auth`)."""
    kept = cookie_parser(headers.get("cookie", "")).get(COOKIE)
    if not kept or "authorization" in headers:
        return scope
    return {**scope, "state": {**scope.get("state", {}), KEPT: kept}}
