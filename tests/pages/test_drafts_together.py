"""One draft for all who have one letter: whoever it was handed on to goes on with what was saved before."""

import pytest
from httpx import AsyncClient
from sqlmodel import select

from locales.catalogue import text
from models.commands import AnswerReport
from models.events import RungReached
from models.tables.drafts import DraftRow
from models.tables.files import AttachmentRow
from models.vocabulary.actors import SYSTEM
from models.vocabulary.ladders import RungName
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Language, Response
from tests.pages.answering import INFORMATION, REPLY, answered, press, report_link
from tests.pages.reading import answered_and_unsent, fields, flaws, soup, words
from tests.pages.reports import SIGNED, as_browsers_send
from tests.pages.story import CLINIC, NOW, Story
from tests.pages.test_handing_on import COLLEAGUE
from tests.pages.test_long_replies import link_of, paper, said_of, saves

REFUSED = {"response-n3": "declined", "reason-n3": "Бұған өкілеттігіміз жоқ"}


async def hands_on(story: Story, browser: AsyncClient, link: str) -> str:
    """The link of the colleague."""
    await answered(browser, f"{link}/form/handing-on", {**COLLEAGUE, "language": "kk"})
    await story.letters_leave()
    return story.address_of(await story.letter(LetterKind.REPORT_FOR_CONSIDERATION, CLINIC))


def answer(story: Story) -> AnswerReport:
    (given,) = [each for each in story.clerk.obeyed if isinstance(each, AnswerReport)]
    return given


async def test_a_colleague_goes_on_with_a_long_reply_and_whoever_began_it_reads_what_was_not_sent(
    story: Story, browser: AsyncClient
) -> None:
    clerk = await link_of(story, 7)
    await saves(browser, f"{clerk}/items/n1", said_of("n1"), paper("n1"), "list")
    await saves(browser, f"{clerk}/items/n2", {"reason-n2": "Ойланамыз"}, button="list")
    await saves(browser, f"{clerk}/items/n3", REFUSED, button="list")
    form = await browser.get(f"{clerk}/form/handing-on")
    assert text(Language.KK, "page.handing_on.means") in words(form)
    colleague = await hands_on(story, browser, clerk)

    theirs = await browser.get(colleague)
    assert (theirs.status_code, flaws(theirs)) == (200, [])
    assert text(Language.KK, "page.long_reply.progress", answered=2, items=7) in words(theirs)
    assert text(Language.KK, "page.together.received", by="Үлгі Кеңсе, Кеңсе меңгерушісі") in words(theirs)
    mine = await browser.get(clerk)
    assert text(Language.KK, "page.together.handed_on", name="Үлгі Қырқыншы") in words(mine)
    assert text(Language.KK, "page.together.shared") in words(mine)
    rest = await browser.get(f"{colleague}/rest")
    check = await as_browsers_send(browser, rest, "check", {})
    assert sorted(fields(check)["item"]) == ["n4", "n5", "n6", "q1"]
    assert (await browser.post(f"{colleague}/rest", data={**fields(check), "action": "send"})).is_redirect
    assert "Үлгі Қырқыншы (" in str(soup(await browser.get(clerk)).select_one("ol.tasks li:nth-of-type(4)"))

    at_once = await browser.get(f"{clerk}/items/n3")
    known = await browser.get(f"{colleague}/items/n3")
    assert fields(known)["reason-n3"] == ["Бұған өкілеттігіміз жоқ"]
    refused = {**REFUSED, "reason-n3": "Бұл біздің міндетіміз емес"}
    assert (await as_browsers_send(browser, at_once, "list", refused)).is_redirect
    told = await as_browsers_send(browser, known, "list", {"response-n3": "accepted", "reason-n3": ""})
    assert (told.status_code, flaws(told)) == (409, []), "each is told of the other"
    assert "Бұл біздің міндетіміз емес" in words(told)
    decided = {"response-n3": "accepted", "reason-n3": ""}
    assert (await as_browsers_send(browser, told, "list", decided)).is_redirect
    await saves(browser, f"{colleague}/items/n2", said_of("n2"), button="list")
    await saves(browser, f"{colleague}/whole", dict(SIGNED), button="list")
    check = await as_browsers_send(browser, await browser.get(colleague), "check", {})
    sent = await browser.post(colleague, data={**fields(check), "action": "send"})
    assert sent.status_code == 303, words(sent)

    given = {each.item: each.response for each in answer(story).answers}
    assert (given["n1"], given["n3"]) == (Response.PARTLY, Response.ACCEPTED)
    async with story.sessions() as session:
        attached = (await session.exec(select(AttachmentRow.filename))).all()
    assert attached == ["n1-құжат.txt"], "what was chosen by another link of the letter counts, too"
    confirmed = await browser.get(sent.headers["location"])
    assert soup(confirmed).select_one("section.unsent") is None
    assert (await browser.get(f"{clerk}/items/n3")).headers["location"] == clerk
    page = await browser.get(clerk)
    assert (page.status_code, flaws(page)) == (200, [])
    counts, unsent = answered_and_unsent(page)
    assert text(Language.KK, "page.together.handed_on", name="Үлгі Қырқыншы") in counts
    assert "Бұл біздің міндетіміз емес" in unsent
    assert "қабылданбады" in unsent.casefold()
    assert "Орындалады n1" not in unsent, "what was sent as it was saved is not among it"


