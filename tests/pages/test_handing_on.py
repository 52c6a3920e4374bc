"""Behind a letter's link: it is handed on to a colleague, checked first, sent once; both links go on."""

import io

import pytest
from httpx import AsyncClient
from pypdf import PdfReader

from activities.registries.recipients import resolve
from locales.catalogue import text
from models.commands import HandOnLetter
from models.events import LetterUndelivered
from models.tables.content import NoteRow
from models.vocabulary.actors import SYSTEM
from models.vocabulary.letters import LetterKind, Purpose
from models.vocabulary.procedure import Language
from tests.documents.reading import unspaced
from tests.fixtures.stack import SeededDatabase
from tests.pages.answering import INFORMATION, REPLY, Form, answered, press, report_link
from tests.pages.reading import fields, flaws, words
from tests.pages.story import CLINIC, NOW, Story
from tests.pages.test_consolidation import signed_in

# What is said of answers.
ANSWERS = ("page.button.check", "page.check_note", "page.answered.title", "page.button.change_all")
COLLEAGUE: Form = {
    "name": "Үлгі Қырқыншы",
    "email": "colleague@example.kz",
    "language": "ru",
    "text": "Осыған жауап дайындаңызшы",
    "respondent": "Үлгі Кеңсе",
    "post": "Кеңсе меңгерушісі",
}


def commands(story: Story) -> list[HandOnLetter]:
    return [each for each in story.clerk.obeyed if isinstance(each, HandOnLetter)]


@pytest.mark.parametrize("language", Language)
async def test_it_is_typed_checked_sent_once_and_both_links_go_on(
    story: Story, browser: AsyncClient, language: Language
) -> None:
    link, lang = await report_link(story), {"lang": language.value}
    main = await browser.get(link, params=lang)
    assert "to-handing-on" in main.text
    form = f"{link}/form/handing-on"
    page = await browser.get(form, params=lang)
    assert (page.status_code, flaws(page)) == (200, []), words(page)
    empty = await press(browser, form, "check", {}, language.value)
    assert (empty.status_code, flaws(empty)) == (422, []), words(empty)
    done = await answered(browser, form, COLLEAGUE)
    assert (done.status_code, flaws(done)) == (200, []), words(done)
    assert len(commands(story)) == 1
    copy = await story.letter(LetterKind.REPORT_FOR_CONSIDERATION, CLINIC)
    async with story.sessions() as session:
        reached = await resolve(session, copy, NOW.date())
        note = await session.get(NoteRow, copy.colleague)
    assert reached is not None
    assert (reached.name, reached.address, reached.language.value) == (
        "Үлгі Қырқыншы",
        "colleague@example.kz",
        "ru",
    )
    assert note is not None
    assert note.number == story.number
    again = await browser.get(form, params=lang)
    assert (again.status_code, flaws(again)) == (200, [])
    assert "colleague@example.kz" in words(again), "whoever has the link sees to whom it went"
    await story.letters_leave()
    assert (await answered(browser, story.address_of(copy), REPLY)).status_code == 200
    awaited = [x for x in (await story.state()).letters.values() if x.copy_of is None and x.colleague]
    assert [x.purpose for x in awaited] == [Purpose.REPORT_IMPLEMENTATION], "the colleague hears it, too"
    theirs = await browser.get(story.address_of(awaited[0]), params=lang)
    assert (theirs.status_code, flaws(theirs)) == (200, [])
    assert "Үлгі Қырқыншы (" in words(theirs)
    assert (await browser.get(f"{story.address_of(awaited[0])}/reply/kk.pdf")).status_code == 200
    old = await browser.get(link, params=lang)
    assert (old.status_code, flaws(old)) == (200, [])
    assert "Талондардың 85%-ы ғана" in words(old), "the former link still reads"
    recorded = (await story.state()).model_dump_json()
    assert "colleague@example.kz" not in recorded
    assert "Қырқыншы" not in recorded


