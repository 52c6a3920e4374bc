"""What a request leaves to be done when it holds nothing any more: no connection waits for another one."""

from collections.abc import Awaitable, Callable

from fastapi import Request

Doing = Callable[[], Awaitable[None]]


def afterwards(request: Request, doing: Doing) -> None:
    """Have it done once the request's session is closed, whatever became of the request."""
    request.state.afterwards = (*getattr(request.state, "afterwards", ()), doing)


async def do_what_is_left(request: Request) -> None:
    """In the order in which it was left."""
    left: tuple[Doing, ...] = getattr(request.state, "afterwards", ())
    request.state.afterwards = ()
    for doing in left:
        await doing()
