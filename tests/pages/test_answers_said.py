"""What those who were asked have said stands where a coordinator reads it."""

from typing import Final

import pytest
from httpx import AsyncClient

from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Language
from tests.fixtures.stack import SeededDatabase
from tests.pages.answering import COUNCIL, INFORMATION, REPLY, Form, answered
from tests.pages.reading import flaws, soup, words
from tests.pages.story import Story
from tests.pages.test_answers_on_record import CASES
from tests.pages.test_consolidation import signed_in
from tests.pages.test_from_paper import place, records, report_is_sent
from tests.pages.test_joint_conduct import CONFIRMS


@pytest.mark.parametrize("language", Language)
async def test_what_a_holder_of_information_answered_stands_where_its_answer_is_led_to(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    """Rule 7: it is a source of the analysis, so whoever analyses reads it."""
    await signed_in(browser, seeded_database, "sary-analyst")
    await story.asks()
    await answered(browser, await story.link(LetterKind.INFORMATION_REQUEST), INFORMATION)
    home = await browser.get(f"/staff/monitorings/{story.number}?lang={language.value}")
    (led,) = [
        str(link["href"]) for link in soup(home).select("main a[href*='/answers?']") if "#" in link["href"]
    ]
    page = await browser.get(led)
    assert (page.status_code, flaws(page)) == (200, []), words(page)
    section = soup(page).select_one(f"section#{led.partition('#')[2]}")
    assert section is not None
    for said in ("text", "reference", "respondent", "post"):
        assert str(INFORMATION[said]) in section.get_text(), said


async def test_what_an_addressee_replied_on_the_whole_stands_beside_its_items(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "sary-analyst")
    await report_is_sent(story)
    await records(browser, await place(story, LetterKind.REPORT_FOR_CONSIDERATION), REPLY)
    page = await browser.get(f"/staff/monitorings/{story.number}/answers?lang=ru")
    assert flaws(page) == []
    assert str(REPLY["text"]) in words(page)
    items = soup(page).select_one(f'main a[href="/staff/monitorings/{story.number}/items?lang=ru"]')
    assert items is not None


LONG: Final = "Кеңес ұсынысты қолдап, оны орындау мерзімін нақтылауды сұрайды.\n" * 40


@pytest.mark.parametrize(
    ("name", "form", "field", "who"),
    [
        ("council", {**COUNCIL, "note": LONG}, "note", "Үлгі Жиырма екінші, Хатшы"),
        ("invitation", {"consent": "refuse", "reason": "Уақытым жоқ."}, "reason", ""),
        ("joint conduct", {**CONFIRMS, "note": "Бір маман бөлеміз."}, "note", "Үлгі Он екінші"),
    ],
)
async def test_whatever_was_asked_the_words_of_the_answer_are_read_where_answers_stand(
    story: Story,
    browser: AsyncClient,
    seeded_database: SeededDatabase,
    name: str,
    form: Form,
    field: str,
    who: str,
) -> None:
    """A council's note, the reason of a refused invitation (rule 12), what a co-conductor adds (rule 2)."""
    case = CASES[name]
    await case.told(story)
    letter = await story.letter(case.kind, case.subject)
    await answered(browser, story.address_of(letter), form)
    await signed_in(browser, seeded_database, "sary-analyst")
    for language in Language:
        page = await browser.get(f"/staff/monitorings/{story.number}/answers?lang={language.value}")
        assert (page.status_code, flaws(page)) == (200, [])
        assert " ".join(str(form[field]).split()) in words(page), (name, language)
        assert who in words(page)
    own = await browser.get(f"/staff/monitorings/{story.number}?lang=kk")
    if name == "council":
        assert "№ 4 хаттама" in words(own)
