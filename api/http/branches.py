"""Groups of routes that are passed by at once.

An address is compared with one route after another. Of the four hundred most begin otherwise: a whole group
that does is not looked into.
"""

from functools import cached_property
from typing import Final

from fastapi import APIRouter
from starlette._utils import get_route_path
from starlette.routing import BaseRoute, Match
from starlette.types import Scope

Beginning = tuple[str, ...]
_SEGMENTS: Final = 2


class Branch(APIRouter):
    """Routes and branches that are included without a prefix: their paths are the addresses themselves.

    Which beginnings there are is seen at the first request; no route is added afterwards.
    """

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        asked = beginning_of(get_route_path(scope))
        if any(asked[:length] in self.beginnings for length in range(_SEGMENTS + 1)):
            return super().matches(scope)
        return Match.NONE, {}

    @cached_property
    def beginnings(self) -> frozenset[Beginning]:
        """How the addresses of its routes begin, as far as they are fixed."""
        return frozenset(each for route in self.routes for each in _beginnings_of(route))


def beginning_of(path: str) -> Beginning:
    """The first segments of an address, or of a route's path up to its first parameter."""
    segments = path.strip("/").split("/", _SEGMENTS)[:_SEGMENTS]
    fixed = next((place for place, each in enumerate(segments) if "{" in each), len(segments))
    return tuple(segments[:fixed])


def _beginnings_of(route: BaseRoute) -> frozenset[Beginning]:
    inner = getattr(route, "original_router", None)
    if isinstance(inner, Branch):
        return inner.beginnings
    return frozenset({beginning_of(getattr(route, "path", "/{}"))})
