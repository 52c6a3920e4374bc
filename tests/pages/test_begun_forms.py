"""What somebody typed and did not send stands in *My work* while the monitoring still has a use for it."""

from httpx import AsyncClient

from models.commands import CancelMonitoring
from models.report.notes import TextNote
from tests.fixtures.stack import SeededDatabase
from tests.pages.reading import soup, words
from tests.pages.story import HEAD, Story
from tests.pages.test_cancelling import address, presses
from tests.pages.test_consolidation import signed_in


async def forms_begun(browser: AsyncClient) -> list[str]:
    page = soup(await browser.get("/staff?lang=en"))
    return [str(link["href"]) for link in page.select("section[aria-labelledby=begun] a, h2#begun + ul a")]


async def test_a_form_that_nobody_can_send_any_more_is_no_work(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "sary-analyst")
    saved = await presses(browser, await browser.get(address(story)), "save", reason="Жартысы")
    assert saved.status_code == 303, words(saved)
    [begun] = await forms_begun(browser)
    assert begun.startswith(address(story))

    await story.does(CancelMonitoring, HEAD, reason=await story.keeps(TextNote(text="Объект таратылды")))
    assert await forms_begun(browser) == []
    assert (await browser.get(begun)).status_code == 409, "it says why"
