"""Several people at one form, and people whose time is over: nothing typed is lost, and everybody is told."""

from datetime import timedelta

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response
from sqlalchemy import func
from sqlmodel import col, select

from activities.keepers.drafts import delete_old_drafts
from api.http.deps import present
from models.tables.drafts import DraftFileRow, DraftRow
from models.tables.files import AttachmentRow, FileRow
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Language
from tests.api.inbox import arrives
from tests.fixtures.stack import SeededDatabase
from tests.pages.answering import OTHER, REPLY, answered, press, report_link
from tests.pages.reading import answered_and_unsent, fields, flaws, soup, words
from tests.pages.story import NOW, Story
from tests.pages.test_cancelling import address, presses
from tests.pages.test_consolidation import signed_in


async def saves(browser: AsyncClient, page: Response, **typed: str) -> Response:
    return await press(
        browser, str(page.url.path), "save", {**fields(page), **typed}, page.headers["content-language"]
    )


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("button", ["save", "check", "send"])
async def test_of_two_colleagues_with_one_link_the_second_is_shown_both(
    story: Story, browser: AsyncClient, language: Language, button: str
) -> None:
    link = await report_link(story)
    mine = await browser.get(link, params={"lang": language.value})
    theirs = await browser.get(link, params={"lang": language.value})
    assert (
        await saves(browser, theirs, **{"reason-p1": "Біріншісі", "response-p1": "declined"})
    ).status_code == 303
    form = {**fields(mine), **REPLY, "reason-p1": "Екіншісі"}
    told = await press(browser, link, button, form, language.value)
    assert (told.status_code, flaws(told)) == (409, [])
    assert fields(told)["reason-p1"] == ["Екіншісі"], "what was typed stands in the form"
    assert "Біріншісі" in words(told), "and the other's beside it"
    assert story.clerk.obeyed == []
    reopened = await browser.get(link)
    assert "Екіншісі" in reopened.text
    assert "Біріншісі" in reopened.text
    decided = await press(browser, link, "check", fields(told), language.value)
    assert decided.status_code == 200, words(decided)
    assert "Біріншісі" not in (await browser.get(link)).text, "both were seen, one was decided for"


async def test_the_other_version_can_be_gone_on_with(story: Story, browser: AsyncClient) -> None:
    link = await report_link(story)
    mine, theirs = await browser.get(link), await browser.get(link)
    await saves(browser, theirs, text="Біріншісі")
    told = await saves(browser, mine, text="Екіншісі")
    take = soup(told).select_one('button[value^="take-"]')
    assert take is not None
    page = await press(browser, link, str(take["value"]), fields(told))
    assert (page.status_code, flaws(page)) == (200, [])
    assert fields(page)["text"] == ["Біріншісі"]
    assert "Екіншісі" in words(page)


async def test_the_same_press_twice_is_nobody_else_s(story: Story, browser: AsyncClient) -> None:
    link = await report_link(story)
    page = await browser.get(link)
    for _ in range(2):
        assert (await saves(browser, page, text="Жартысы")).status_code == 303
    assert "Жартысы" in fields(await browser.get(link))["text"]


async def test_an_own_later_version_is_no_strangers(story: Story, browser: AsyncClient) -> None:
    link = await report_link(story)
    saved = await saves(browser, await browser.get(link), text="Бір")
    saved = await saves(browser, await browser.get(saved.headers["location"]), text="Екі")
    assert saved.status_code == 303
    page = await browser.get(link)
    assert fields(page)["text"] == ["Екі"]
    assert "Бір" not in page.text


async def test_a_file_of_a_colleague_stays_to_be_ticked(story: Story, browser: AsyncClient) -> None:
    link = await report_link(story)
    mine = await browser.get(link)
    theirs = await browser.get(link)
    await browser.post(
        link,
        data={**fields(theirs), "text": "Біріншісі", "action": "save"},
        files={"upload-p1": ("оның.txt", b"x", "text/plain")},
    )
    told = await saves(browser, mine, text="Екіншісі")
    assert told.status_code == 409
    assert "оның.txt" in words(told)
    assert "attached-p1" not in fields(told)


