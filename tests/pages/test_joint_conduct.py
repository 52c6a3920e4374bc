"""Rule 2: a head says by the letter's link whether its body conducts jointly."""

from datetime import date

import pytest
from httpx import AsyncClient

from locales.catalogue import text
from models.commands import WithdrawCoConductor
from models.events import CoConductorNamed, ConductConfirmed
from models.report.notes import TextNote
from models.vocabulary.actors import Actor, Authority
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Conducting, Language, Role
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


async def by_leads_word(story: Story) -> str:
    """The lead says it with the act; the link of the letter that tells the body so."""
    lead = ANALYST.model_copy(update={"on_behalf": AGREED})
    said = ConductConfirmed(organisation=NAMED, own_word=False, act="f" * 64)
    await story.clerk.happened(await story.state(), story.number, lead, (said,))
    await story.letters_leave()
    return await story.link(LetterKind.CONDUCT_ON_LEADS_WORD, NAMED)


@pytest.mark.parametrize("language", Language)
async def test_whoever_is_printed_by_the_leads_word_declines_by_the_link_after_the_approval_too(
    story: Story, browser: AsyncClient, language: Language
) -> None:
    await asked(story)
    await story.approves()
    link = await by_leads_word(story)
    page = await browser.get(link, params={"lang": language.value})
    assert (page.status_code, flaws(page)) == (200, [])
    assert text(language, "page.joint_conduct.leads_word") in words(page)
    await answered(browser, link, {**CONFIRMS, "conduct": "decline"})
    assert await conducting(story) is Conducting.DECLINED


@pytest.mark.parametrize("language", Language)
async def test_what_a_body_said_by_its_own_account_is_not_called_the_lead_s_paper(
    story: Story, browser: AsyncClient, language: Language
) -> None:
    link = await asked(story)
    own = Actor(role=Role.HEAD, account="a-health-head", organisation=NAMED)
    said = ConductConfirmed(organisation=NAMED, own_word=True)
    await story.clerk.happened(await story.state(), story.number, own, (said,))
    shown = words(await browser.get(link, params={"lang": language.value}))
    assert text(language, "page.answered.by_account") in shown
    assert text(language, "page.answered.on_paper") not in shown
