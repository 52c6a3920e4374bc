"""The outermost layer: bounds the size of requests, and turns what nobody foresaw into a problem.

Written as plain ASGI: Starlette's own last handler raises the exception again, and the server would then
log its message, which may quote personal data.
"""

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.languages import language_of
from api.http.problems import failure_of, render
from api.problems.problem import too_large

JSON_LIMIT_BYTES = 4 * 1024 * 1024
_MULTIPART_OVERHEAD_BYTES = 64 * 1024


class Guard:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp, upload_limit_bytes: int) -> None:
        self._app = app
        self._upload_limit = upload_limit_bytes + _MULTIPART_OVERHEAD_BYTES

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        started = False

        async def sending(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, self._counted(request, receive), sending)
        except Exception as error:  # every exception ends here, by intent
            failed = failure_of(error)
            if started:
                # Half an answer is out: only a broken connection tells the caller.
                raise ConnectionAbortedError("the answer broke off") from None
            await render(failed, language_of(request))(scope, receive, send)

    def _counted(self, request: Request, receive: Receive) -> Receive:
        upload = request.headers.get("content-type", "").startswith("multipart/")
        limit = self._upload_limit if upload else JSON_LIMIT_BYTES
        received = 0

        async def counting() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                raise too_large(limit)
            return message

        return counting
