"""A reply is amended, a correction asks only what it changed, an excerpt comes late: by letters' links."""

import pytest
from httpx import AsyncClient
from sqlmodel import select

from local.samples import content_of
from models.commands import (
    AddExcerpt,
    AmendReply,
    AnswerReport,
    ItemAnswer,
    JudgeImplementation,
)
from models.report.notes import ReplyNote, TextNote
from models.tables.files import AttachmentRow
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Language, Verdict
from models.vocabulary.procedure import Response as Word
from tests.pages.answering import COUNCIL, REPLY, answered, press, report_link
from tests.pages.reading import answered_and_unsent, fields, flaws, soup, words
from tests.pages.reports import with_words
from tests.pages.story import CLINIC, Story


@pytest.mark.parametrize("language", Language)
async def test_a_reply_is_amended_by_its_link_and_both_are_shown_with_their_times(
    story: Story, browser: AsyncClient, language: Language
) -> None:
    link = await report_link(story)
    file = {"upload-p1": ("жоспар.txt", "Жоспар".encode(), "text/plain")}
    await browser.post(link, data={**REPLY, "action": "save"}, files=file)
    await answered(browser, link, {**fields(await browser.get(link)), **REPLY})
    page = await browser.get(link, params={"lang": language.value})
    assert flaws(page) == []
    way = soup(page).select_one('a[href*="/form/amendment"]')
    assert way is not None
    form = await browser.get(str(way["href"]))
    assert (form.status_code, flaws(form)) == (200, [])
    filled = fields(form)
    assert filled["reason-p1"] == [REPLY["reason-p1"]], "what counts stands in the form"
    assert len(filled["attached-p1"]) == 1, "with its files"
    assert filled["response-q1"] == ["accepted"]
    changed = {**filled, "response-q1": "declined", "reason-q1": "Мүмкін болмады", "planned-q1": ""}
    address = str(form.url.path)
    check = await press(browser, address, "check", changed, language.value)
    assert (check.status_code, flaws(check)) == (200, []), words(check)
    sent = await browser.post(address, data={**fields(check), "action": "send"})
    assert sent.status_code == 303, words(sent)
    done = await browser.get(sent.headers["location"], params={"lang": language.value})
    assert (done.status_code, flaws(done)) == (200, [])
    command = story.clerk.obeyed[-1]
    assert isinstance(command, AmendReply)
    now, before = words(done), soup(done).select_one("section.former")
    assert before is not None
    assert "Мүмкін болмады" in now
    assert "Мүмкін болмады" not in before.get_text()
    assert "2028" in before.get_text(), "what was planned before"
    assert "11:00" in before.get_text(), "the time of the former one"
    async with story.sessions() as session:
        attached = await session.exec(select(AttachmentRow.filename))
        assert attached.all() == ["жоспар.txt"], "sent twice, it is one file"


async def test_of_two_who_amend_the_second_is_told(story: Story, browser: AsyncClient) -> None:
    link = await report_link(story)
    await answered(browser, link, REPLY)
    address = f"{link}/form/amendment"
    mine, theirs = await browser.get(address), await browser.get(address)
    check = await press(browser, address, "check", {**fields(theirs), "text": "Біріншісі"})
    assert (await browser.post(address, data={**fields(check), "action": "send"})).status_code == 303
    told = await press(browser, address, "send", {**fields(mine), "text": "Екіншісі"})
    assert (told.status_code, flaws(told)) == (422, [])
    assert "басқа жауап тіркелген" in words(told)
    assert fields(told)["text"] == ["Екіншісі"]
    assert len(story.clerk.obeyed) == 2
    again = await press(browser, address, "send", fields(told))
    assert again.status_code == 303, words(again)
    assert len(story.clerk.obeyed) == 3


async def test_once_assessed_a_reply_is_read_and_not_amended(story: Story, browser: AsyncClient) -> None:
    link = await report_link(story)
    await answered(browser, link, REPLY)
    reason = await story.keeps(TextNote(text="Орындалмады"))
    await story.does(JudgeImplementation, item="q1", verdict=Verdict.NOT_IMPLEMENTED, reason=reason)
    assert "form/amendment" not in (await browser.get(link)).text
    assert (await browser.get(f"{link}/form/amendment")).status_code == 303


