"""The page of one monitoring: where it stands, what is open, what its reader may do, dates, people."""

import re
from gzip import compress

import pytest
from httpx import AsyncClient
from sqlmodel import select

from api.pages.desk.desk_form import MonitoringForm
from api.pages.desk.forms import FORMS
from api.pages.workplace.stages import Place, stages_said, steps_said
from api.pages.workplace.ways import THINGS, thing_of
from models.agenda.deadline import DeadlineSubject, deadline_id
from models.commands import AnswerInvitation
from models.monitoring.open_work import open_items
from models.tables.journal import EntryRow
from models.tables.reads import ReadRow
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Language
from tests.fixtures.stack import SeededDatabase
from tests.models.monitoring.monitorings import Story as Monitoring
from tests.models.monitoring.rules.parts import NGO
from tests.pages.reading import flaws, soup, words
from tests.pages.story import CLINIC, Story
from tests.pages.test_consolidation import signed_in

UNSAID = re.compile(r"\b(None|term\.|page\.|letter\.)")
PAGES = ("", "/letters", "/deadlines", "/items")


def address(story: Story, below: str = "") -> str:
    return f"/staff/monitorings/{story.number}{below}"


async def led_far(story: Story) -> None:
    """A working group and a request, an approved report sent, its letters left."""
    await story.invites()
    for member in ("m1", "m2"):
        await story.does(AnswerInvitation, member=member, consents=True)
    await story.asks()
    await story.approves()
    await story.dispatches()
    await story.letters_leave()


