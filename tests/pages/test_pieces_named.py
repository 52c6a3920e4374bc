"""Refusals name a piece of the content as its list does, and lead to where it is mended; never by an id."""

import re

import pytest
from httpx import AsyncClient

from locales.catalogue import LOCALES, read_catalogue, text
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Language
from tests.fixtures.stack import SeededDatabase
from tests.pages.answering import REPLY
from tests.pages.reading import flaws, soup, words
from tests.pages.story import Story
from tests.pages.test_cancelling import presses
from tests.pages.test_consolidation import signed_in
from tests.pages.test_editing import ITEM, SHARE, SOURCE, at, draft, findings, indicators, records
from tests.pages.test_from_paper import PAPER, place, report_is_sent
from tests.pages.test_from_paper import records as sends

ID = re.compile(r"\b[a-z]-[0-9a-f]{16}\b|[«“](?:new|draft[a-z_]*|[a-z]\d)[»”]")
SHARE_OF_NONE = SHARE | {"value": "70,0", "numerator": "14", "denominator": "40"}


@pytest.mark.parametrize("language", Language)
async def test_what_is_not_entered_yet_is_refused_by_its_own_words(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    await signed_in(browser, seeded_database, "sary-analyst")
    source = SOURCE | {"obtained_on": "30.12.2026"}
    assert SOURCE["title-kk"] in await _refused(story, browser, "sources", source, language)
    said = await _refused(story, browser, "indicators", SHARE_OF_NONE, language)
    assert SHARE["text-kk"] in said
    assert ("35.0" if language is Language.EN else "35,0") in said


async def _refused(
    story: Story, browser: AsyncClient, listed: str, typed: dict[str, str], language: Language
) -> str:
    """What the form for a new piece says of what was typed."""
    form = await browser.get(f"{at(story, listed, 'new')}?lang={language.value}")
    page = await presses(browser, form, "send", **typed)
    assert (page.status_code, flaws(page)) == (409, []), words(page)
    assert ID.search(words(page)) is None
    told = soup(page).select_one(".message")
    assert told is not None
    return told.get_text()


@pytest.mark.parametrize("language", Language)
def test_a_refusal_names_no_field_of_the_api(language: Language) -> None:
    """An edition is a file: what is wrong in it is named as it stands there."""
    refused = read_catalogue(LOCALES / language.value / "refusals.po", language)
    said = {
        str(each.id): re.sub(r"\{[^}]*\}|times\.\w+", "", str(each.string)) for each in refused if each.id
    }
    assert {key for key, words in said.items() if re.search(r"[a-z]_[a-z]", words)} == set()


@pytest.mark.parametrize("language", Language)
async def test_what_the_report_lacks_is_named_as_in_its_list_and_leads_there(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    await signed_in(browser, seeded_database, "sary-analyst")
    await records(browser, at(story, "indicators", "new"), SHARE)
    await records(browser, at(story, "draft", "items", "new"), ITEM | {"due_on": "01.09.2026"})
    (indicator,) = await indicators(story)
    (item,) = (await draft(story)).decision.items
    page = await browser.get(f"{at(story, 'draft')}?lang={language.value}")
    assert (page.status_code, flaws(page)) == (200, []), words(page)
    told = soup(page).select_one('section[aria-labelledby="lacks"]')
    assert told is not None
    assert ID.search(told.get_text()) is None
    ways = {str(link["href"]).partition("?")[0]: link.get_text() for link in told.select("a")}
    assert ways[at(story, "indicators", indicator.id)] == text(language, "page.desk.indicators.one", number=1)
    assert ways[at(story, "draft", "items", item.id)] == text(language, "page.desk.draft.one", number=1)
    for address in ways:
        assert (await browser.get(address)).status_code in {200, 409}, address


async def test_what_a_colleague_wrote_meanwhile_is_named_as_in_its_list(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "sary-analyst")
    await records(browser, at(story, "findings", "new"), {"text-kk": "Кезек жоқ"})
    (finding,) = await findings(story)
    for below, name in (
        (("findings", finding.id), text(Language.KK, "page.desk.findings.one", number=1)),
        (("draft", "assessment"), text(Language.KK, "page.desk.draft_assessment.title")),
    ):
        if below[0] == "draft":
            await records(browser, at(story, *below), {"text-kk": "Бірінші"})
        read = await browser.get(f"{at(story, *below)}?lang=kk")
        await presses(browser, read, "send", **{"text-kk": "Екінші"})
        stale = await presses(browser, read, "send", **{"text-kk": "Үшінші", "key": "b" * 32})
        assert stale.status_code == 409
        assert name in words(stale)
        assert ID.search(words(stale)) is None


async def test_an_item_of_the_decision_is_named_as_the_report_numbers_it(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await report_is_sent(story)
    await signed_in(browser, seeded_database, "sary-analyst")
    await sends(browser, await place(story, LetterKind.REPORT_FOR_CONSIDERATION), REPLY)
    opened = await browser.get(f"{at(story, 'items', 'q1', 'judgement')}?lang=ru")
    refused = await presses(browser, opened, "check", verdict="implemented", reason="Көрдік")
    assert (refused.status_code, flaws(refused)) == (422, []), words(refused)
    told = soup(refused).select_one("#verdict-message")
    assert told is not None
    assert text(Language.RU, "letter.item.recommendation", position=1) in told.get_text()
    assert ID.search(words(refused)) is None


@pytest.mark.parametrize("language", Language)
async def test_a_paper_of_a_day_to_come_is_called_a_paper(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    await report_is_sent(story)
    await signed_in(browser, seeded_database, "sary-analyst")
    report = await place(story, LetterKind.REPORT_FOR_CONSIDERATION)
    opened = await browser.get(f"{report}?lang={language.value}")
    typed = {**{name: str(value) for name, value in REPLY.items()}, **PAPER, "paper_dated": "30.12.2026"}
    page = await presses(browser, opened, "check", **typed)
    assert (page.status_code, flaws(page)) == (422, []), words(page)
    told = soup(page).select_one("#paper_dated-message")
    assert told is not None
    assert text(language, "page.fault.desk_from_paper_dated_in_future") in told.get_text()
    assert "clinic-2" not in words(page)


@pytest.mark.parametrize("language", Language)
async def test_people_are_asked_for_as_people(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    await signed_in(browser, seeded_database, "sary-head")
    form = await browser.get(f"{at(story, 'working-group')}?lang={language.value}")
    hints = {f"person-{row}": soup(form).select_one(f"#person-{row}-hint") for row in range(2, 7)}
    said = text(language, "page.desk.question.person_hint")
    assert {name: hint and hint.get_text() for name, hint in hints.items()} == dict.fromkeys(hints, said)
    several = await presses(browser, form, "check", **{"person-2": "Үлгі", "community-2": "expert"})
    told = soup(several).select_one("#person-2-message, #person-2-meant-message")
    assert told is not None, words(several)
    label = text(language, "page.desk.create_working_group.person", number="2")
    faults = {
        text(language, f"page.fault.desk_person_{why}", question=label) for why in ("several", "too_many")
    }
    assert any(fault in told.get_text() for fault in faults), told.get_text()