async def test_staff_see_the_body_and_the_colleague_wherever_the_letter_is_named(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await answered(browser, f"{await report_link(story)}/form/handing-on", COLLEAGUE)
    await story.letters_leave()
    copy = await story.letter(LetterKind.REPORT_FOR_CONSIDERATION, CLINIC)
    await signed_in(browser, seeded_database, "sary-analyst")
    home = f"/staff/monitorings/{story.number}/letters"
    for page in (home, f"/monitorings/{story.number}/history"):
        shown = words(await browser.get(page, params={"lang": "kk"}))
        assert "Үлгі Қырқыншы (" in shown, page
    timeline = words(await browser.get(f"/monitorings/{story.number}/history"))
    assert "Үлгі Қырқыншы, colleague@example.kz" in timeline
    made = await browser.get(f"{home}/{copy.id}/delivery/kk.pdf")
    found = "".join(each.extract_text() for each in PdfReader(io.BytesIO(made.content)).pages)
    assert unspaced("Үлгі Қырқыншы (") in unspaced(found)


async def test_a_letter_of_another_alphabet_in_an_address_is_told(story: Story, browser: AsyncClient) -> None:
    form = f"{await report_link(story)}/form/handing-on"
    for address in ("\u0441olleague@example.kz", "colleague", "a@b@example.kz", "x" * 300 + "@example.kz"):
        told = await press(browser, form, "check", {**COLLEAGUE, "email": address})
        assert (told.status_code, flaws(told)) == (422, []), address
    assert commands(story) == []


async def test_of_a_second_press_and_a_colleague_at_the_same_form_one_counts(
    story: Story, browser: AsyncClient
) -> None:
    form = f"{await report_link(story)}/form/handing-on"
    check = await press(browser, form, "check", COLLEAGUE)
    sent = {**fields(check), "action": "send"}
    first, second = [await browser.post(form, data=sent) for _ in range(2)]
    assert first.status_code == 303, words(first)
    assert second.status_code in {200, 303}
    other = await press(browser, form, "send", {**COLLEAGUE, "email": "other@example.kz"})
    assert "other@example.kz" in words(other), "what was typed beside it stays to be read"
    assert len(commands(story)) == 1


async def test_an_address_that_was_wrong_is_typed_anew(story: Story, browser: AsyncClient) -> None:
    form = f"{await report_link(story)}/form/handing-on"
    await answered(browser, form, COLLEAGUE)
    copy = await story.letter(LetterKind.REPORT_FOR_CONSIDERATION, CLINIC)
    failed = LetterUndelivered(letter=copy.id, attempt=1, code="550", told=True)
    await story.clerk.happened(await story.state(), story.number, SYSTEM, (failed,))
    await answered(browser, form, {**COLLEAGUE, "email": "mended@example.kz"})
    assert len(commands(story)) == 2


async def test_a_request_for_information_is_handed_on_and_an_invitation_is_not(
    story: Story, browser: AsyncClient
) -> None:
    await story.asks()
    link = await story.link(LetterKind.INFORMATION_REQUEST)
    assert "to-handing-on" in (await browser.get(link)).text
    await answered(browser, f"{link}/form/handing-on", COLLEAGUE)
    own = await story.link(LetterKind.INFORMATION_REQUEST)
    assert own != link
    await answered(browser, own, INFORMATION)
    await story.invites()
    invitation = await story.link(LetterKind.INVITATION)
    assert "handing-on" not in (await browser.get(invitation)).text
    assert (await browser.get(f"{invitation}/form/handing-on")).status_code == 404


async def test_nobody_hands_it_on_from_paper(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await report_link(story)
    await signed_in(browser, seeded_database, "sary-analyst")
    letter = await story.letter(LetterKind.REPORT_FOR_CONSIDERATION, CLINIC)
    paper = f"/staff/monitorings/{story.number}/letters/{letter.id}/answer"
    assert (await browser.get(paper)).status_code == 200
    assert "handing-on" not in (await browser.get(paper)).text
    assert (await browser.get(f"{paper}/form/handing-on")).status_code == 404


@pytest.mark.parametrize("language", Language)
async def test_a_letter_that_is_handed_on_is_not_called_an_answer(
    story: Story, browser: AsyncClient, language: Language
) -> None:
    link = await report_link(story)
    where, lang = f"{link}/form/handing-on", language.value
    asked = await browser.get(where, params={"lang": lang})
    assert text(language, "page.handing_on.who") in words(asked)
    check = await press(browser, where, "check", COLLEAGUE, lang)
    assert text(language, "page.handing_on.check_title") in words(check)
    sent = await press(browser, where, "send", COLLEAGUE, lang)
    again = await press(browser, where, "send", COLLEAGUE, lang)
    for page in (asked, check, await browser.get(sent.headers["location"]), again):
        said = words(page)
        assert not [key for key in ANSWERS if text(language, key) in said]
