"""The form of a dispatch: what many addressees share is told once, and what is not set is said (rule 17)."""

import pytest
from httpx import AsyncClient

from locales.catalogue import text
from locales.terms import term
from models.agenda.deadline import ReplyPreset
from models.vocabulary.procedure import Ground, Language
from tests.fixtures.stack import SeededDatabase
from tests.pages.reading import flaws, soup, words
from tests.pages.story import Story
from tests.pages.test_cancelling import presses
from tests.pages.test_consolidation import signed_in
from tests.pages.test_preparing import at


@pytest.mark.parametrize("language", Language)
async def test_a_day_that_all_addressees_share_is_told_once_and_no_term_is_said_to_be_none(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    await signed_in(browser, seeded_database, "sary-analyst")
    await story.approves()
    form = await browser.get(f"{at(story, 'dispatches')}?lang={language.value}")
    other = {"other-1": "land-sary", "ground-1": "other", "reason-1": "Жер телімін береді"}
    passed = await presses(browser, form, "check", **other, reply_by="01.09.2026")
    assert (passed.status_code, flaws(passed)) == (422, []), words(passed)
    (told,) = soup(passed).select("section.errors li")
    assert told.select_one('a[href="#reply_by"]') is not None
    check = await presses(browser, passed, "check", **other, reply_by="")
    assert (check.status_code, flaws(check)) == (200, []), words(check)
    lines = [
        (row.select("dt")[0].get_text(strip=True), row.select("dd")[0].get_text(strip=True))
        for row in soup(check).select("dl div")
        if row.select("dt")
    ]
    ground = text(language, "page.desk.dispatch_report.ground")
    grounds = [value for label, value in lines if label == ground]
    consolidates = term(language, Ground.CONSOLIDATION)
    assert consolidates in grounds
    preset, none = text(language, "page.desk.dispatch_report.preset"), term(language, ReplyPreset.NONE)
    asked = [none for each in grounds if each != consolidates]
    assert [value for label, value in lines if label == preset] == asked, (
        "no reply is asked of whoever consolidates"
    )
