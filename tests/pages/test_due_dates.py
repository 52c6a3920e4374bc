"""Due dates in a calendar program: a secret address shows what its account may see, until it is revoked."""

from datetime import date, timedelta

import pytest
from httpx import AsyncClient
from icalendar import Calendar, Event
from sqlmodel import select

from local.samples import load_country
from models.agenda.deadline import DeadlineSubject, deadline_id
from models.commands import ExtendDeadline, WithdrawInformationRequest
from models.report.notes import TextNote
from models.tables.calendar_feeds import CalendarFeedRow
from models.vocabulary.procedure import Language
from tests.fixtures.stack import SeededDatabase
from tests.pages.reading import flaws, soup, words
from tests.pages.story import HOLDER, Story
from tests.pages.test_consolidation import signed_in

PAGE = "/staff/due-dates"
ASKED = deadline_id(DeadlineSubject.INFORMATION_REQUEST, "r1")


async def address_of(browser: AsyncClient, language: str = "kk") -> str:
    """A new one, as the page shows it once."""
    page = await browser.post(f"{PAGE}/address?lang={language}")
    assert (page.status_code, flaws(page)) == (200, []), words(page)
    shown = soup(page).select_one("input#address")
    assert shown is not None
    return "/" + str(shown["value"]).split("://")[1].partition("/")[2]


async def event_in(browser: AsyncClient, address: str) -> Event:
    """The information that was asked for."""
    answer = await browser.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/calendar")
    assert answer.headers["cache-control"] == "private, no-store"
    calendar = Calendar.from_ical(answer.content)
    (found,) = [each for each in calendar.walk("VEVENT") if ASKED in str(each["UID"])]
    assert isinstance(found, Event)
    return found


@pytest.mark.parametrize("language", [Language.KK, Language.RU])
async def test_a_moved_date_moves_and_one_that_is_over_is_cancelled(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    await story.asks()
    await signed_in(browser, seeded_database, "sary-analyst")
    address = await address_of(browser, language.value)
    browser.cookies.clear()  # a calendar program has none
    first = await event_in(browser, address)
    due_on = (await story.state()).deadlines[ASKED].due_on
    assert (first.decoded("DTSTART"), str(first["STATUS"])) == (due_on, "CONFIRMED")
    assert type(first.decoded("DTSTART")) is date, "deadlines are days"
    assert "r1" not in str(first["SUMMARY"])
    holder = next(each for each in load_country().organisations if each.id == HOLDER)
    assert holder.versions[-1].name.best(language) in str(first["SUMMARY"]), "who is asked"
    reason = await story.keeps(TextNote(text="Көлемі үлкен"))
    await story.does(ExtendDeadline, deadline=ASKED, until=due_on + timedelta(days=3), reason=reason)
    moved = await event_in(browser, address)
    until = (await story.state()).deadlines[ASKED].due_on
    assert moved.decoded("DTSTART") == until > due_on
    assert (moved["UID"], moved["STATUS"]) == (first["UID"], "CONFIRMED")
    assert moved.decoded("SEQUENCE") > first.decoded("SEQUENCE")
    await story.does(WithdrawInformationRequest, request="r1", reason=reason)
    over = await event_in(browser, address)
    assert (over["UID"], over["STATUS"]) == (first["UID"], "CANCELLED")
    assert over.decoded("SEQUENCE") > moved.decoded("SEQUENCE")


async def test_an_address_is_secret_kept_by_its_hash_and_ends(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await story.asks()
    assert (await browser.get(PAGE)).status_code == 303, "to sign in"
    assert (await browser.post(f"{PAGE}/address")).status_code == 303
    await signed_in(browser, seeded_database, "sary-analyst")
    shown = soup(await browser.post(f"{PAGE}/address?lang=ru"))
    others = {str(each["value"]).rpartition("=")[2] for each in shown.select("main input[readonly]")}
    assert others == {"kk", "ru", "en"}, "what is shown once is there in every language"
    assert shown.select(f'nav a[href*="{PAGE}?lang=kk"]') == [], "nothing leads away from it by its language"
    former = await address_of(browser)
    secret = former.rpartition("/")[2].partition(".")[0]
    async with story.sessions() as session:
        rows = (await session.exec(select(CalendarFeedRow))).all()
    assert secret not in str([row.model_dump() for row in rows])
    assert secret not in (await browser.get(PAGE)).text
    address = await address_of(browser)
    assert (await browser.get(former)).status_code == 404
    foreign = await browser.post(f"{PAGE}/revocation", headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code == 403
    assert (await browser.get(address)).status_code == 200
    assert (await browser.post(f"{PAGE}/revocation")).status_code == 200
    for gone in (address, "/due-dates/x.ics", "/due-dates/%00%ff.ics"):
        assert (await browser.get(gone)).status_code == 404, gone


async def test_whoever_does_not_conduct_it_sees_no_dates_of_it(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await story.asks()
    for who in ("koko-analyst", "uo-auditor", "uo-admin"):
        await signed_in(browser, seeded_database, who)
        answer = await browser.get(await address_of(browser))
        assert Calendar.from_ical(answer.content).walk("VEVENT") == [], who
