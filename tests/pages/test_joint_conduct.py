"""Rule 2: a head says by the letter's link whether its body conducts jointly."""

from datetime import date

import pytest
from httpx import AsyncClient

from models.commands import WithdrawCoConductor
from models.events import CoConductorNamed
from models.report.notes import TextNote
from models.vocabulary.actors import Authority
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Conducting, Language
from tests.pages.answering import Form, answered, press
from tests.pages.reading import flaws, words
from tests.pages.story import ANALYST, Story, body

NAMED = "health-sary"
AGREED = Authority(organisation=NAMED, act="№ 12-хат", dated=date(2026, 9, 1))
CONFIRMS: Form = {"conduct": "confirm", "respondent": "Үлгі Он екінші", "post": "Басқарма басшысы"}


async def asked(story: Story) -> str:
    """Another body is named; the link of the letter to its head."""
    named = CoConductorNamed(body=body(NAMED), agreement=AGREED)
    await story.clerk.happened(await story.state(), story.number, ANALYST, (named,))
    await story.letters_leave()
    return await story.link(LetterKind.CONDUCT_REQUEST, NAMED)


async def conducting(story: Story) -> Conducting:
    return (await story.state()).co_conductors[NAMED].conducting


@pytest.mark.parametrize("language", Language)
async def test_the_page_says_who_leads_and_what_it_means(
    story: Story, browser: AsyncClient, language: Language
) -> None:
    page = await browser.get(await asked(story), params={"lang": language.value})
    assert page.status_code == 200
    assert flaws(page) == []
    assert story.number in words(page)
    assert "№ 12-хат" in words(page)


@pytest.mark.parametrize(
    ("word", "becomes"), [("confirm", Conducting.CONFIRMED), ("decline", Conducting.DECLINED)]
)
async def test_a_head_confirms_or_declines_and_the_link_shows_it_ever_after(
    story: Story, browser: AsyncClient, word: str, becomes: Conducting
) -> None:
    link = await asked(story)
    done = await answered(browser, link, {**CONFIRMS, "conduct": word, "note": "Келісілген"})
    assert "Үлгі Он екінші" in words(done)
    assert await conducting(story) is becomes
    again = words(await browser.get(link))
    assert "Басқарма басшысы" in again
    assert "Келісілген" in again


async def test_what_is_left_out_is_asked_for_and_nothing_is_lost(story: Story, browser: AsyncClient) -> None:
    form: Form = {"note": "Келісілген", "post": "Басқарма басшысы"}
    page = await press(browser, await asked(story), "check", form)
    assert page.status_code == 422
    assert flaws(page) == []
    assert "Келісілген" in page.text
    assert await conducting(story) is Conducting.NAMED


async def test_whoever_is_named_no_longer_is_told_so(story: Story, browser: AsyncClient) -> None:
    link = await asked(story)
    reason = await story.keeps(TextNote(text="Қателесіп көрсетілді"))
    await story.does(WithdrawCoConductor, organisation=NAMED, reason=reason)
    page = await browser.get(link)
    assert page.status_code == 410
    assert flaws(page) == []


async def test_after_an_approval_without_it_there_is_nothing_to_confirm(
    story: Story, browser: AsyncClient
) -> None:
    link = await asked(story)
    await story.approves()
    page = await browser.get(link)
    assert page.status_code == 410
    assert flaws(page) == []