async def test_whoever_typed_beside_an_answer_is_shown_both(story: Story, browser: AsyncClient) -> None:
    """The colleague's form was open all the time, and is saved after the answer was sent."""
    link = await report_link(story)
    late = await browser.get(link)
    await answered(browser, link, REPLY)
    page = await press(browser, link, "save", {**fields(late), "text": OTHER.respondent})
    counts, unsent = answered_and_unsent(page)
    assert "Үлгі Отыз бірінші" in counts
    assert OTHER.respondent in unsent
    assert OTHER.respondent not in counts


@pytest.mark.parametrize("language", Language)
async def test_what_was_typed_behind_a_link_that_has_ended_stays_to_be_read(
    story: Story, browser: AsyncClient, language: Language
) -> None:
    link = await report_link(story)
    form = await browser.get(link)
    await story.corrects()
    stopped = await press(browser, link, "check", {**fields(form), **REPLY}, language.value)
    assert (stopped.status_code, flaws(stopped)) == (410, [])
    assert str(REPLY["reason-p1"]) in words(stopped)
    assert "partly" not in words(stopped)


async def test_what_an_account_types_is_kept_until_it_is_sent(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "sary-analyst")
    form = await browser.get(address(story))
    saved = await presses(browser, form, "save", reason="Жартысы")
    assert saved.status_code == 303, words(saved)
    again = await browser.get(saved.headers["location"])
    assert (again.status_code, flaws(again)) == (200, [])
    assert fields(again)["reason"] == ["Жартысы"]
    assert fields(again)["key"] == fields(form)["key"]
    check = await presses(browser, again, "check", reason="Объект таратылды")
    assert (await presses(browser, check, "send")).status_code == 303
    async with story.sessions() as session:
        assert (await session.exec(select(DraftRow))).all() == []


async def test_another_form_of_an_account_takes_the_place_of_none(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "uo-analyst")
    path = "/staff/consolidation/paper"
    await story.approves()
    await story.dispatches()
    await story.letters_leave()
    await arrives(story.sessions, await story.state())
    first = await browser.get(path)
    assert (await presses(browser, first, "save", title="Бірінші қағаз")).status_code == 303
    anew = await browser.get(f"{path}?key=new")
    assert fields(anew)["title"] == [""]
    assert (await presses(browser, anew, "save", title="Екінші қағаз")).status_code == 303
    newest = await browser.get(path)
    assert (fields(newest)["title"], flaws(newest)) == (["Екінші қағаз"], [])
    key = fields(first)["key"][0]
    older = soup(newest).select_one(f'a[href*="key={key}"]')
    assert older is not None
    assert fields(await browser.get(str(older["href"])))["title"] == ["Бірінші қағаз"]


async def test_two_windows_of_one_account_do_not_write_over_each_other(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "sary-analyst")
    await presses(browser, await browser.get(address(story)), "save", reason="Басы")
    here, there = await browser.get(address(story)), await browser.get(address(story))
    assert (await presses(browser, there, "save", reason="Сонда")).status_code == 303
    told = await presses(browser, here, "check", reason="Осында")
    assert (told.status_code, flaws(told)) == (409, [])
    assert fields(told)["reason"] == ["Осында"]
    assert "Сонда" in words(told)


