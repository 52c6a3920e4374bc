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
_SEEN: Final = "api.http.branches"


class Branch(APIRouter):
    """Routes and branches that are included without a prefix: their paths are the addresses themselves.

    Which beginnings there are is seen at the first request; no route is added afterwards.
    """

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if self.beginnings.isdisjoint(_asked(scope)):
            return Match.NONE, {}
        return super().matches(scope)

    @cached_property
    def beginnings(self) -> frozenset[Beginning]:
        """How the addresses of its routes begin, as far as they are fixed."""
        return frozenset(each for route in self.routes for each in _beginnings_of(route))


def _asked(scope: Scope) -> tuple[Beginning, ...]:
    """How the address begins, by no, one or two segments: seen once for all branches."""
    path = get_route_path(scope)
    known: tuple[str, tuple[Beginning, ...]] | None = scope.get(_SEEN)
    if known is None or known[0] != path:
        beginning = beginning_of(path)
        known = path, tuple(beginning[:length] for length in range(_SEGMENTS + 1))
        scope[_SEEN] = known
    return known[1]


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
