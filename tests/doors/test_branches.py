"""A group of routes is passed by where an address begins otherwise, and only there."""

import pytest
from starlette.routing import Match

from api import pages
from api.http.branches import beginning_of


@pytest.mark.parametrize(
    ("path", "beginning"),
    [
        ("/", ("",)),
        ("/staff", ("staff",)),
        ("/staff/monitorings/{number}", ("staff", "monitorings")),
        ("/r/{token}/items/{item}", ("r",)),
        ("/{number}", ()),
    ],
)
def test_a_path_begins_with_what_is_fixed(path: str, beginning: tuple[str, ...]) -> None:
    assert beginning_of(path) == beginning


def test_no_page_is_passed_by() -> None:
    """Each is found under its own address, whatever stands in the places of parameters."""
    for branch in pages.ROUTERS:
        for path in (str(getattr(route, "path", "")) for route in branch.routes):
            asked = beginning_of(path.replace("{", "").replace("}", ""))
            assert any(asked[:length] in branch.beginnings for length in range(len(asked) + 1)), path


def test_what_begins_as_no_page_does_is_looked_for_nowhere() -> None:
    scope = {"type": "http", "method": "GET", "path": "/api/v1/monitorings"}
    assert all(branch.matches(scope) == (Match.NONE, {}) for branch in pages.ROUTERS)
