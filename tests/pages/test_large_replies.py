"""Nothing typed is lost for its size: many files, long texts. Many items: `test_long_replies.py`."""

import pytest
from httpx import AsyncClient

from tests.pages.answering import REPLY, press, report_link
from tests.pages.reading import fields, words
from tests.pages.reports import as_browsers_send
from tests.pages.story import Story

LIMIT = 200_000  # of one file, in these tests


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
