"""Who may send a form: a page of this site, and not too fast.

The token in the address is the authority; the origin is looked at so that no other site can make a browser
send a form it has found an address for.
"""

from collections import deque
from collections.abc import Callable
from time import monotonic
from typing import Annotated, Final
from urllib.parse import urlsplit

from fastapi import Depends, Request

from api.pages.site.stopping import StopKind, Stopped
from api.services.services import AnyServices
from models.settings.environment import Settings

_PER_WINDOW: Final = 60
_WINDOW_SECONDS: Final = 300.0
_LETTERS_REMEMBERED: Final = 10_000


def check_origin(request: Request, settings: Settings) -> None:
    """Raises Stopped (403) for a form that another site sent.

    `Sec-Fetch-Site` decides where the browser sends it. These pages forbid a referrer, so browsers say
    `Origin: null` even at home (Fetch standard, 3.2): a null origin proves nothing either way.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        if site not in {"same-origin", "none"}:
            raise Stopped(StopKind.FOREIGN_ORIGIN)
        return
    origin = request.headers.get("origin", "null")
    ours = {_origin(settings.public_url), _origin(str(request.base_url))}
    if origin != "null" and _origin(origin) not in ours:
        raise Stopped(StopKind.FOREIGN_ORIGIN)


def _origin(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return parts.scheme, parts.netloc


class Pace:
    """How often one letter's forms may be sent: enough for the slowest typist, too little for a program."""

    def __init__(
        self,
        limit: int = _PER_WINDOW,
        window: float = _WINDOW_SECONDS,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._limit, self._window, self._clock = limit, window, clock
        self._sent: dict[str, deque[float]] = {}

    def check(self, whose: str) -> None:
        """Raises Stopped (429) when `whose` was too fast. Counts in this process: a brake, not a wall."""
        now = self._clock()
        times = self._sent.pop(whose, deque(maxlen=self._limit))
        self._sent[whose] = times  # newest last, so that the oldest can be forgotten
        if len(self._sent) > _LETTERS_REMEMBERED:
            self._sent.pop(next(iter(self._sent)))
        if len(times) == self._limit and now - times[0] < self._window:
            raise Stopped(StopKind.TOO_MANY, retry_after=int(self._window - (now - times[0])) + 1)
        times.append(now)


PACE: Final = Pace()


async def from_here(request: Request, services: AnyServices) -> None:
    """A dependency of every form that is sent."""
    check_origin(request, services.settings)
    PACE.check(request.path_params.get("token", ""))


FromHere = Annotated[None, Depends(from_here)]
