"""Nothing that was typed is lost: errors, languages, drafts, files."""

import pytest
from httpx import AsyncClient

from locales.catalogue import text
from models.vocabulary.procedure import Language
from tests.pages.answering import REPLY, Form, answered, drafts, press, report_link
from tests.pages.reading import fields, flaws, soup, words
from tests.pages.story import Story


async def test_errors_lead_to_their_fields_and_keep_what_was_typed(
    story: Story, browser: AsyncClient
) -> None:
    link = await report_link(story)
    typed = {**REPLY, "reason-p1": "", "response-q1": "", "respondent": "", "text": "Ұзақ жазылған <мәтін>"}
    for language in Language:
        page = await press(browser, link, "check", typed, language.value)
        assert page.status_code == 422
        assert flaws(page) == []
        targets = [a["href"] for a in soup(page).select(".errors a")]
        assert targets == ["#reason-p1", "#response-q1", "#respondent"]
        assert len(soup(page).select(".message")) == len(targets)
        assert fields(page)["text"] == ["Ұзақ жазылған <мәтін>"]
        assert fields(page)["response-p1"] == ["partly"]
    assert fields(await browser.get(link))["text"] == ["Ұзақ жазылған <мәтін>"]
    assert story.clerk.obeyed == []


async def test_the_language_can_be_switched_while_typing(story: Story, browser: AsyncClient) -> None:
    link = await report_link(story)
    kazakh = await browser.get(link)
    button = soup(kazakh).select_one('button[lang="ru"]')
    assert button is not None
    switched = await browser.post(
        str(button["formaction"]), data={"text": "Екі тіл", "action": button["value"]}
    )
    assert switched.status_code == 303
    russian = await browser.get(switched.headers["location"])
    assert russian.headers["content-language"] == "ru"
    assert fields(russian)["text"] == ["Екі тіл"]
    first = soup(russian).select_one('button[form="form"]')
    assert first is not None
    assert first["value"] == "check", "Enter in a field presses the first button of the form"


async def test_a_draft_is_kept_until_it_is_sent(story: Story, browser: AsyncClient) -> None:
    link = await report_link(story)
    saved = await press(browser, link, "save", {"text": "Жартысы"})
    assert saved.status_code == 303
    assert story.clerk.obeyed == []
    assert fields(await browser.get(link))["text"] == ["Жартысы"]
    await answered(browser, link, REPLY)
    assert await drafts(story) == {}


async def test_a_file_survives_an_error_and_can_be_left_out(story: Story, browser: AsyncClient) -> None:
    link = await report_link(story)
    file = {"upload-p1": ("жоспар.txt", "Жоспар".encode(), "text/plain")}
    wrong = await browser.post(link, data={**REPLY, "respondent": "", "action": "check"}, files=file)
    assert wrong.status_code == 422
    kept = fields(wrong)
    assert len(kept["attached-p1"]) == 1
    done = await answered(browser, link, {**kept, "respondent": "Үлгі"})
    assert "жоспар.txt" in words(done)


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("вирус.exe", b"MZ\x90", "қабылданбайды"),
        ("жалған.pdf", b"not a pdf", "қабылданбайды"),
        ("бос.txt", b"", "бос"),
    ],
)
async def test_a_bad_file_is_named_and_nothing_else_is_lost(
    story: Story, browser: AsyncClient, name: str, content: bytes, fault: str
) -> None:
    link = await report_link(story)
    page = await browser.post(
        link, data={**REPLY, "action": "check"}, files={"upload-p1": (name, content, "text/plain")}
    )
    assert page.status_code == 422
    assert name in words(page)
    assert fault in words(page)
    assert fields(page)["reason-p1"] == [REPLY["reason-p1"]]


async def test_a_text_that_is_too_long_is_kept_as_it_was_typed(story: Story, browser: AsyncClient) -> None:
    link = await report_link(story)
    long = await press(browser, link, "check", {**REPLY, "text": "ұ" * 20_001})
    assert long.status_code == 422
    assert len(fields(long)["text"][0]) == 20_001


async def test_errors_name_the_item_as_its_heading_does(story: Story, browser: AsyncClient) -> None:
    link = await report_link(story)
    form: Form = {"planned-p1": "жақында", "planned-q1": "жақында", "response-q1": "declined"}
    page = await press(browser, link, "check", form, "ru")
    said = [" ".join(line.get_text(" ").split()) for line in soup(page).select(".errors li")]
    assert len(set(said)) == len(said)
    unreadable = text(Language.RU, "page.fault.date_unreadable")
    for item in ("Предложение 1", "Рекомендация 1"):
        assert item in [legend.get_text(strip=True) for legend in soup(page).find_all("legend")]
        assert f"{item}. {unreadable}" in said
    assert f"Рекомендация 1. {text(Language.RU, 'page.fault.reason_missing')}" in said


@pytest.mark.parametrize("far", ["01.01.9999", "0999-01-01", "31.12.1989", "01.01.2101"])
async def test_a_day_out_of_this_century_is_told_from_one_that_cannot_be_read(
    story: Story, browser: AsyncClient, far: str
) -> None:
    link = await report_link(story)
    page = await press(browser, link, "check", {**REPLY, "planned-p1": far}, "ru")
    said = text(Language.RU, "page.fault.date_bounds", earliest="01.01.1990", latest="31.12.2100")
    assert (page.status_code, fields(page)["planned-p1"]) == (422, [far])
    assert said in words(page)
