"""Rule 15: whoever works on a report that was given back sees why, where the work is done."""

import pytest
from httpx import AsyncClient

from local.samples import content_of
from locales.terms import term
from models.commands import ReturnReport, SubmitReport
from models.monitoring.open_work import OpenKind
from models.report.notes import TextNote
from models.vocabulary.procedure import Language
from tests.fixtures.stack import SeededDatabase
from tests.pages.led import is_written
from tests.pages.reading import flaws, soup, words
from tests.pages.story import HEAD, Story
from tests.pages.test_consolidation import signed_in

WHY = "Жұлдыз ауданының себептерін толықтырыңыз."


@pytest.mark.parametrize("language", Language)
async def test_why_a_report_was_given_back_stands_with_the_version_and_above_the_draft(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    await is_written(story)
    await story.submits()
    await story.does(ReturnReport, HEAD, version=1, reason=await story.keeps(TextNote(text=WHY)))
    await signed_in(browser, seeded_database, "sary-analyst")
    for path in ("", "/draft"):
        page = await browser.get(f"/staff/monitorings/{story.number}{path}?lang={language.value}")
        assert (page.status_code, flaws(page)) == (200, []), path
        assert WHY in words(page), path
    work = words(await browser.get(f"/staff?lang={language.value}"))
    assert term(language, OpenKind.REPORT_RETURNED) in work


async def test_nothing_is_said_of_it_once_another_version_waits(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await is_written(story)
    await story.submits()
    await story.does(ReturnReport, HEAD, version=1, reason=await story.keeps(TextNote(text=WHY)))
    await story.does(SubmitReport, content=await story.freezes(content_of(story.scenario)))
    await signed_in(browser, seeded_database, "sary-analyst")
    draft = await browser.get(f"/staff/monitorings/{story.number}/draft")
    assert soup(draft).find(id="returned") is None
