"""What is known of a number goes to whoever holds one of its letters; counting up tells nothing."""

import pytest
from httpx import AsyncClient

from models.letters.check_words import ALPHABET, check_word, letter_of_word
from models.tables.monitorings import MonitoringRow
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Language
from tests.pages.reading import flaws, words
from tests.pages.story import SECRET, Story
from tests.pages.test_public import leaves


async def head(story: Story) -> str:
    async with story.sessions() as session:
        row = await session.get_one(MonitoringRow, story.number)
        return f"{row.seq}:{row.head_hash[:16]}"


@pytest.mark.parametrize("language", Language)
async def test_numbers_in_sequence_tell_nothing_of_what_runs(
    story: Story, browser: AsyncClient, language: Language
) -> None:
    await story.invites()
    await leaves(story, LetterKind.INVITATION)
    pages = set()
    for number in (story.number, "2026-SARY-0999", "2026-UO-0001", "13.1-SARY", "18-UO"):
        page = await browser.get(f"/check/{number}", params={"lang": language.value})
        assert page.status_code == 200
        assert flaws(page) == []
        pages.add(page.text.replace(number, ""))
    assert len(pages) == 1


async def test_the_word_of_a_letter_shows_what_was_sent(story: Story, browser: AsyncClient) -> None:
    await story.invites()
    await leaves(story, LetterKind.INVITATION)
    page = await browser.get(await story.check_page(LetterKind.INVITATION))
    assert "04.09.2026" in words(page)
    assert (await head(story)) in page.text
    assert flaws(page) == []


@pytest.mark.parametrize("code", ["", "lower", "cyrillic", "spaced", "bare"])
async def test_a_word_is_taken_as_people_type_it(story: Story, browser: AsyncClient, code: str) -> None:
    await story.invites()
    letter = await story.letter(LetterKind.INVITATION)
    word = check_word(SECRET, story.number, letter.id)
    typed = {
        "": word,
        "lower": word.lower(),
        "cyrillic": word.translate(str.maketrans("ACEHKMPTXY", "АСЕНКМРТХУ")),
        "spaced": " " + word.replace("-", " - ") + " ",
        "bare": word.replace("-", ""),
    }[code]
    asked = await browser.get("/check", params={"number": story.number, "word": typed, "lang": "en"})
    page = await browser.get(asked.headers["location"])
    assert f"Monitoring No. {story.number} is registered" in words(page)


async def test_the_word_of_another_letter_or_number_is_none(story: Story, browser: AsyncClient) -> None:
    await story.invites()
    letter = await story.letter(LetterKind.INVITATION)
    wrong = (
        check_word(SECRET, "2026-SARY-0002", letter.id),
        check_word(SECRET, story.number, "L999-0"),
        check_word("another secret", story.number, letter.id),
        "",
        "-",
    )
    for word in wrong:
        page = await browser.get(f"/check/{story.number}", params={"word": word, "lang": "en"})
        assert "is registered" not in words(page), word


async def test_a_letter_of_before_is_checked_by_its_journal_code(story: Story, browser: AsyncClient) -> None:
    await story.invites()
    await leaves(story, LetterKind.INVITATION)
    code = await head(story)
    await story.asks()
    page = await browser.get(f"/check/{story.number}", params={"code": code, "lang": "en"})
    assert "The code agrees" in words(page)
    assert "<table" in page.text, "with the days of its letters"
    wrong = await browser.get(f"/check/{story.number}", params={"code": f"3:{'f' * 16}", "lang": "en"})
    assert "is registered" not in words(wrong)


async def test_what_is_published_is_said_to_exist_and_no_more(story: Story, browser: AsyncClient) -> None:
    await story.approves()
    await story.dispatches()
    await leaves(story, LetterKind.REPORT_FOR_CONSIDERATION)
    await story.is_published()
    page = await browser.get(f"/check/{story.number}", params={"lang": "en"})
    assert "is registered" in words(page)
    assert f'href="/public/{story.number}?lang=en"' in page.text
    for told in (page, await browser.get(f"/check/{story.number}", params={"code": await head(story)})):
        assert "<table" not in told.text, "the code stands on the published page for everybody"
    held = await browser.get(await story.check_page(LetterKind.REPORT_FOR_CONSIDERATION))
    assert "04.09.2026" in words(held)


async def test_a_link_leads_to_the_check_of_its_letter(story: Story, browser: AsyncClient) -> None:
    await story.asks()
    page = await browser.get(await story.link(LetterKind.INFORMATION_REQUEST))
    checked = (await story.check_page(LetterKind.INFORMATION_REQUEST)).partition("?")[2]
    assert checked in page.text


def test_words_are_short_readable_and_never_the_same_twice() -> None:
    given = {check_word(SECRET, f"2026-SARY-{n:04}", f"L{m}-0") for n in range(40) for m in range(40)}
    assert len(given) == 1600
    assert all(len(word) == 11 and set(word) <= {*ALPHABET, "-"} for word in given)
    assert not set("OIЗBЗ0183") & set(ALPHABET), "nothing that is taken for something else"


def test_a_secret_that_is_kept_beside_a_new_one_still_checks_letters() -> None:
    word = check_word("old", "2026-SARY-0001", "L1-0")
    assert letter_of_word(("new", "old"), "2026-SARY-0001", ("L0-0", "L1-0"), word) == "L1-0"
    assert letter_of_word(("new",), "2026-SARY-0001", ("L1-0",), word) is None
