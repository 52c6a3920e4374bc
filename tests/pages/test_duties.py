"""The duties of rule 13 as pages: bodies by years; of each what counted, how the years before ended."""

from datetime import UTC, date, datetime

import pytest
from httpx import AsyncClient, Response

from activities.database.sessions import Sessions
from activities.record.recorder import Recorder
from local.samples import load_calendar, load_country
from locales.dates import say_day
from models.duty.fold import fold_duty
from models.duty.rules import begin_duty, count_monitoring, turn_period
from models.duty.state import DutyState
from models.events import Briefing, DutyEvent, Entry, MonitoringCounted
from models.proceeding.record import RecordOrder
from models.vocabulary.actors import SYSTEM
from models.vocabulary.editions import ORDER_192
from models.vocabulary.procedure import Id, Kind, Language, duty_mark, duty_workflow_id
from tests.fixtures.stack import SeededDatabase
from tests.pages.reading import flaws, soup, words
from tests.pages.story import Story
from tests.pages.test_consolidation import signed_in
from tests.pages.test_desk import UNSAID

DUTIES = "/staff/duties"
CALENDAR = load_calendar().working_calendar()


class Owed:
    """A duty of a test without its workflow: told by hand what would come of itself."""

    def __init__(self, sessions: Sessions, body: Id, code: str, kind: Kind = Kind.COMPREHENSIVE) -> None:
        self._sessions, self._body, self._kind, self._mark = sessions, body, kind, duty_mark(kind, code)
        self.state: DutyState | None = None
        self.now: datetime | None = None

    async def begins(self, day: date) -> None:
        body = load_country().body(self._body, day)
        briefing = Briefing(body=body, exists_from=date(2020, 1, 1), authorized_body="uo", edition=ORDER_192)
        await self._happens(*begin_duty(self._mark, self._kind, briefing, CALENDAR, day))

    async def counts(self, number: str, day: date) -> None:
        assert self.state is not None
        counted = MonitoringCounted(
            number=number, version=1, counted_on=day, approved_on=day, publication_due=True
        )
        await self._happens(*count_monitoring(self.state, counted, correction_told=True))

    async def year_ends(self) -> None:
        assert self.state is not None
        await self._happens(*turn_period(self.state))

    async def _happens(self, *events: DutyEvent) -> None:
        first = self.state.seq + 1 if self.state else 1
        now = self.now or datetime.now(UTC)
        entries = tuple(
            Entry(seq=first + index, at=now, actor=SYSTEM, event=event) for index, event in enumerate(events)
        )
        workflow_id = duty_workflow_id(self._body, self._kind)
        order = RecordOrder(number=self._mark, workflow_id=workflow_id, run_id="run", entries=entries)
        await Recorder(self._sessions).record(order)
        self.state = fold_duty(entries, self.state)


async def told(story: Story) -> None:
    """The division missed a year and made up for it later; the authorized body is in its first year."""
    division = Owed(story.sessions, "td-sary", "SARY")
    await division.begins(date(2025, 1, 1))
    await division.year_ends()
    await division.counts("2025-SARY-0001", date(2025, 11, 20))
    await division.counts(story.number, date(2026, 6, 1))
    await Owed(story.sessions, "uo", "UO").begins(date(2026, 1, 1))


def cells(page: Response, name: str) -> list[str]:
    """What stands in the row of a body, newest year first."""
    rows = [row for row in soup(page).select("main tbody tr") if name in row.select("th")[0].get_text()]
    assert len(rows) == 1
    return [cell.get_text(" ", strip=True) for cell in rows[0].select("td")]


