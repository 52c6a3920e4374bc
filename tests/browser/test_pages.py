"""Every page in a browser, in three languages, for each kind of user who sees something else on it."""

from itertools import cycle
from typing import Final

import pytest

from models.vocabulary.procedure import Language
from tests.browser.conftest import Visited
from tests.browser.site import COOKIE
from tests.browser.walk import View

pytestmark = pytest.mark.xdist_group("browser-pages")
PARTS: Final = 6
"""All views in so many tests, each well within the limit of one."""
OTHERS_MADE: Final = frozenset({"/docs"})
"""What stands there is Swagger UI, as its makers have it: only its width and its errors are looked at."""


async def test_every_route_is_opened_by_somebody(visited: Visited) -> None:
    assert not visited.walk.unseen, (
        f"{visited.walk.unseen}: "
        "no page of these routes could be opened: tell a story in which it is there "
        "(tests/browser/everything.py), and with what its path is filled (tests/browser/addresses.py)"
    )


@pytest.mark.parametrize("part", range(PARTS))
async def test_it_reads_well_narrow_and_wide_printed_and_by_keyboard(visited: Visited, part: int) -> None:
    found = []
    views = sorted(visited.walk.views, key=lambda view: view.who)
    closely = cycle(Language)
    for view in _share(views, part):
        found += await _looked_at(visited, view, next(closely))
    assert not found, "\n".join(found)


def _share(views: list[View], part: int) -> list[View]:
    size = -(-len(views) // PARTS)
    return views[part * size : (part + 1) * size]


async def _looked_at(visited: Visited, view: View, closely: Language) -> list[str]:
    site, eyes = visited.site, visited.eyes
    await eyes.page.context.clear_cookies()
    if view.who:
        cookie = await site.cookie(view.who)
        await eyes.page.context.add_cookies([{"name": COOKIE, "value": cookie, "url": site.address}])
    found = []
    for language in Language:
        join = "&" if "?" in view.address else "?"
        answer = await eyes.opens(f"{site.address}{view.address}{join}lang={language.value}")
        wrong = await eyes.sees(closely=language is closely and view.path not in OTHERS_MADE)
        if answer is None or answer.status != 200:
            wrong.append(f"it is answered {answer and answer.status}")
        found += [f"{view.who or 'somebody'} at {view.path} ({language.value}): {each}" for each in wrong]
    return found
