"""The outermost layer: turns what nobody foresaw into an answer.

Written as plain ASGI: Starlette's own last handler raises the exception again, and the server would then
log its message, which may quote personal data.
"""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.languages import language_of
from api.http.problems import failure_of, render

Telling = Callable[[Request, Exception], Awaitable[Response]]


async def told_to_programs(request: Request, error: Exception) -> Response:
    """A problem."""
    return render(failure_of(error), language_of(request))


class Guard:
    """ASGI middleware around the whole application; `telling` says how an exception is answered."""

    def __init__(self, app: ASGIApp, telling: Telling = told_to_programs) -> None:
        self._app = app
        self._telling = telling

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def sending(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, sending)
        except Exception as error:  # every exception ends here, by intent
            if started:
                failure_of(error)  # what is a fault of ours stands in the log
                # Half an answer is out: only a broken connection tells the caller.
                raise ConnectionAbortedError("the answer broke off") from None
            response = await self._telling(Request(scope), error)
            await response(scope, receive, send)
