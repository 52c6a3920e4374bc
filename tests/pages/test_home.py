"""The first page after signing in: what waits for whom, by its day, with the rule and one button."""

import re
from datetime import timedelta

import pytest
from httpx import AsyncClient, Response
from sqlmodel import select

from api.pages.workplace import home
from api.views import waiting
from locales.catalogue import text
from models.commands import CancelMonitoring
from models.report.notes import TextNote
from models.tables.monitorings import MonitoringRow
from models.tables.reads import ReadRow
from models.vocabulary.procedure import Language
from tests.fixtures.stack import SeededDatabase
from tests.leading import approved
from tests.pages.reading import flaws, soup, words
from tests.pages.story import HEAD, NOW, Story
from tests.pages.test_consolidation import signed_in

UNSAID = re.compile(r"\b(None|term\.|page\.)")


def tasks(page: Response) -> dict[str, str]:
    """The sections of the page by the number of the monitoring."""
    return {
        str(row["id"]).removeprefix("task-"): str(row.find_parent("section")["aria-labelledby"])  # type: ignore[index]
        for row in soup(page).select("tr[id^=task-]")
    }


async def kept_beside(story: Story, count: int) -> list[str]:
    """As many monitorings more, each the same but for its number and its day."""
    async with story.sessions.begin() as session:
        row = (await session.exec(select(MonitoringRow))).one()
        fields = row.model_dump()
        numbers = [f"2026-SARY-{1000 + each}" for each in range(count)]
        for each, number in enumerate(numbers):
            due_on = NOW.date() + timedelta(days=each - 2)
            changed = {
                "number": number,
                "workflow_id": f"monitoring/{number}",
                "state": {**row.state, "number": number},
                "waiting": {"coordinator:td-sary": due_on.isoformat()},
                "due_on": due_on,
            }
            session.add(MonitoringRow(**{**fields, **changed}))
    return numbers


