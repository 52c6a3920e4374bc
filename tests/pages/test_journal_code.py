"""The code of the journal at the foot of a letter is checked where everybody can: a cut tail shows."""

import pytest
from httpx import AsyncClient
from sqlalchemy import text as sql

from models.tables.monitorings import MonitoringRow
from tests.keeping import triggers_sleep
from tests.pages.reading import flaws, soup, words
from tests.pages.story import Story


async def head(story: Story) -> str:
    async with story.sessions() as session:
        row = await session.get_one(MonitoringRow, story.number)
        return f"{row.seq}:{row.head_hash}"


@pytest.fixture
async def letters_left(story: Story) -> Story:
    await story.approves()
    await story.dispatches()
    await story.is_published()
    return story


async def test_the_head_is_printed_with_the_number_of_its_line(
    letters_left: Story, browser: AsyncClient
) -> None:
    story = letters_left
    whole = await head(story)
    for address in (f"/public/{story.number}", f"/check/{story.number}"):
        page = await browser.get(address)
        assert whole in words(page), address
        assert flaws(page) == []


async def test_a_code_from_a_letter_agrees_as_long_as_the_journal_is_what_it_was(
    letters_left: Story, browser: AsyncClient
) -> None:
    story = letters_left
    seq, _, digits = (await head(story)).partition(":")
    code = f"{seq}:{digits[:16]}"
    await story.corrects()
    asked = await browser.get("/check", params={"number": story.number, "code": f" {code} ", "lang": "en"})
    assert asked.status_code == 303
    page = await browser.get(asked.headers["location"])
    assert f"The code agrees: up to line {seq}" in words(page)
    assert flaws(page) == []
    async with story.sessions.begin() as session:
        await triggers_sleep(session)
        await session.exec(sql(f"UPDATE journal SET hash = repeat('f', 64) WHERE seq = {seq}"))  # type: ignore[call-overload]
    assert "The code does not agree" in words(await browser.get(asked.headers["location"]))
    async with story.sessions.begin() as session:
        await triggers_sleep(session)
        await session.exec(sql(f"DELETE FROM journal WHERE seq >= {seq}"))  # type: ignore[call-overload]
    assert "The code does not agree" in words(await browser.get(asked.headers["location"]))


@pytest.mark.parametrize("code", ["x", "1:ff", "<b>", "999999999:" + "f" * 16, "0:" + "f" * 16])
async def test_nonsense_does_not_agree(letters_left: Story, browser: AsyncClient, code: str) -> None:
    address = f"/check/{letters_left.number}"
    page = await browser.get(address, params={"code": code, "lang": "en"})
    assert page.status_code == 200
    assert "The code does not agree" in words(page)
    assert soup(page).find("b") is None


async def test_a_link_s_page_prints_the_code_as_its_letter_does(story: Story, browser: AsyncClient) -> None:
    await story.asks()
    letter = next(iter((await story.state()).letters.values()))
    seq, _, digits = (await head(story)).partition(":")
    page = await browser.get(story.address_of(letter))
    assert f"{seq}:{digits[:16]}" in words(page)