@pytest.mark.parametrize("language", Language)
async def test_of_a_reply_on_one_page_the_draft_and_its_files_are_of_both(
    story: Story, browser: AsyncClient, language: Language
) -> None:
    link, lang = await report_link(story), {"lang": language.value}
    page = await browser.get(link)
    typed = {**fields(page), **REPLY, "respondent": "", "post": "", "action": "save"}
    chosen = {"upload-p1": ("талон.txt", b"85", "text/plain")}
    assert (await browser.post(link, data=typed, files=chosen)).status_code == 303
    assert text(language, "page.together.shared") not in words(await browser.get(link, params=lang))
    colleague = await hands_on(story, browser, link)
    theirs = await browser.get(colleague, params=lang)
    assert (theirs.status_code, flaws(theirs)) == (200, [])
    assert fields(theirs)["reason-p1"] == [REPLY["reason-p1"]]
    assert "талон.txt" in words(theirs)
    saved = text(language, "page.together.saved", name="@", at="@").split("@")[-2].strip(" .;")
    assert saved in words(theirs), "whose link saved it is said"
    mine = await browser.get(link, params=lang)
    assert (mine.status_code, flaws(mine)) == (200, [])
    assert text(language, "page.together.handed_on", name="Үлгі Қырқыншы") in words(mine)
    beside = await press(browser, link, "save", {**fields(mine), "text": "Кеңсенің сөзі"})
    assert beside.status_code == 303
    late = await press(browser, colleague, "save", {**fields(theirs), "text": "Әріптестің сөзі"})
    assert (late.status_code, flaws(late)) == (409, [])
    assert "Кеңсенің сөзі" in words(late)
    check = await press(browser, colleague, "check", {**fields(late), **SIGNED})
    assert check.status_code == 200, words(check)
    assert (await browser.post(colleague, data={**fields(check), "action": "send"})).status_code == 303
    counts, unsent = answered_and_unsent(await browser.get(link, params=lang))
    assert "Әріптестің сөзі" in counts
    assert "Кеңсенің сөзі" in unsent
    async with story.sessions() as session:
        assert (await session.exec(select(AttachmentRow.filename))).all() == ["талон.txt"]


async def test_what_was_saved_under_a_letter_handed_on_before_drafts_were_shared_is_found(
    story: Story, browser: AsyncClient
) -> None:
    link = await report_link(story)
    colleague = await hands_on(story, browser, link)
    copy = await story.letter(LetterKind.REPORT_FOR_CONSIDERATION, CLINIC)
    assert copy.copy_of is not None
    async with story.sessions.begin() as session:
        for letter, said in ((copy.id, "Әріптестің ескісі"), (copy.copy_of, "Кеңсенің ескісі")):
            row = DraftRow(holder=f"{story.number}/{letter}", form="answer", fields={"text": [said]}, at=NOW)
            session.add(row)
    for each in (link, colleague):
        page = await browser.get(each)
        assert (page.status_code, flaws(page)) == (200, [])
        assert "Әріптестің ескісі" in page.text
        assert "Кеңсенің ескісі" in page.text
    decided = await press(browser, link, "check", {**fields(await browser.get(link)), **REPLY})
    sent = await browser.post(link, data={**fields(decided), "action": "send"})
    assert sent.status_code == 303, words(sent)
    _, unsent = answered_and_unsent(await browser.get(colleague))
    assert "Әріптестің ескісі" in unsent


async def test_a_reminder_goes_on_with_what_was_saved_by_the_first_letter(
    story: Story, browser: AsyncClient
) -> None:
    link = await report_link(story)
    await press(browser, link, "save", {**fields(await browser.get(link)), "text": "Жартысы"})
    state = await story.state()
    deadline = state.addressees[CLINIC].deadline
    assert deadline is not None
    rung = RungReached(deadline=deadline, rung=RungName.REMINDER, was_due_at=NOW)
    await story.clerk.happened(state, story.number, SYSTEM, (rung,))
    reminder = await story.link(LetterKind.REPLY_REMINDER)
    page = await browser.get(reminder)
    assert fields(page)["text"] == ["Жартысы"]
    assert text(Language.KK, "page.together.shared") not in words(page), "it was handed on to nobody"
    assert (await answered(browser, reminder, {**fields(page), **REPLY})).status_code == 200
    _, unsent = answered_and_unsent(await browser.get(link))
    assert "Жартысы" in unsent


async def test_what_is_asked_of_others_or_anew_begins_empty(story: Story, browser: AsyncClient) -> None:
    link = await report_link(story)
    await press(browser, link, "save", {**fields(await browser.get(link)), "text": "Бірінші нұсқаға"})
    await story.corrects()
    corrected = await story.link(LetterKind.REPORT_CORRECTED, CLINIC)
    assert "Бірінші нұсқаға" not in (await browser.get(corrected)).text


async def test_a_request_for_information_is_answered_by_one_draft(story: Story, browser: AsyncClient) -> None:
    await story.asks()
    link = await story.link(LetterKind.INFORMATION_REQUEST)
    page = await browser.get(link)
    await press(browser, link, "save", {**fields(page), **INFORMATION, "text": "Кеңсе жазғаны"})
    await answered(browser, f"{link}/form/handing-on", COLLEAGUE)
    colleague = await story.link(LetterKind.INFORMATION_REQUEST)
    theirs = await browser.get(colleague)
    assert fields(theirs)["text"] == ["Кеңсе жазғаны"]
    await answered(browser, colleague, {**fields(theirs), "text": "Әріптес түзеткені"})
    counts, unsent = answered_and_unsent(await browser.get(link))
    assert "Әріптес түзеткені" in counts
    assert "Кеңсе жазғаны" in unsent