@pytest.mark.parametrize("language", Language)
async def test_what_waits_stands_with_its_rule_and_one_button(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    await signed_in(browser, seeded_database, "sary-analyst")
    page = await browser.get(f"/staff?lang={language.value}")
    assert (page.status_code, flaws(page)) == (200, []), words(page)
    assert not UNSAID.search(words(page)), words(page)
    assert tasks(page) == {story.number: "no_day"}
    (button,) = soup(page).select(f"#task-{story.number} a.button")
    assert str(button["href"]).startswith(f"/staff/monitorings/{story.number}")
    assert "15" in str(soup(page).select_one(".rule"))
    assert (await browser.get(str(button["href"]))).status_code == 200


async def test_it_waits_for_whoever_s_move_it_is(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await story.submits()
    for who, waits in (("sary-head", True), ("sary-analyst", False), ("koko-head", False)):
        await signed_in(browser, seeded_database, who)
        page = await browser.get("/staff?lang=en")
        assert (story.number in tasks(page)) is waits, who
        if not waits:
            assert "Nothing waits for you" in words(page)


@pytest.mark.parametrize("language", Language)
async def test_each_thing_has_a_button_to_the_very_form_in_which_it_is_done(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    await story.submits()
    await leads_to(browser, seeded_database, story, "sary-head", "versions/1/approval", language)
    await story.is_led(approved(1))
    await story.dispatches()
    await story.letters_leave()
    await leads_to(browser, seeded_database, story, "uo-analyst", "review", language)


async def leads_to(
    browser: AsyncClient, database: SeededDatabase, story: Story, who: str, path: str, language: Language
) -> None:
    """From the first page by a button, and from the monitoring's own, under what can be done now."""
    await signed_in(browser, database, who)
    page = await browser.get(f"/staff?lang={language.value}")
    assert (page.status_code, flaws(page)) == (200, []), words(page)
    assert not UNSAID.search(words(page)), words(page)
    way = f"/staff/monitorings/{story.number}/{path}?lang={language.value}"
    assert way in {str(button["href"]) for button in soup(page).select("a.button.small")}
    own = await browser.get(f"/staff/monitorings/{story.number}?lang={language.value}")
    assert (own.status_code, flaws(own)) == (200, []), words(own)
    assert way in {str(each["href"]) for each in soup(own).select("dl.next a")}
    assert (await browser.get(way)).status_code == 200


async def test_what_is_written_stands_under_what_can_be_done_only_while_it_may_be_written(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "sary-analyst")
    sources, address = (
        f"/staff/monitorings/{story.number}/sources?lang=ru",
        f"/staff/monitorings/{story.number}",
    )
    open_ = soup(await browser.get(f"{address}?lang=ru"))
    assert open_.select(f'dl.next a[href="{sources}"]')
    await story.approves()
    closed = soup(await browser.get(f"{address}?lang=ru"))
    assert not closed.select(f'dl.next a[href="{sources}"]')
    assert closed.select(f'nav a[href="{sources}"]')
    assert (await browser.get(sources)).status_code == 200


async def test_what_was_cancelled_leads_to_nothing_that_is_written(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await story.does(CancelMonitoring, HEAD, reason=await story.keeps(TextNote(text="Себебі бар")))
    await signed_in(browser, seeded_database, "sary-head")
    page = await browser.get(f"/staff/monitorings/{story.number}?lang=ru")
    assert (page.status_code, flaws(page)) == (200, [])
    assert soup(page).select("dl.next") == []


async def test_public_pages_lead_to_signing_in(browser: AsyncClient) -> None:
    for address in ("/", "/public", "/public/statistics", "/check", "/calendar", "/rules"):
        page = await browser.get(f"{address}?lang=kk")
        assert (page.status_code, flaws(page)) == (200, []), address
        assert soup(page).select_one('a[href="/sign-in?lang=kk"]') is not None, address
    assert soup(await browser.get("/sign-in?lang=kk")).select('footer a[href^="/sign-in"]') == []


async def test_what_is_late_comes_first_and_all_of_it_is_counted_and_turned_to(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    numbers = await kept_beside(story, 25)
    await signed_in(browser, seeded_database, "sary-head")
    page = await browser.get("/staff?lang=en")
    assert flaws(page) == []
    assert "Late: 2" in words(page)
    assert "In time: 24" in words(page)  # 23 with a day and the one that has none
    shown = tasks(page)
    assert list(shown) == numbers[:20]
    assert [shown[number] for number in numbers[:4]] == ["late", "late", "today", "soon"]
    further = soup(page).select_one("a[rel=next]")
    assert further is not None
    rest = await browser.get(str(further["href"]))
    assert list(tasks(rest)) == [*numbers[20:], story.number]
    back = soup(rest).select_one("a[rel=prev]")
    assert back is not None
    assert list(tasks(await browser.get(str(back["href"])))) == numbers[:20]
    for forged in ("after=x", "after=WyJ4IiwieSJd", "before=WzEsMl0"):
        assert list(tasks(await browser.get(f"/staff?lang=en&{forged}"))) == numbers[:20]


async def test_nobody_counts_on_where_more_waits_than_is_counted(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    await kept_beside(story, 6)
    await signed_in(browser, seeded_database, "sary-head")
    for module in (home, waiting):
        monkeypatch.setattr(module, "MOST_COUNTED", 3)
    page = await browser.get("/staff?lang=en")
    assert "Late: 2" in words(page)
    assert "In time: 3+" in words(page)


async def test_an_auditor_is_waited_for_by_nothing_and_its_read_is_written_down(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "uo-auditor")
    page = await browser.get("/staff?lang=en")
    assert (page.status_code, flaws(page), tasks(page)) == (200, [], {})
    assert soup(page).select("main form") == []
    assert "You oversee" in words(page)
    async with story.sessions() as session:
        assert {row.what for row in await session.exec(select(ReadRow))} == {"show_home"}


async def test_the_head_of_every_page_leads_to_what_the_role_opens(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    async def entries(who: str) -> list[str]:
        await signed_in(browser, seeded_database, who)
        page = soup(await browser.get("/staff?lang=en"))
        links = [str(link["href"]).removesuffix("?lang=en") for link in page.select(".menu nav a")]
        for link in links:
            assert (await browser.get(link)).status_code == 200, (who, link)
        return links

    own = ["/staff", "/staff/monitorings"]
    assert await entries("sary-analyst") == [*own, "/staff/duties", "/staff/registries"]
    office = ["/staff/consolidation", "/staff/consolidation/inbox"]
    assert await entries("uo-head") == [*own, *office, "/staff/duties", "/staff/registries"]
    assert await entries("uo-admin") == ["/staff", "/staff/duties", "/staff/registries", "/staff/mail"]
    await signed_in(browser, seeded_database, "sary-head")
    for address in (f"/staff/monitorings/{story.number}", f"/staff/monitorings/{story.number}/cancellation"):
        page = soup(await browser.get(f"{address}?lang=en"))
        assert page.select_one('.menu a[href="/staff?lang=en"]') is not None, address
    assert soup(await browser.get("/public")).select(".menu") == []


@pytest.mark.parametrize("language", Language)
async def test_a_head_is_told_how_much_nobody_else_decides(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    """What the body's analysts may do as well waits for its head, too: it is not the head's alone."""
    asked = {"lang": language.value}
    await signed_in(browser, seeded_database, "sary-head")
    page = await browser.get("/staff", params=asked)
    assert text(language, "page.workplace.home.of_head", count=0) in words(page)
    await story.submits()
    page = await browser.get("/staff", params=asked)
    assert (page.status_code, flaws(page)) == (200, [])
    assert text(language, "page.workplace.home.of_head", count=1) in words(page)
    await signed_in(browser, seeded_database, "sary-analyst")
    page = await browser.get("/staff", params=asked)
    assert text(language, "page.workplace.home.of_head", count="|").partition("|")[0] not in words(page)
