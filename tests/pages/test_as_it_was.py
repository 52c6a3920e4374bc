"""A page as it was on a day: the journal folded to the end of that day, and nothing can be done there."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response

from activities.registries.local_day import end_of, local_day
from activities.registries.received_reports import received_reports
from api.history.as_it_was import NotBegun, stood_on
from api.history.journal import journal_rows, readable
from api.http.deps import present
from models.commands import AnswerInvitation
from models.consolidation.inbox import inbox_told
from models.monitoring.state import MonitoringState
from models.vocabulary.procedure import Kind, Language, duty_workflow_id
from tests.api.inbox import WORKFLOW_ID, arrives
from tests.fixtures.stack import SeededDatabase
from tests.pages.reading import flaws, soup, words
from tests.pages.story import NOW, Story
from tests.pages.test_consolidation import signed_in
from tests.pages.test_duties import Owed

DAY = timedelta(days=1)
UNSAID = re.compile(r"\b(None|(term|page|history)\.\w)")
BELOW = ("", "/letters", "/deadlines", "/items", "/answers")
# What a page says of the procedure, without the ways on and the banner.
SHOWN = (".stage-bar", ".checklist", ".due", "#facts + dl", ".conduct", "#people + dl", ".letter-line h2")


def at(app: FastAPI, moment: datetime) -> None:
    app.dependency_overrides[present] = lambda: moment


def shown(page: Response) -> list[str]:
    """The parts of a page that tell of the procedure."""
    for hidden in (page_soup := soup(page)).select(".ways-on"):
        hidden.extract()
    return [
        " ".join(each.get_text(" ").split()) for part in SHOWN for each in page_soup.select(f"main {part}")
    ]


async def by_days(story: Story) -> AsyncIterator[date]:
    """A working group, a request, a report, its dispatch, each on a day of its own."""
    for doing in (story.invites, story.asks, story.approves, story.dispatches, story.letters_leave):
        await doing()
        if doing == story.invites:
            for member in ("m1", "m2"):
                await story.does(AnswerInvitation, member=member, consents=True)
        yield story.clerk.now.date()
        story.clerk.now += DAY


async def days_pass(story: Story) -> dict[date, MonitoringState]:
    return {day: await story.state() async for day in by_days(story)}


async def test_a_day_is_shown_as_its_page_was_on_that_day_and_as_its_state_was(
    story: Story, app: FastAPI, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "sary-head")
    here = f"/staff/monitorings/{story.number}"
    then: dict[date, list[str]] = {}
    states: dict[date, MonitoringState] = {}
    async for day in by_days(story):
        at(app, story.clerk.now)
        await signed_in(browser, seeded_database, "sary-head")
        then[day], states[day] = shown(await browser.get(f"{here}?lang=en")), await story.state()
    at(app, story.clerk.now + 30 * DAY)
    await signed_in(browser, seeded_database, "sary-head")
    for day, state in states.items():
        async with story.sessions() as session:
            stood = await stood_on(session, state.workflow_id, day)
        assert stood.state == state
        page = await browser.get(f"{here}?lang=en&on={day}")
        assert (page.status_code, flaws(page)) == (200, [])
        assert shown(page) == then[day]
    assert len({tuple(each) for each in then.values()}) == len(then)  # no two days look alike


@pytest.mark.parametrize("language", Language)
async def test_it_says_which_day_it_shows_and_leads_to_nothing_that_is_done(
    story: Story, app: FastAPI, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    days = await days_pass(story)
    at(app, story.clerk.now)
    await signed_in(browser, seeded_database, "sary-head")
    here = f"/staff/monitorings/{story.number}"
    day = list(days)[-2]
    histories = f"/monitorings/{story.number}/history"
    for address in (*(f"{here}{below}" for below in BELOW), histories):
        page = await browser.get(f"{address}?lang={language.value}&on={day}")
        assert (page.status_code, flaws(page)) == (200, []), address
        assert not UNSAID.search(words(page)), words(page)
        (banner,) = soup(page).select(".notice.past")
        today = banner.select_one("a")
        assert today is not None
        assert (await browser.get(str(today["href"]))).status_code == 200
        assert not [form for form in soup(page).select("main form") if form.get("method") != "get"]
        beside = [
            str(a["href"])
            for a in soup(page).select("main a")
            if str(a["href"]).startswith(here) and a is not today and a.find_parent(class_="past") is None
        ]
        files = ("/report/", "/attempts/", "/attachments/")
        assert [each for each in beside if "on=" not in each and not any(f in each for f in files)] == []
        for code in Language:
            switch = soup(page).select_one(f'.languages a[hreflang="{code.value}"]')
            assert switch is not None
            assert f"on={day}" in str(switch["href"])
    cancellation = f"{here}/cancellation"
    assert cancellation not in (await browser.get(f"{here}?on={next(iter(days))}")).text


async def test_days_that_cannot_be_shown_are_told_in_a_sentence(
    story: Story, app: FastAPI, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "sary-analyst")
    here, day = f"/staff/monitorings/{story.number}", NOW.date()
    for asked, status, said in (
        (day + DAY, 404, "still to come"),
        (day - DAY, 404, "4 September 2026"),
        ("yesterday", 400, "2026-11-03"),
        ("2026-02-30", 400, "2026-11-03"),
    ):
        page = await browser.get(f"{here}?lang=en&on={asked}")
        assert (page.status_code, flaws(page)) == (status, [])
        assert said in words(page)
        assert soup(page).select_one(f'main a[href="{here}?lang=en"]') is not None
    today = await browser.get(f"{here}?lang=en&on={day}")
    assert (today.status_code, today.headers["location"]) == (303, f"{here}?lang=en")


async def test_rights_are_those_of_today(
    story: Story, app: FastAPI, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    day = next(iter(await days_pass(story)))
    at(app, story.clerk.now)
    for who in ("uo-auditor", "ashyk-analyst", "sary-analyst"):
        await signed_in(browser, seeded_database, who)
        for below in ("/letters", "/answers"):
            asked = await browser.get(f"/staff/monitorings/{story.number}{below}?on={day}")
            today = await browser.get(f"/staff/monitorings/{story.number}{below}")
            assert asked.status_code == today.status_code, who


async def test_the_timeline_and_its_head_are_those_of_the_day(
    story: Story, app: FastAPI, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    days = await days_pass(story)
    at(app, story.clerk.now)
    await signed_in(browser, seeded_database, "sary-head")
    day, state = list(days.items())[1]
    here = f"/monitorings/{story.number}/history"
    page = await browser.get(f"{here}?lang=en&on={day}")
    assert len(soup(page).select("li.entry")) == state.seq
    async with story.sessions() as session:
        rows = await journal_rows(session, state.workflow_id)
    assert rows[state.seq - 1].hash in page.text
    assert rows[-1].hash not in page.text
    table = await browser.get(f"{here}.json?on={day}")
    assert len(table.json()["lines"]) == state.seq


async def test_a_duty_is_shown_as_it_was(
    story: Story, app: FastAPI, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    owed = Owed(story.sessions, "td-sary", "SARY")
    owed.now = NOW
    await owed.begins(date(2026, 1, 1))
    begun_so = owed.state
    owed.now = NOW + DAY
    await owed.counts(story.number, date(2026, 9, 5))
    at(app, NOW + 2 * DAY)
    await signed_in(browser, seeded_database, "sary-head")
    here = "/staff/duties/13.1-SARY"
    assert story.number in words(await browser.get(f"{here}?lang=en"))
    page = await browser.get(f"{here}?lang=en&on={NOW.date()}")
    assert (page.status_code, flaws(page)) == (200, [])
    assert story.number not in words(page)
    async with story.sessions() as session:
        workflow_id = duty_workflow_id("td-sary", Kind.COMPREHENSIVE)
        assert (await stood_on(session, workflow_id, NOW.date())).state == begun_so
        with pytest.raises(NotBegun):
            await stood_on(session, workflow_id, NOW.date() - DAY)


async def test_the_inbox_is_shown_as_it_was_and_its_journal_tells_all_of_its_rows(
    story: Story, app: FastAPI, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await story.approves()
    await story.dispatches()
    await story.letters_leave()
    await arrives(story.sessions, await story.state())
    day = local_day(datetime.now(UTC))
    at(app, end_of(day) + DAY)
    await signed_in(browser, seeded_database, "uo-head")
    page = await browser.get(f"/staff/consolidation/inbox?lang=en&on={day}")
    assert (page.status_code, flaws(page)) == (200, [])
    assert story.number in words(page)
    assert not soup(page).select("main form[method=post], main a.button")
    before = await browser.get(f"/staff/consolidation/inbox?lang=en&on={day - 2 * DAY}")
    assert before.status_code == 404
    async with story.sessions() as session:
        told = inbox_told(readable(await journal_rows(session, WORKFLOW_ID)))
        assert tuple(told.values()) == await received_reports(session)


async def test_everybody_reads_a_published_report_as_it_was(
    story: Story, app: FastAPI, browser: AsyncClient
) -> None:
    await story.approves()
    await story.dispatches()
    story.clerk.now += DAY
    await story.is_published()
    at(app, story.clerk.now + 2 * DAY)
    here = f"/public/{story.number}"
    day = story.clerk.now.date()
    page = await browser.get(f"{here}?lang=en&on={day}")
    assert (page.status_code, flaws(page)) == (200, [])
    assert "at the end of" in words(page)
    unpublished = await browser.get(f"{here}?lang=en&on={day - DAY}")
    assert unpublished.status_code == 404
    assert "not published" in words(unpublished)
