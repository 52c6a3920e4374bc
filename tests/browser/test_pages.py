"""Every page in a browser, in three languages, for each kind of user who sees something else on it."""

from itertools import cycle
from typing import Final

import pytest
from playwright.async_api import Page

from models.vocabulary.procedure import Language
from tests.browser.conftest import Visited
from tests.browser.look import WIDTHS
from tests.browser.site import COOKIE
from tests.browser.walk import View

pytestmark = pytest.mark.xdist_group("browser-pages")
PARTS: Final = 6
"""All views in so many tests, each well within the limit of one."""
CLOSELY: Final = dict(zip(Language, WIDTHS, strict=True))
"""At which width each language is looked at closely."""
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


async def test_after_a_fault_its_summary_is_where_one_is(visited: Visited) -> None:
    page = await _at_a_form(visited)
    await _presses(page, "check")
    focused = "document.activeElement.matches('section.errors')"
    assert await page.evaluate(focused), await page.evaluate("document.activeElement.outerHTML")


async def test_back_leads_to_what_was_typed_and_never_to_an_error_of_the_browser(visited: Visited) -> None:
    page = await _at_a_form(visited)
    await _presses(page, "check")
    await page.fill("[name=reason]", "Мұндай негізде.")
    await _presses(page, "check")
    assert await page.locator("button[value=send]").count() == 1
    await page.go_back()
    assert await page.locator("section.errors").count() == 1
    assert await page.input_value("[name=reason]") == "Мұндай негізде."
    await page.go_back()
    assert await page.locator("[name=reason]").count() == 1


async def test_a_wrong_address_leaves_whoever_is_signed_in_their_menu(visited: Visited) -> None:
    await _is(visited, "sary-analyst")
    for address in ("/nowhere", "/staff/nowhere", "/staff/monitorings/2020-XX-0001", "/staff/mail"):
        answer = await visited.eyes.opens(f"{visited.site.address}{address}")
        assert answer is not None
        assert answer.status in {403, 404}
        assert await visited.eyes.page.locator("header .who").count() == 1, address


async def _at_a_form(visited: Visited) -> Page:
    """The cancellation of a monitoring that runs."""
    await _is(visited, "sary-analyst")
    view = next(each for each in visited.walk.views if each.path.endswith("/cancellation"))
    await visited.eyes.opens(f"{visited.site.address}{view.address}")
    return visited.eyes.page


async def _presses(page: Page, button: str) -> None:
    async with page.expect_navigation():
        await page.click(f"main button[value={button}]")


async def _is(visited: Visited, who: str) -> None:
    """The browser is somebody's; a stranger has no cookie."""
    context = visited.eyes.page.context
    await context.clear_cookies()
    if who:
        cookie = await visited.site.cookie(who)
        await context.add_cookies([{"name": COOKIE, "value": cookie, "url": visited.site.address}])


async def _looked_at(visited: Visited, view: View, closely: Language) -> list[str]:
    site, eyes = visited.site, visited.eyes
    await _is(visited, view.who)
    found: list[str] = []
    for language in Language:
        width = CLOSELY[language] if language is closely and view.path not in OTHERS_MADE else 0
        join = "&" if "?" in view.address else "?"
        answer = await eyes.opens(f"{site.address}{view.address}{join}lang={language.value}")
        wrong = await eyes.sees(width)
        if answer is None or answer.status != 200:
            wrong.append(f"it is answered {answer and answer.status}")
        if width and await eyes.presses_check():
            wrong += [f"once it is checked: {each}" for each in await eyes.sees(width)]
        found += [f"{view.who or 'somebody'} at {view.path} ({language.value}): {each}" for each in wrong]
    return found