@pytest.mark.parametrize("language", Language)
async def test_rule_13_bodies_stand_beside_one_another_by_years(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    await told(story)
    await signed_in(browser, seeded_database, "uo-auditor")
    page = await browser.get(f"{DUTIES}?lang={language.value}")
    assert (page.status_code, flaws(page)) == (200, [])
    assert not UNSAID.search(words(page))
    assert len(soup(page).select("main tbody tr")) == 2
    for link in soup(page).select("main tbody a"):
        of_one = await browser.get(str(link["href"]))
        assert (of_one.status_code, flaws(of_one)) == (200, [])
        assert not UNSAID.search(words(of_one))


async def test_rule_13_who_missed_a_year_comes_first_until_it_is_corrected(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    division = Owed(story.sessions, "td-sary", "SARY")
    await division.begins(date(2025, 1, 1))
    await division.year_ends()
    await Owed(story.sessions, "uo", "UO").begins(date(2026, 1, 1))
    await signed_in(browser, seeded_database, "uo-head")
    page = await browser.get(f"{DUTIES}?lang=en")
    names = [row.get_text(" ", strip=True) for row in soup(page).select("main tbody th")]
    assert len(names) == 2
    assert "No monitoring for the year before" in names[0]
    late = soup(page).select_one("main tbody tr")
    assert late is not None
    assert [each.get_text(strip=True) for each in late.select("strong.waits")] == ["not fulfilled"]
    assert "No monitoring for the year before: 1 · Not fulfilled yet: 1" in words(page)
    await division.counts("2025-SARY-0001", date(2025, 11, 20))
    page = await browser.get(f"{DUTIES}?lang=en")
    assert not soup(page).select("main tbody strong.waits")
    assert cells(page, "Publication still owed")[:2] == ["not fulfilled yet", "fulfilled (corrected later)"]


async def test_rule_13_2_a_thematic_duty_is_never_shown_as_a_breach(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    thematic = Owed(story.sessions, "td-sary", "SARY", Kind.THEMATIC)
    await thematic.begins(date(2025, 1, 1))
    await thematic.year_ends()
    await signed_in(browser, seeded_database, "sary-head")
    page = await browser.get(f"{DUTIES}?lang=ru")
    assert "интервал истёк (не нарушение)" in words(page)
    assert thematic.state is not None
    assert thematic.state.period is not None
    for past in (thematic.state.past[-1].period, thematic.state.period):
        interval = " – ".join(say_day(Language.RU, day) for day in (past.begins_on, past.ends_on))
        assert interval in words(page), "which interval it is of"
    assert not soup(page).select("main .waits, main .passed")
    of_one = await browser.get(f"{DUTIES}/13.2-SARY?lang=ru")
    assert of_one.status_code == 200
    assert not soup(of_one).select("main .waits, main .passed")


async def test_rule_19_what_is_still_to_be_published_is_named(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await told(story)
    await signed_in(browser, seeded_database, "uo-head")
    said = words(await browser.get(f"{DUTIES}/13.1-SARY?lang=en"))
    assert "corrected later: fulfilled" in said
    assert f"Publication still owed (paragraph 19) 2025-SARY-0001, {story.number}" in said
    own = words(await browser.get(f"{DUTIES}/13.1-UO?lang=en"))
    assert "not fulfilled yet" in own
    assert "118 days" in own


async def test_a_division_sees_its_own_and_comes_to_its_own_timelines(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await told(story)
    first = await browser.get(f"{DUTIES}?lang=ru")
    assert first.status_code == 303
    assert "next=%2Fstaff%2Fduties%3Flang%3Dru" in first.headers["location"]
    await signed_in(browser, seeded_database, "sary-analyst")
    page = soup(await browser.get(f"{DUTIES}?lang=en"))
    assert [str(link["href"]) for link in page.select("main tbody a")] == [f"{DUTIES}/13.1-SARY?lang=en"]
    own = soup(await browser.get(f"{DUTIES}/13.1-SARY?lang=en"))
    assert own.select_one(f'a[href="/monitorings/{story.number}/history?lang=en"]') is not None
    assert own.select_one('a[href="/duties/13.1-SARY/history?lang=en"]') is not None
    assert (await browser.get("/duties/13.1-SARY/history?lang=en")).status_code == 200
    for unseen in ("13.1-UO", "13.1-NONE", "none"):
        assert (await browser.get(f"{DUTIES}/{unseen}?lang=en")).status_code == 404
    await signed_in(browser, seeded_database, "uo-head")
    of_another = soup(await browser.get(f"{DUTIES}/13.1-SARY?lang=en"))
    assert of_another.select_one('main a[href^="/monitorings/"]') is None


async def test_before_any_duty_it_says_so(browser: AsyncClient, seeded_database: SeededDatabase) -> None:
    await signed_in(browser, seeded_database, "sary-head")
    page = await browser.get(f"{DUTIES}?lang=en")
    assert (page.status_code, flaws(page)) == (200, [])
    assert "There are no duties for you to see." in words(page)


async def test_rule_13_2_an_interval_stands_under_the_year_in_which_it_begins(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    """One that goes over the turn of the year left its first year blank, as if nothing had been owed."""
    await Owed(story.sessions, "td-sary", "SARY", Kind.THEMATIC).begins(date(2026, 8, 30))
    await signed_in(browser, seeded_database, "sary-head")
    page = await browser.get(f"{DUTIES}?lang=ru")
    heads = [head.get_text(strip=True) for head in soup(page).select("main thead th")]
    of_year = dict(
        zip(
            heads[1:],
            (cell.get_text(" ", strip=True) for cell in soup(page).select("main tbody td")),
            strict=True,
        )
    )
    assert say_day(Language.RU, date(2026, 8, 30)) in of_year["2026"]
    assert "2027" not in heads
