"""Rows of an import are left out, compared with what is there, cited by their numbers, taken out again."""

from httpx import AsyncClient

from api.content.building import current_findings
from locales.catalogue import text
from models.vocabulary.procedure import Language
from tests.fixtures.stack import SeededDatabase
from tests.pages.reading import flaws, soup, words
from tests.pages.story import Story
from tests.pages.test_cancelling import presses
from tests.pages.test_consolidation import signed_in
from tests.pages.test_editing import at, sources
from tests.pages.test_importing import FEED, TABLE, chosen, pressed


async def test_one_bad_publication_keeps_no_feed_out(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "sary-analyst")
    bad = FEED.replace("</channel>", "<item><link>https://example.kz/news/3</link></item></channel>")
    form = await browser.get(f"{at(story, 'sources', 'import', 'feed')}?lang=ru")
    mapped = await chosen(browser, form, "news.rss", bad.encode())
    assert text(Language.RU, "page.desk.importing.line.compared") in words(mapped)
    wrong = await pressed(browser, mapped, "check")
    assert (wrong.status_code, flaws(wrong)) == (422, []), words(wrong)
    unread = await pressed(browser, wrong, "check", left_out="третью")
    assert soup(unread).select_one("#left_out-message") is not None, words(unread)
    check = await pressed(browser, unread, "check", left_out="3")
    assert (check.status_code, flaws(check)) == (200, []), words(check)
    assert text(Language.RU, "page.desk.importing.state.left_out") in words(check)
    assert (await presses(browser, check, "send")).status_code == 303
    assert len(await sources(story)) == 2
    form = await browser.get(f"{at(story, 'sources', 'import', 'feed')}?lang=ru")
    again = await chosen(browser, form, "news.rss", bad.encode())
    other = await pressed(browser, again, "check", leave_wrong="yes")
    assert other.status_code == 422, "all others are there by now"
    assert text(Language.RU, "problem.import_nothing_new") in words(other)


async def test_what_came_from_a_file_is_taken_out_again_from_the_list(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "sary-analyst")
    form = await browser.get(f"{at(story, 'sources', 'import')}?lang=ru")
    mapped = await chosen(browser, form, "a.csv", TABLE.encode())
    sent = await presses(browser, await pressed(browser, mapped, "check"), "send")
    listed = await browser.get(sent.headers["location"])
    (way,) = (str(each["href"]) for each in soup(listed).select('a[href*="/imports/"]'))
    page = await browser.get(way)
    assert (page.status_code, flaws(page)) == (200, []), words(page)
    taken = [await presses(browser, page, "send") for _ in range(2)]
    assert [each.status_code for each in taken] == [303, 303], words(taken[1])
    assert await sources(story) == ()
    after = await browser.get(at(story, "sources"))
    assert soup(after).select('a[href*="/imports/"]') == []


async def test_of_many_sources_the_numbers_are_typed(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "sary-analyst")
    form = await browser.get(f"{at(story, 'sources', 'import')}?lang=ru")
    rows = "".join(f"5;Статья {n};;https://example.kz/n/{n};02.09.2026;открытый\r\n" for n in range(1, 60))
    mapped = await chosen(browser, form, "a.csv", (TABLE.splitlines()[0] + "\r\n" + rows).encode())
    assert (await presses(browser, await pressed(browser, mapped, "check"), "send")).status_code == 303
    page = await browser.get(f"{at(story, 'findings', 'new')}?lang=ru")
    assert (page.status_code, flaws(page)) == (200, [])
    assert len(soup(page).select("input[type=checkbox]")) < 20
    wrong = await presses(browser, page, "send", **{"text-ru": "Вопрос", "source_numbers": "60"})
    assert soup(wrong).select_one("#source_numbers-message") is not None, words(wrong)
    sent = await presses(browser, wrong, "send", source_numbers="2-4, 59")
    assert sent.status_code == 303, words(sent)
    titles = {each.id: each.title.ru for each in await sources(story)}
    async with story.sessions() as session:
        (finding,) = await current_findings(session, story.number)
    assert [titles[each] for each in finding.sources] == ["Статья 2", "Статья 3", "Статья 4", "Статья 59"]
    again = await browser.get(f"{at(story, 'findings', finding.id)}?lang=ru")
    assert soup(again).select_one("#source_numbers")["value"] == "2, 3, 4, 59"  # type: ignore[index]
