"""Whoever answers by a link while the records are put right is told so; nothing typed is lost."""

import pytest
from httpx import AsyncClient

from activities.record.disagreements import agree_again, note_disagreement
from locales.catalogue import text
from models.proceeding.disagreement import Disagreement, StoreFault
from models.vocabulary.procedure import Language, monitoring_workflow_id
from tests.pages.answering import REPLY, press, report_link
from tests.pages.reading import flaws, words
from tests.pages.story import Story


async def set_apart(story: Story) -> str:
    workflow_id = monitoring_workflow_id(story.number)
    found = Disagreement(workflow_id=workflow_id, mark=story.number, fault=StoreFault.WORKFLOW_BEHIND, seq=3)
    async with story.sessions.begin() as session:
        await note_disagreement(session, found)
    return workflow_id


@pytest.mark.parametrize("language", Language)
async def test_an_answer_waits_for_the_repair(story: Story, browser: AsyncClient, language: Language) -> None:
    link = await report_link(story)
    workflow_id = await set_apart(story)
    page = await press(browser, f"{link}?lang={language.value}", "send", REPLY)
    assert (page.status_code, flaws(page)) == (503, [])
    assert text(language, "page.under_repair.title") in words(page)
    assert text(language, "page.under_repair.text") in words(page)
    assert int(page.headers["retry-after"]) >= 60
    assert story.clerk.obeyed == []
    async with story.sessions.begin() as session:
        await agree_again(session, [workflow_id])
    assert (await press(browser, link, "send", REPLY)).status_code in {200, 303}
    assert len(story.clerk.obeyed) == 1


async def test_a_receipt_waits_for_the_repair(story: Story, browser: AsyncClient) -> None:
    link = await report_link(story)
    await set_apart(story)
    page = await browser.post(f"{link}/receipt")
    assert (page.status_code, flaws(page)) == (503, [])
    assert text(Language.KK, "page.stop.under_repair.title") in words(page)
    assert story.clerk.obeyed == []


async def test_reading_goes_on(story: Story, browser: AsyncClient) -> None:
    link = await report_link(story)
    await set_apart(story)
    assert (await browser.get(link)).status_code == 200
