"""A body that led is no more: pages name it with whoever leads today beside it, and say where to write to."""

from datetime import UTC, datetime, timedelta

import pytest
from httpx import AsyncClient
from sqlmodel import select

from activities.registries.bodies import authorized_body_on, organisation_on
from activities.registries.recipients import named
from activities.registries.successions import known_successions
from locales.catalogue import text
from locales.dates import say_day
from models.commands import TakeOverMonitoring
from models.monitoring.briefing import briefing_of
from models.monitoring.rules.succession import brief_monitoring
from models.tables.bodies import OrganisationVersionRow
from models.tables.successions import SuccessionRow
from models.vocabulary.actors import SYSTEM
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Id, Language
from tests.fixtures.stack import SeededDatabase
from tests.pages.reading import flaws, soup, words
from tests.pages.story import CLINIC, NOW, Story
from tests.pages.test_cancelling import presses
from tests.pages.test_consolidation import signed_in
from tests.pages.test_public import published

TODAY = NOW.date()
LEAD, HEIR, OFFICE = "td-sary", "td-koko", "uo"


async def passes_on(story: Story, body: Id, heir: Id | None) -> None:
    """Yesterday was its last day; the keeper tells the monitoring."""
    last_day = TODAY - timedelta(days=1)
    async with story.sessions() as session, session.begin():
        rows = select(OrganisationVersionRow).where(OrganisationVersionRow.organisation == body)
        newest = max((await session.exec(rows)).all(), key=lambda row: row.valid_from)
        newest.valid_until, newest.at = last_day, datetime.now(UTC)
        act = {
            "body": body,
            "successor": heir,
            "since": TODAY,
            "whole": True,
            "reason": "№ 7",
            "sha256": "a" * 64,
        }
        if heir is not None:
            session.add(SuccessionRow.model_validate({**act, "at": datetime.now(UTC)}))
    async with story.sessions() as session:
        passed = await known_successions(session, TODAY)
        news = briefing_of(await story.state(), await authorized_body_on(session, TODAY), passed)
    assert news is not None
    state = await story.state()
    await story.clerk.happened(
        state, story.number, SYSTEM, brief_monitoring(state, news, TODAY, lambda: True)
    )


async def called(story: Story, body: Id, language: Language, days_ago: int = 0) -> tuple[str, str]:
    """The name of a body, and its e-mail."""
    async with story.sessions() as session:
        row = await organisation_on(session, body, TODAY - timedelta(days=days_ago))
    assert row is not None
    return named(row, language), row.email


@pytest.mark.parametrize("language", Language)
async def test_whoever_leads_today_stands_beside_the_body_that_led(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    public = await published(story)
    await story.letters_leave()
    await passes_on(story, LEAD, HEIR)
    await signed_in(browser, seeded_database, "koko-analyst")
    (was, _), (now, email) = await called(story, LEAD, language, 1), await called(story, HEIR, language)
    today = {Language.KK: "бүгінде", Language.RU: "сегодня", Language.EN: "today"}[language]
    link = await story.link(LetterKind.REPORT_FOR_CONSIDERATION, CLINIC)
    checked = await story.check_page(LetterKind.REPORT_FOR_CONSIDERATION, CLINIC)
    for address in (public, link, checked, f"/monitorings/{story.number}/history"):
        page = await browser.get(address, params={"lang": language.value})
        assert (page.status_code, flaws(page)) == (200, []), address
        assert f"{was} ({today}: {now})" in words(page), address
        assert email in words(page) or "history" in address, address
    since = say_day(language, TODAY)
    told = text(language, "event.body_succeeded.successor.given", body=was, since=since, successor=now)
    assert told in words(page), "the sentence says itself what became of the body"


@pytest.mark.parametrize("language", Language)
async def test_where_nobody_leads_the_authorized_body_is_written_to(
    story: Story, browser: AsyncClient, language: Language
) -> None:
    public = await published(story)
    await story.letters_leave()
    await passes_on(story, LEAD, None)
    (was, _), (office, email) = await called(story, LEAD, language, 1), await called(story, OFFICE, language)
    link = await story.link(LetterKind.REPORT_FOR_CONSIDERATION, CLINIC)
    checked = await story.check_page(LetterKind.REPORT_FOR_CONSIDERATION, CLINIC)
    for address in (public, link, checked):
        page = await browser.get(address, params={"lang": language.value})
        assert (page.status_code, flaws(page)) == (200, []), address
        assert {LEAD} & set(words(page).split()) == set(), "an id is no name"
        for said in (was, office, email):
            assert said in words(page), (address, said)


async def test_the_authorized_body_finds_what_nobody_leads_and_takes_it_over(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "uo-head")
    ours = await browser.get("/staff?lang=kk")
    assert story.number not in words(ours), "it leads none of it"
    await passes_on(story, LEAD, None)
    ours = await browser.get("/staff?lang=kk")
    assert flaws(ours) == []
    button = soup(ours).select_one(f"#task-{story.number} a.button")
    assert button is not None, "nobody leads it: that waits for its head"
    assert str(button["href"]).startswith(f"/staff/monitorings/{story.number}/taking-over")
    history = await browser.get(f"/monitorings/{story.number}/history")
    assert history.status_code == 200
    address = f"/staff/monitorings/{story.number}/taking-over"
    assert address in history.text
    form = await browser.get(address)
    assert (form.status_code, flaws(form)) == (200, []), words(form)
    check = await presses(browser, form, "check", reason="2026 жылғы 3 қыркүйектегі № 7 бұйрық")
    assert (check.status_code, flaws(check)) == (200, []), words(check)
    sent = await presses(browser, check, "send")
    assert sent.status_code == 303, words(sent)
    assert [type(command) for command in story.clerk.obeyed][-1] is TakeOverMonitoring
    assert (await story.state()).leading == OFFICE
    done = await browser.get(sent.headers["location"])
    assert (done.status_code, flaws(done)) == (200, [])
    again = await browser.get(address)
    assert again.status_code == 409, words(again)