async def test_what_came_on_paper_can_be_amended_by_the_link(story: Story, browser: AsyncClient) -> None:
    link = await report_link(story)
    reply = await story.keeps(ReplyNote(text="Қағаз жауап", respondent="Үлгі"))
    answers = tuple(ItemAnswer(item=item, response=Word.ACCEPTED) for item in ("p1", "q1"))
    await story.does(AnswerReport, addressee=CLINIC, answers=answers, reply=reply)
    form = await browser.get(f"{link}/form/amendment")
    assert fields(form)["text"] == ["Қағаз жауап"]
    assert fields(form)["response-p1"] == ["accepted"]


@pytest.mark.parametrize("language", Language)
async def test_a12_only_what_a_correction_changed_is_asked_and_the_former_answer_is_in_the_form(
    story: Story, browser: AsyncClient, language: Language
) -> None:
    await answered(browser, await report_link(story), REPLY)
    await story.corrects(with_words(content_of(story.scenario), "Басқа мәтін", "q1"))
    link = await story.link(LetterKind.REPORT_CORRECTED, CLINIC)
    form = await browser.get(link, params={"lang": language.value})
    assert (form.status_code, flaws(form)) == (200, [])
    assert "response-p1" not in fields(form), "its answer stands"
    assert fields(form)["response-q1"] == ["accepted"], "the former answer is in the form"
    check = await press(browser, link, "check", fields(form), language.value)
    assert (check.status_code, flaws(check)) == (200, []), words(check)
    assert (await browser.post(link, data={**fields(check), "action": "send"})).status_code == 303
    command = story.clerk.obeyed[-1]
    assert isinstance(command, AnswerReport)
    assert [answer.item for answer in command.answers] == ["q1"]
    page = await browser.get(link, params={"lang": language.value})
    assert flaws(page) == []
    former = soup(page).select_one("section.former")
    assert former is not None
    assert str(REPLY["reason-p1"]) in former.get_text()


async def test_a12_where_nothing_was_changed_the_link_shows_the_answer_that_stands(
    story: Story, browser: AsyncClient
) -> None:
    await answered(browser, await report_link(story), REPLY)
    await story.corrects()
    link = await story.link(LetterKind.ANSWERS_STAND, CLINIC)
    page = await browser.get(link)
    assert (page.status_code, flaws(page)) == (200, [])
    counts, unsent = answered_and_unsent(page)
    assert str(REPLY["reason-p1"]) in counts
    assert unsent == ""
    assert (await browser.get(f"{link}/form/amendment")).status_code == 200


@pytest.mark.parametrize("language", Language)
async def test_rule_21_a_late_excerpt_is_added_by_the_council_s_link(
    story: Story, browser: AsyncClient, language: Language
) -> None:
    await story.approves()
    await story.goes_to_council()
    link = await story.link(LetterKind.COUNCIL_ITEM)
    assert (await browser.get(f"{link}/form/excerpt")).status_code == 303, "nothing was considered yet"
    await answered(browser, link, COUNCIL)
    for name in ("үзінді-1.txt", "үзінді-2.txt"):
        form = await browser.get(f"{link}/form/excerpt", params={"lang": language.value})
        assert (form.status_code, flaws(form)) == (200, [])
        typed = {**fields(form), "respondent": "Үлгі", "post": "Хатшы", "action": "check"}
        check = await browser.post(
            f"{link}/form/excerpt", data=typed, files={"upload": (name, name.encode(), "text/plain")}
        )
        assert check.status_code == 200, words(check)
        sent = await browser.post(f"{link}/form/excerpt", data={**fields(check), "action": "send"})
        assert sent.status_code == 303, words(sent)
        assert isinstance(story.clerk.obeyed[-1], AddExcerpt)
    page = await browser.get(link, params={"lang": language.value})
    assert flaws(page) == []
    assert "үзінді-1.txt" in words(page)
    assert "үзінді-2.txt" in words(page)
    item = (await story.state()).council_items["k1"]
    assert (item.excerpt, len(item.later_excerpts)) == (None, 2)
