"""What a form says before it is sent: nothing is refused only afterwards, and nothing idle is offered."""

from datetime import timedelta

import pytest
from httpx import AsyncClient

from locales.catalogue import text
from models.vocabulary.editions import ORDER_192
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Language
from tests.pages.answering import REPLY, Form, answered, press, report_link
from tests.pages.reading import fields, soup, words
from tests.pages.story import NOW, Story

MORE_TIME: Form = {"until": "05.10.2026", "reason": "Демалыс", "respondent": "Үлгі", "post": "Дәрігер"}


async def test_a_plan_before_the_report_was_sent_is_refused_while_checking(
    story: Story, browser: AsyncClient
) -> None:
    link = await report_link(story)
    page = await press(browser, link, "check", {**REPLY, "planned-q1": "01.09.2026"})
    assert page.status_code == 422
    assert [a["href"] for a in soup(page).select(".errors a")] == ["#planned-q1"]
    assert story.clerk.obeyed == []
    today = await press(browser, link, "check", {**REPLY, "planned-q1": "04.09.2026"})
    assert today.status_code == 200


async def test_more_time_than_anybody_waits_is_refused_while_checking(
    story: Story, browser: AsyncClient
) -> None:
    link = await report_link(story)
    far = (NOW + timedelta(days=ORDER_192.times.asked_ahead_days + 2)).strftime("%d.%m.%Y")
    page = await press(browser, f"{link}/form/more-time", "check", {**MORE_TIME, "until": far})
    assert page.status_code == 422
    assert [a["href"] for a in soup(page).select(".errors a")] == ["#until"]


async def test_where_no_date_was_set_no_more_time_is_offered(story: Story, browser: AsyncClient) -> None:
    await story.approves()
    await story.dispatches(reply_by=None)
    link = await story.link(LetterKind.REPORT_FOR_CONSIDERATION)
    page = await browser.get(link)
    assert page.status_code == 200
    assert soup(page).select_one('[value="to-more-time"]') is None
    for told in (
        await browser.get(f"{link}/form/more-time"),
        await press(browser, f"{link}/form/more-time", "check", MORE_TIME),
    ):
        assert told.status_code == 303
        assert told.headers["location"].partition("?")[0] in link
    assert story.clerk.obeyed == []


async def test_where_a_date_was_set_more_time_is_offered(story: Story, browser: AsyncClient) -> None:
    link = await report_link(story)
    assert soup(await browser.get(link)).select_one('[value="to-more-time"]') is not None
    assert (await browser.get(f"{link}/form/more-time")).status_code == 200


@pytest.mark.parametrize("unseen", ["\x00", "\x07", "\u202e", "\r"])
async def test_marks_nobody_sees_are_refused_as_the_api_does_and_the_form_holds_the_text_without(
    story: Story, browser: AsyncClient, unseen: str
) -> None:
    link = await report_link(story)
    page = await press(browser, link, "check", {**REPLY, "text": f"бір{unseen}екі\r\nүш"})
    assert page.status_code == 422
    assert [a["href"] for a in soup(page).select(".errors a")] == ["#text"]
    assert text(Language.KK, "page.fault.unseen") in words(page)
    assert fields(page)["text"] == ["бірекі\nүш"]
    done = await answered(browser, link, {**REPLY, "text": fields(page)["text"][0]})
    assert "бірекі" in words(done)
