"""The outermost layer: each request has an id, and is told and counted by its route, never by its address.

The address of a recipient's page is the token by which the recipient acts.
"""

import re
import time
from typing import Final
from uuid import uuid4

from fastapi import Request
from opentelemetry.trace import SpanKind
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from activities.observing.codes import LogCode
from activities.observing.logs import Log, about
from activities.observing.metrics import REQUEST_SECONDS, REQUESTS
from activities.observing.tracing import span

HEADER: Final = "X-Request-ID"
NO_ROUTE: Final = "none"
_WELL_FORMED: Final = re.compile(r"[0-9a-fA-F]{16,64}|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
"""Hexadecimal digits, or a UUID: what stands in every line of the log spells nobody's name."""
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_READS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_FAILED: Final = 500
log = Log("api")


class Observed:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Request(scope).headers.get(HEADER, "")
        request_id = given if _WELL_FORMED.fullmatch(given) else uuid4().hex
        begun, status = time.monotonic(), _FAILED

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = request_id
            await send(message)

        came_by = Request(scope).headers.get("traceparent", "")
        with about(request_id=request_id), span("request", SpanKind.SERVER, parent=came_by) as traced:
            try:
                await self._app(scope, receive, sending)
            finally:
                method, route = _named(scope)
                traced.update_name(f"{method} {route}")
                traced.set_attributes(
                    {"http.request.method": method, "http.route": route, "http.response.status_code": status}
                )
                _told(method, route, status, time.monotonic() - begun)


def _named(scope: Scope) -> tuple[str, str]:
    """The method and the route as it is written: of both there are only so many."""
    method = scope["method"] if scope["method"] in _METHODS else "other"
    # The route itself knows its path within its router only; FastAPI keeps the whole one beside it.
    whole = scope.get("fastapi", {}).get("effective_route_context")
    return method, str(getattr(whole or scope.get("route"), "path", NO_ROUTE))


def _told(method: str, route: str, status: int, seconds: float) -> None:
    REQUESTS.labels(method, route, str(status)).inc()
    REQUEST_SECONDS.labels(method, route).observe(seconds)
    # Reads that went well are many, and counted: they are told only where more is asked for.
    say = log.debug if method in _READS and status < _FAILED else log.info
    say(
        LogCode.REQUEST_ANSWERED,
        method=method,
        route=route,
        status=status,
        milliseconds=round(seconds * 1000),
    )
