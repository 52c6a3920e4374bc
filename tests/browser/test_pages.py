"""Every page in a browser, in three languages, for each kind of user who sees something else on it."""

from itertools import cycle
from typing import Final

import pytest
from playwright.async_api import FilePayload, Page, ViewportSize

from api import pages
from api.access.personal_reads import PERSONAL_READS
from local.samples import ScenarioName, load_scenario
from locales.catalogue import text
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Language, Stage
from tests.browser.conftest import Visited
from tests.browser.everything import Everything
from tests.browser.look import WIDTHS
from tests.browser.site import COOKIE
from tests.browser.walk import View, Walk
from tests.doors.house import api_routes
from tests.pages.reports import report_of
from tests.pages.story import Story

PHONE: Final[ViewportSize] = {"width": 360, "height": 740}
pytestmark = pytest.mark.xdist_group("browser-pages")
PRIVATE: Final = ("/staff", "/monitorings", "/duties")
PARTS: Final = 6
"""All views in so many tests, each well within the limit of one."""
CLOSELY: Final = dict(zip(Language, WIDTHS, strict=True))
"""At which width each language is looked at closely."""
OTHERS_MADE: Final = frozenset({"/docs"})
"""What stands there is Swagger UI, as its makers have it: only its width and its errors are looked at."""


async def test_a_country_is_told_in_which_monitorings_stand_at_every_stage(country: Everything) -> None:
    stages = {(await story.state()).stage for story in country.stories.values()}
    assert stages == set(Stage)


async def test_every_route_of_a_monitoring_is_opened_by_somebody(at_the_desk: Walk) -> None:
    all_are_opened(at_the_desk)


async def test_every_other_route_is_opened_by_somebody(visited: Visited) -> None:
    all_are_opened(visited.walk)


def all_are_opened(walk: Walk) -> None:
    assert walk.views
    assert not walk.unseen, (
        f"{walk.unseen}: "
        "no page of these routes could be opened: tell a story in which it is there "
        "(tests/browser/everything.py), and with what its path is filled (tests/browser/addresses.py)"
    )


async def test_every_page_that_names_somebody_is_declared(visited: Visited) -> None:
    known = (route for router in pages.ROUTERS for route in api_routes(list(router.routes)))
    routes = [route for route in known if "GET" in (route.methods or ())]
    naming = {route.name for route in routes if visited.walk.naming.get(route.path)}
    assert {"show_letters", "people"} <= naming, "what is looked for is found"
    published = {route.name for route in routes if not route.path.startswith(PRIVATE)}
    undeclared = sorted(naming - published - PERSONAL_READS.keys())
    assert not undeclared, f"{undeclared}: say of which personal data, in api/access/personal_reads.py"


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


async def test_a_reply_on_seven_items_is_filled_in_page_by_page_on_a_phone(visited: Visited) -> None:
    """One file at each, the rest accepted, all of it checked and sent; what it says is to be had as PDF."""
    site, eyes, page = visited.site, visited.eyes, visited.eyes.page
    scenario = load_scenario(ScenarioName.B).model_copy(update={"number": "2026-SARY-0900"})
    story = Story(site.sessions, site.clerk, scenario)
    await story.starts()
    await story.approves(report_of(story, 6))
    await story.dispatches()
    await _is(visited, "")
    link = site.address + await story.link(LetterKind.REPORT_FOR_CONSIDERATION)
    await page.set_viewport_size(PHONE)
    await eyes.opens(f"{link}?lang=ru")
    for number in range(1, 5):
        item = f"n{number}"
        if number == 1:
            async with page.expect_navigation():
                await page.click("ol.tasks li:first-child a")
        assert f"/items/{item}" in page.url
        await page.check(f"#response-{item}-partly")
        await page.fill(f"[name=reason-{item}]", f"Выполнено наполовину, пункт {number}")
        paper: FilePayload = {"name": f"{item}.txt", "mimeType": "text/plain", "buffer": item.encode()}
        await page.set_input_files(f"[name=upload-{item}]", files=paper)
        await _presses(page, "next")
    assert await eyes.sees(360) == []
    await page.set_viewport_size(PHONE)
    await eyes.opens(f"{link}/rest?lang=ru")
    await page.fill("[name=text]", "Согласны")
    await _presses(page, "check")
    assert await eyes.sees(360) == []
    await page.set_viewport_size(PHONE)
    await _presses(page, "send")
    ready = text(Language.RU, "page.long_reply.progress", answered=7, items=7)
    assert await page.inner_text("#progress") == ready
    assert await eyes.sees(360) == []
    await eyes.opens(f"{link}/whole?lang=ru")
    assert await eyes.sees(360) == []
    await page.fill("[name=respondent]", "Образцов Тридцать первый")
    await page.fill("[name=post]", "Главный врач")
    await _presses(page, "next")
    await _presses(page, "check")
    assert await eyes.sees(360) == []
    await _presses(page, "send")
    assert await eyes.sees(360) == []
    assert page.url.partition("?")[0].endswith("/done")
    papers = [await each.get_attribute("href") or "" for each in await page.locator("a[href$='.pdf']").all()]
    made = [each for each in papers if "/reply/" in each]
    assert len(made) == 2
    file = await page.request.get(site.address + made[0])
    assert (await file.body()).startswith(b"%PDF-1.7")


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
