"""Whoever submits a report is led to what it lacks; our own words are in the reader's language."""

import pytest
from httpx import AsyncClient

from locales.catalogue import text
from locales.lawful import lawful_on_request, lawfulness_said
from models.vocabulary.procedure import Language
from tests.documents.contents import COMPREHENSIVE
from tests.fixtures.stack import SeededDatabase
from tests.pages.led import is_drafted
from tests.pages.reading import soup, words
from tests.pages.story import Story
from tests.pages.test_consolidation import signed_in


async def test_the_form_that_submits_a_report_leads_to_what_it_lacks(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await is_drafted(story)
    await signed_in(browser, seeded_database, "sary-analyst")
    form = await browser.get(f"/staff/monitorings/{story.number}/report/submission?lang=ru")
    assert form.status_code == 200, words(form)
    [link] = soup(form).select("a[href$='#lacks']")
    assert link.get_text() == "Чего отчёту ещё не хватает и где это записать"
    there = await browser.get(str(link["href"]))
    assert there.status_code == 200
    assert soup(there).select_one("#lacks") is not None


@pytest.mark.parametrize("language", Language)
def test_why_a_source_is_lawful_is_said_in_the_reader_s_language(language: Language) -> None:
    """Where the holder gave it on request; what a person wrote stands as it was written."""
    given = {"information_request": "r1", "lawfulness_note": lawful_on_request()}
    source = COMPREHENSIVE.sources[0].model_copy(update=given)
    assert lawfulness_said(language, source) == text(language, "form.lawful_on_request")
    typed = source.model_copy(update={"information_request": None})
    assert lawfulness_said(language, typed) == lawful_on_request()
