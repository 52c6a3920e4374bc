"""Nothing typed is lost for its size: many items, many files, long texts."""

import pytest
from httpx import AsyncClient

from models.commands import AnswerReport
from models.vocabulary.letters import LetterKind
from tests.pages.answering import REPLY, press, report_link
from tests.pages.reading import fields, flaws, words
from tests.pages.reports import as_browsers_send, reply_to, report_of
from tests.pages.story import Story

LIMIT = 200_000  # of one file, in these tests


async def link_of(story: Story, items: int) -> str:
    await story.approves(report_of(story, items))
    await story.dispatches()
    return await story.link(LetterKind.REPORT_FOR_CONSIDERATION)


@pytest.mark.parametrize("items", [40, 120])
async def test_a_reply_on_many_items_is_saved_checked_and_sent(
    story: Story, browser: AsyncClient, items: int
) -> None:
    """Each item has a place for files, and a browser sends every one of them, empty or not."""
    link = await link_of(story, items)
    form = await browser.get(link)
    assert flaws(form) == []
    saved = await as_browsers_send(browser, form, "save", reply_to(items))
    assert saved.status_code == 303, words(saved)
    again = await browser.get(saved.headers["location"])
    assert fields(again)[f"reason-n{items}"] == [f"Орындалады {items}"]
    check = await as_browsers_send(browser, again, "check", reply_to(items))
    assert check.status_code == 200, words(check)
    sent = await browser.post(link, data={**fields(check), "action": "send"})
    assert sent.status_code == 303, words(sent)
    command = story.clerk.obeyed[-1]
    assert isinstance(command, AnswerReport)
    assert len(command.answers) == items + 1


async def test_files_that_are_large_together_are_all_kept(story: Story, browser: AsyncClient) -> None:
    link = await report_link(story)
    form = await browser.get(link)
    files = [
        ("upload-p1", ("бірінші.txt", b"a" * (LIMIT - 1), "text/plain")),
        ("upload-q1", ("екінші.txt", b"b" * (LIMIT - 1), "text/plain")),
    ]
    check = await as_browsers_send(browser, form, "check", dict(REPLY), files)
    assert check.status_code == 200, words(check)
    assert {"бірінші.txt", "екінші.txt"} <= {each for each in words(check).split() if each.endswith(".txt")}


@pytest.mark.parametrize("size", [LIMIT + 1, 40 * LIMIT])
async def test_a_file_that_is_too_large_is_named_and_nothing_else_is_lost(
    story: Story, browser: AsyncClient, size: int
) -> None:
    link = await report_link(story)
    form = await browser.get(link)
    files = [
        ("upload-p1", ("үлкен.txt", b"a" * size, "text/plain")),
        ("upload-q1", ("шағын.txt", b"b", "text/plain")),
    ]
    page = await as_browsers_send(browser, form, "check", dict(REPLY), files)
    assert page.status_code == 422
    assert "«үлкен.txt» тым үлкен" in words(page)
    assert fields(page)["reason-p1"] == [REPLY["reason-p1"]]
    assert len(fields(page)["attached-q1"]) == 1


async def test_of_too_many_files_at_once_those_that_were_not_read_are_named(
    story: Story, browser: AsyncClient
) -> None:
    link = await report_link(story)
    form = await browser.get(link)
    files = [
        ("upload-p1", (f"{number}.txt", bytes([64 + number]) * (LIMIT - 1), "text/plain"))
        for number in range(1, 14)
    ]
    page = await as_browsers_send(browser, form, "save", dict(REPLY), files)
    assert page.status_code == 422
    assert "«13.txt» оқылмады" in words(page)
    assert len(fields(page)["attached-p1"]) >= 10
    assert fields(page)["text"] == [REPLY["text"]]


@pytest.mark.parametrize("length", [70_000, 300_000])
async def test_a_text_of_any_length_is_shown_back_whole(
    story: Story, browser: AsyncClient, length: int
) -> None:
    link = await report_link(story)
    form = await browser.get(link)
    page = await as_browsers_send(browser, form, "check", {**REPLY, "text": "ұ" * length})
    assert page.status_code == 422
    assert len(fields(page)["text"][0]) == length
    kept = await browser.get(link)
    assert len(fields(kept)["text"][0]) == length
    mended = await press(browser, link, "check", {**fields(kept), "text": "Қысқа"})
    assert mended.status_code == 200, words(mended)