@pytest.mark.parametrize("language", Language)
async def test_every_page_of_a_monitoring_reads_well_and_is_light(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    await led_far(story)
    await signed_in(browser, seeded_database, "sary-head")
    for below in PAGES:
        page = await browser.get(f"{address(story, below)}?lang={language.value}")
        assert page.status_code == 200, words(page)
        assert flaws(page) == [], below
        assert not UNSAID.search(words(page)), words(page)
        assert page.headers["x-robots-tag"].startswith("noindex")
        assert "script" not in page.headers["content-security-policy"]
        assert len(compress(page.content)) < 60_000
        assert story.number in words(page)


async def test_it_shows_where_the_monitoring_stands_and_what_is_open(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "sary-analyst")
    page = await browser.get(f"{address(story)}?lang=en")
    (here,) = soup(page).select(".stage-bar [aria-current=step]")
    assert "collecting" in here.get_text()
    assert len(soup(page).select(".checklist li")) == len(open_items(await story.state())) == 1
    assert "rule 15" in words(page)
    await led_far(story)
    page = await browser.get(f"{address(story)}?lang=en")
    (here,) = soup(page).select(".stage-bar [aria-current=step]")
    assert "sent" in here.get_text()
    assert len(soup(page).select(".checklist li")) == len(open_items(await story.state()))
    due = " ".join(each.get_text(" ") for each in soup(page).select(".due"))
    assert "25 September 2026" in due
    assert "m1" not in words(page)
    assert len(soup(page).select('[id^="member-"]')) == 2


async def test_the_ways_of_conduct_stand_with_their_rule_and_their_days(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await story.submits()
    await signed_in(browser, seeded_database, "sary-analyst")
    page = await browser.get(f"{address(story)}?lang=en")
    assert len(soup(page).select(".conduct li.behind")) == 5
    assert "rule 8" in words(page)


def test_rule_14_an_other_subject_has_four_steps_in_their_order() -> None:
    state = Monitoring().starts(NGO).state
    steps = steps_said(Language.EN, state)
    assert (steps.rule, len(steps.steps)) == ("14", 4)
    assert {step.on for step in steps.steps} == {None}
    assert [stage.place for stage in stages_said(Language.EN, state)].count(Place.HERE) == 1


async def test_forms_that_the_reader_may_use_now_are_led_to(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    cancellation = f'a[href="{address(story, "/cancellation")}?lang=en"]'
    for who, led in (("sary-analyst", True), ("sary-head", True), ("uo-auditor", False)):
        await signed_in(browser, seeded_database, who)
        page = await browser.get(f"{address(story)}?lang=en")
        assert (soup(page).select_one(cancellation) is not None) is led, who
    await story.approves()
    await signed_in(browser, seeded_database, "sary-analyst")
    page = await browser.get(f"{address(story)}?lang=en")
    assert soup(page).select_one(cancellation) is None  # nothing is cancelled after its approval


async def test_a_form_about_one_thing_is_led_to_from_the_line_of_that_thing() -> None:
    about = {thing_of(form) for form in FORMS if isinstance(form, MonitoringForm)} - {""}
    assert about <= THINGS, "give each a line on a page of api/pages/workplace, and its name to THINGS"


async def test_letters_show_how_each_fares_and_whether_it_was_received(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await led_far(story)
    await signed_in(browser, seeded_database, "sary-analyst")
    page = await browser.get(f"{address(story, '/letters')}?lang=en")
    letters = (await story.state()).letters
    lines = {str(each["id"]): each.parent for each in soup(page).select(".letter-line > h2")}
    assert lines.keys() == letters.keys()
    report = await story.letter(LetterKind.REPORT_FOR_CONSIDERATION, CLINIC)
    line = lines[report.id]
    assert line is not None
    assert line.select_one(".status.sent") is not None
    assert "receipt not confirmed" in line.get_text()


async def test_a_deadline_says_why_it_is_that_day(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await story.asks()
    await signed_in(browser, seeded_database, "sary-analyst")
    page = await browser.get(f"{address(story, '/deadlines')}?lang=en")
    asked = deadline_id(DeadlineSubject.INFORMATION_REQUEST, "r1")
    heading = soup(page).find("h2", id=asked)
    assert heading is not None
    assert heading.parent is not None
    (because,) = heading.parent.select("details.why p")
    assert "10 working days are counted" in because.get_text()


async def test_printed_versions_are_downloaded(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await story.approves()
    await signed_in(browser, seeded_database, "sary-analyst")
    page = await browser.get(address(story))
    files = [str(link["href"]) for link in soup(page).select("ul.files a")]
    assert [file.endswith(".docx") for file in files] == [False, True] * 4
    for file in files:
        printed = await browser.get(file)
        assert printed.status_code == 200
        assert printed.content.startswith(b"PK" if file.endswith(".docx") else b"%PDF")
        assert printed.headers["content-disposition"].startswith("attachment")


async def test_the_bundle_is_led_to_for_whoever_may_take_it_away(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    bundle = address(story, "/bundle")
    for who, led in (("sary-analyst", False), ("sary-head", True)):
        await signed_in(browser, seeded_database, who)
        page = await browser.get(address(story))
        assert (soup(page).select_one(f'a[href="{bundle}"]') is not None) is led, who
    await signed_in(browser, seeded_database, "sary-analyst")
    assert (await browser.get(bundle)).status_code == 403


async def test_an_auditor_s_pages_change_nothing_show_no_forms_and_are_written_down(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await led_far(story)

    async def lines() -> int:
        async with story.sessions() as session:
            return len((await session.exec(select(EntryRow))).all())

    before = await lines()
    await signed_in(browser, seeded_database, "uo-auditor")
    for below in PAGES:
        page = await browser.get(f"{address(story, below)}?lang=en")
        assert page.status_code == 200
        assert soup(page).select("main form:not([method=get])") == []
        assert soup(page).select(".next, .ways-on") == []
    assert await lines() == before
    async with story.sessions() as session:
        read = {row.what for row in await session.exec(select(ReadRow))}
    assert {"show_monitoring", "show_letters", "show_deadlines", "show_items"} <= read


async def test_whoever_may_not_read_it_learns_nothing_and_an_addressee_sees_what_was_sent(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "koko-head")
    assert (await browser.get(address(story))).status_code == 404
    await led_far(story)
    await signed_in(browser, seeded_database, "uo-analyst")
    page = await browser.get(f"{address(story)}?lang=en")
    assert (page.status_code, flaws(page)) == (200, [])
    assert soup(page).select(".checklist, #people, #addressees") == []
    assert len(soup(page).select("ul.files li")) == 4
    assert (await browser.get(address(story, "/letters"))).status_code == 403
