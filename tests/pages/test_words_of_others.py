"""What somebody typed in another language than the page: the page says in which, the form keeps it as is."""

import pytest
from httpx import AsyncClient

from locales.catalogue import text
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Language
from tests.pages.answering import REPLY, answered, report_link
from tests.pages.reading import fields, flaws, soup, words
from tests.pages.story import QUESTION, Story

OTHERS = [Language.RU, Language.EN]


@pytest.mark.parametrize("language", Language)
async def test_a_reply_read_in_another_language_says_in_which_it_was_written(
    story: Story, browser: AsyncClient, language: Language
) -> None:
    link = await report_link(story)
    await answered(browser, link, REPLY)
    page = await browser.get(link, params={"lang": language.value})
    assert flaws(page) == []
    mark = text(language, "form.mark.kk")
    assert (f"{REPLY['reason-p1']} {mark}" in words(page)) is (language in OTHERS)
    in_kazakh = [each.get_text() for each in soup(page).select('span.typed[lang="kk"]')]
    assert (REPLY["reason-p1"] in in_kazakh) is (language in OTHERS)
    form = await browser.get(f"{link}/form/amendment", params={"lang": language.value})
    assert fields(form)["reason-p1"] == [REPLY["reason-p1"]], "what is amended bears no mark"


@pytest.mark.parametrize("language", Language)
async def test_a_question_read_in_another_language_says_in_which_it_was_asked(
    story: Story, browser: AsyncClient, language: Language
) -> None:
    await story.asks()
    link = await story.link(LetterKind.INFORMATION_REQUEST)
    page = await browser.get(link, params={"lang": language.value})
    asked, mark = " ".join(QUESTION.split()), text(language, "form.mark.kk")
    assert asked in words(page)
    assert (f"{asked} {mark}" in words(page)) is (language in OTHERS)