async def test_whose_hours_are_over_finds_texts_and_files_after_the_next_sign_in(
    app: FastAPI, story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    """A form filled in over night: the sign-in is over, the browser still says whose it was."""
    await story.approves()
    await story.dispatches()
    await story.letters_leave()
    await arrives(story.sessions, await story.state())
    await signed_in(browser, seeded_database, "uo-analyst")
    form = await browser.get("/staff/consolidation/paper")
    app.dependency_overrides[present] = lambda: NOW + timedelta(hours=9)
    data = {**fields(form), "title": "Түнде толтырылды", "conclusions": "ұ" * 60_000, "action": "check"}
    files = {"upload": ("есеп.txt", b"x", "text/plain")}
    over = await browser.post("/staff/consolidation/paper", data=data, files=files)
    assert (over.status_code, flaws(over)) == (401, [])
    assert fields(over)["title"] == ["Түнде толтырылды"]
    await signed_in(browser, seeded_database, "uo-analyst")
    again = await browser.get("/staff/consolidation/paper")
    assert fields(again)["title"] == ["Түнде толтырылды"]
    assert len(fields(again)["conclusions"][0]) == 60_000
    assert "есеп.txt" in words(again)


# ——— files count once they were sent ———
async def named_anywhere(story: Story, name: str) -> bool:
    async with story.sessions() as session:
        attached = await session.exec(select(AttachmentRow.filename))
        return name in attached.all()


async def test_a_file_counts_once_it_was_sent(story: Story, browser: AsyncClient) -> None:
    link = await report_link(story)
    files = [
        ("upload-p1", ("керек.txt", b"sent", "text/plain")),
        ("upload-p1", ("керексіз.txt", b"never sent", "text/plain")),
    ]
    page = await browser.post(link, data={**REPLY, "action": "check", "respondent": ""}, files=files)
    assert not await named_anywhere(story, "керек.txt")
    form = fields(page)
    first = form["attached-p1"][0]
    left = await press(browser, link, "save", {**form, "attached-p1": first, "respondent": "Үлгі"})
    kept = await browser.get(left.headers["location"])
    assert "керексіз.txt" in words(kept), "it can be ticked again"
    assert "03.03.2027" in words(kept), "whoever leaves it out is told when it is gone"
    check = await press(browser, link, "check", fields(kept))
    assert "керексіз.txt" in words(check), "before sending, too"
    sent = await browser.post(link, data={**fields(check), "action": "send"})
    assert sent.status_code == 303
    assert await named_anywhere(story, "керек.txt")
    assert not await named_anywhere(story, "керексіз.txt")
    async with story.sessions() as session:
        assert (await session.exec(select(DraftFileRow.id))).all() == []
        bytes_kept = await session.exec(
            select(FileRow.content).where(col(FileRow.media_type).contains("text"))
        )
        assert bytes_kept.all() == [b"sent"]


async def test_drafts_and_files_that_were_never_sent_end_with_the_draft_s_life(
    story: Story, browser: AsyncClient
) -> None:
    link = await report_link(story)
    await browser.post(link, data={"action": "save"}, files={"upload-p1": ("x.txt", b"x", "text/plain")})

    async def kept() -> tuple[int, int]:
        async with story.sessions() as session:
            rows = (await session.exec(select(func.count()).select_from(DraftRow))).one()
            return rows, (await session.exec(select(func.count()).select_from(DraftFileRow))).one()

    await delete_old_drafts(story.sessions, 180, NOW + timedelta(days=179))
    assert await kept() == (1, 1)
    await delete_old_drafts(story.sessions, 180, NOW + timedelta(days=181))
    assert await kept() == (0, 0)


async def test_a_comment_of_another_window_is_shown_beside(story: Story, browser: AsyncClient) -> None:
    await story.invites()
    link = await story.link(LetterKind.INVITATION, "m1")
    await answered(browser, link, {"consent": "consent", "agreement": "agreed"})
    reading = await story.link(LetterKind.MEMBERSHIP_CONFIRMED)
    page = await browser.get(reading)
    wrong = await browser.post(f"{reading}/comments", data={"comment": "ұ" * 20_001, "draft": ""})
    assert wrong.status_code == 422
    told = await browser.post(f"{reading}/comments", data={**fields(page), "comment": "Пікір"})
    assert (told.status_code, flaws(told)) == (409, [])
    assert fields(told)["comment"] == ["Пікір"]


@pytest.mark.parametrize("beside", ["receipt", "more-time", "handing-on"])
async def test_the_way_to_a_form_beside_keeps_what_was_typed(
    story: Story, browser: AsyncClient, beside: str
) -> None:
    link = await report_link(story)
    page = await browser.get(link)
    assert soup(page).select_one(f'button[value="to-{beside}"]') is not None
    left = await press(browser, link, f"to-{beside}", {**fields(page), "text": "Жауаптың басы."})
    assert (left.status_code, left.headers["location"].partition("?")[0]) == (303, f"{link}/form/{beside}")
    assert (await browser.get(left.headers["location"])).status_code == 200
    assert fields(await browser.get(link))["text"] == ["Жауаптың басы."]


async def test_a_way_that_leads_nowhere_leads_back_to_the_form(story: Story, browser: AsyncClient) -> None:
    link = await report_link(story)
    page = await browser.get(link)
    left = await press(browser, link, "to-nowhere", fields(page))
    assert (left.status_code, left.headers["location"].partition("?")[0]) == (303, link)
