"""The authorized body's inbox as a page: what was received, what waits, who may see it (rules 17, 18)."""

import re
from datetime import date

import pytest
from httpx import AsyncClient
from sqlmodel import select

from api.pages.desk.rounds import considered_since
from locales.catalogue import text
from locales.dates import say_date
from models.consolidation.state import Completion
from models.events import PaperReportRegistered, ReceivedReportConsidered, ReviewRoundCompleted
from models.report.inbox import FirstOf
from models.report.notes import TextNote
from models.report.received import Considered, ReceivedReport, Way
from models.tables.reads import ReadRow
from models.vocabulary.procedure import Kind, Language
from tests.api.inbox import begun, happens
from tests.fixtures.stack import SeededDatabase
from tests.pages.reading import flaws, soup, words
from tests.pages.story import Story
from tests.pages.test_consolidation import received, signed_in

INBOX = "/staff/consolidation/inbox"
FORMS = (
    "/staff/consolidation/paper",
    "/staff/consolidation/reports/P-2026-0001/consider",
    "/staff/consolidation/rounds/1/complete",
)
UNSAID = re.compile(r"\b(None|term\.|page\.|register\.)")


@pytest.mark.parametrize("language", Language)
async def test_rules_17_and_18_the_inbox_shows_what_came_and_that_it_waits(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    await received(story)
    await signed_in(browser, seeded_database, "uo-analyst")
    page = await browser.get(f"{INBOX}?lang={language.value}")
    assert page.status_code == 200, page.text[:2_000]
    assert flaws(page) == []
    assert not UNSAID.search(words(page))
    assert page.headers["x-robots-tag"].startswith("noindex")
    row = soup(page).select_one(f"#report-{story.number}")
    assert row is not None
    assert story.scenario.title.best(language) in row.get_text()
    link = f"/staff/consolidation/reports/{story.number}?lang={language.value}"
    assert row.select_one(f'a[href="{link}"]') is not None
    assert row.select_one(".waits") is not None
    assert row.select_one('a[href*="/consider"]') is None  # it is marked where its monitoring is
    assert soup(page).select_one('a[href*="/rounds/1/complete"]') is not None
    assert soup(page).select_one(".due strong") is not None


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("address", [FORMS[0], FORMS[2]])
async def test_every_form_reads_well(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language, address: str
) -> None:
    await received(story)
    await signed_in(browser, seeded_database, "uo-head")
    page = await browser.get(f"{address}?lang={language.value}")
    assert page.status_code == 200, page.text[:2_000]
    assert flaws(page) == []
    assert not UNSAID.search(words(page))


async def test_the_filters_narrow_and_a_wrong_one_is_named(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await received(story)
    await signed_in(browser, seeded_database, "uo-analyst")
    for query, rows in (
        ("waiting=1", 1),
        ("way=sent&year=2026&conductor=td-sary", 1),
        ("way=paper", 0),
        ("year=2020", 0),
        ("conductor=uo", 0),
        ("page=99&waiting=1", 1),
    ):
        page = await browser.get(f"{INBOX}?lang=en&{query}")
        assert flaws(page) == []
        assert len(soup(page).select("tr[id^=report-]")) == rows, query
    wrong = await browser.get(f"{INBOX}?lang=en&year=soon&way=%3Cb%3E&waiting=maybe&page=-1")
    assert (wrong.status_code, flaws(wrong)) == (200, [])
    assert "This value is not known" in words(wrong)
    assert len(soup(wrong).select("tr[id^=report-]")) == 1
    switch = soup(await browser.get(f"{INBOX}?lang=en&way=sent")).select_one('.languages a[hreflang="ru"]')
    assert switch is not None
    assert switch["href"] == f"{INBOX}?way=sent&lang=ru"


async def test_before_anything_is_received_it_says_so(
    browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "uo-head")
    page = await browser.get(f"{INBOX}?lang=en")
    assert (page.status_code, flaws(page)) == (200, [])
    assert "No report has been received yet" in words(page)
    assert (await browser.get(FORMS[0])).status_code == 404


async def test_the_register_leads_to_the_inbox(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await received(story)
    await signed_in(browser, seeded_database, "uo-head")
    page = await browser.get("/staff/consolidation?lang=en")
    assert "1 waits for consideration" in words(page)
    assert soup(page).select_one(f'a[href^="{INBOX}?waiting=1"]') is not None
    links = [str(link["href"]) for link in soup(await browser.get("/staff?lang=en")).select(".menu a")]
    assert {f"{INBOX}?lang=en", "/staff/duties?lang=en"} <= set(links)


async def test_strangers_sign_in_a_division_is_turned_away_and_an_auditor_changes_nothing(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await received(story)
    first = await browser.get(f"{INBOX}?waiting=1&lang=ru")
    form = await browser.get(first.headers["location"])
    way = soup(form).find("input", {"name": "next"})
    assert way is not None
    assert way["value"] == f"{INBOX}?waiting=1&lang=ru"
    await signed_in(browser, seeded_database, "sary-head")
    for address in (INBOX, *FORMS):
        assert (await browser.get(address)).status_code == 403
    await signed_in(browser, seeded_database, "uo-auditor")
    page = await browser.get(f"{INBOX}?lang=en")
    assert page.status_code == 200
    assert "You can only read this page" in words(page)
    assert soup(page).select('main a[href*="/paper"], main a[href*="/complete"]') == []
    for address in FORMS:
        assert (await browser.get(address)).status_code == 403
        for action in ("check", "send"):
            sent = await browser.post(address, data={"note": "Қаралды", "action": action})
            assert sent.status_code == 403
    async with story.sessions() as session:
        reads = (await session.exec(select(ReadRow))).all()
    assert {(read.what, read.number) for read in reads} == {("show_inbox", "18-UO")}


async def test_a_form_comes_from_this_site_and_what_was_typed_outlives_the_sign_in(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await received(story)
    asked = {"note": "Үш есеп қаралды.", "key": "a" * 32, "action": "check"}
    await signed_in(browser, seeded_database, "uo-head")
    foreign = await browser.post(FORMS[2], data=asked, headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code == 403
    browser.cookies.clear()
    waits = await browser.post(f"{FORMS[2]}?lang=en", data=asked)
    assert (waits.status_code, flaws(waits)) == (401, [])
    kept = {str(each["name"]): str(each["value"]) for each in soup(waits).select("#form input")}
    assert kept == {"note": asked["note"], "key": asked["key"]}
    await signed_in(browser, seeded_database, "uo-head")
    again = await browser.post(FORMS[2], data={**kept, "action": "change"})
    assert asked["note"] in soup(again).select_one("#note").get_text()  # type: ignore[union-attr]


async def test_an_empty_note_is_asked_for_and_a_round_that_is_not_in_course_is_closed(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await received(story)
    await signed_in(browser, seeded_database, "uo-head")
    page = await browser.post(f"{FORMS[2]}?lang=en", data={"note": " \u200b", "action": "send"})
    assert (page.status_code, flaws(page)) == (422, [])
    assert soup(page).select_one("#note-message") is not None
    for address, status in (("/staff/consolidation/rounds/7/complete", 409), (FORMS[1], 404)):
        closed = await browser.get(f"{address}?lang=en")
        assert (closed.status_code, flaws(closed)) == (status, [])
        assert soup(closed).select_one("#form") is None
    ours = f"/staff/consolidation/reports/{story.number}/consider"
    assert "in that monitoring" in words(await browser.get(f"{ours}?lang=en"))


@pytest.mark.parametrize("language", Language)
async def test_rule_18_what_is_considered_after_an_early_completion_is_shown_in_its_round(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    await received(story)
    await signed_in(browser, seeded_database, "uo-analyst")
    open_round = await browser.get(f"{INBOX}?lang={language.value}")
    assert text(language, "page.desk.round.day_off") in words(open_round), "4 April 2026 is a Saturday"
    assert text(language, "page.desk.round.basis") in words(open_round)
    assert text(language, "page.desk.round.considered_since") not in words(open_round)
    note = await story.keeps(TextNote(text="Шолу аяқталды."))
    day = date(2026, 2, 2)
    completed = ReviewRoundCompleted(round=1, completed_on=day, note=note, unconsidered=(story.number,))
    late = ReceivedReport(
        id="P-2026-0001",
        way=Way.PAPER,
        conductor="td-sary",
        kind=Kind.THEMATIC,
        content="c" * 64,
        received_on=day,
    )
    considered = ReceivedReportConsidered(
        report=late.id, considered=Considered(on=day, note=note), way=Way.PAPER, version=1
    )
    state = await begun(story.sessions)
    await happens(story.sessions, state.seq, completed, PaperReportRegistered(report=late), considered)
    page = await browser.get(f"{INBOX}?lang={language.value}")
    assert (page.status_code, flaws(page)) == (200, [])
    assert not UNSAID.search(words(page))
    label = text(language, "page.desk.round.considered_since")
    row = next(each for each in soup(page).select("#round ~ .top dl div, .top dl div") if label in each.text)
    assert "P-2026-0001" in row.text
    begins, until = say_date(language, date(2026, 4, 5)), say_date(language, date(2026, 4, 4))
    said = text(language, "page.desk.round.from_then_on", until=until, number=2, begins=begins)
    assert said in words(page)


def test_what_came_after_a_completion_is_counted_where_not_all_are_named() -> None:
    named = tuple(f"P-2026-{serial:04}" for serial in range(1, 21))
    over = Completion(completed_on=date(2026, 2, 2), note="a" * 64, reports=named[:18])
    marks = FirstOf(first=named, besides=5)
    assert considered_since(over, marks) == FirstOf(first=named[18:], besides=5)
    whole = over.model_copy(update={"reports": named, "considered_besides": 5})
    assert considered_since(whole, marks) == FirstOf()
    assert considered_since(None, marks) == FirstOf()
