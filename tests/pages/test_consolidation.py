"""The consolidated register as a page: each figure leads to its report, whoever may read it comes in."""

import re

import pytest
from bs4 import Tag
from httpx import AsyncClient
from sqlmodel import col, select

from models.tables.reads import ReadRow
from models.vocabulary.procedure import Language
from tests.api.inbox import arrives
from tests.fixtures.stack import SeededDatabase
from tests.pages.reading import flaws, soup, words
from tests.pages.story import Story

PATH = "/staff/consolidation"


async def signed_in(browser: AsyncClient, database: SeededDatabase, who: str) -> None:
    answer = await browser.post("/sign-in", data={"token": database.tokens[who]})
    assert answer.status_code == 303


async def received(story: Story) -> None:
    """The division's report has reached the authorized body."""
    await story.approves()
    await story.dispatches()
    await story.letters_leave()
    await arrives(story.sessions, await story.state())


@pytest.mark.parametrize("language", Language)
async def test_it_reads_well_and_every_figure_leads_to_its_report(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    await received(story)
    await signed_in(browser, seeded_database, "uo-analyst")
    page = await browser.get(f"{PATH}?lang={language.value}")
    assert page.status_code == 200
    assert flaws(page) == []
    assert page.headers["x-robots-tag"].startswith("noindex")
    assert not re.search(r"\b(None|term\.|register\.|page\.)", words(page))
    found = soup(page)
    for row in found.select("table.wide tbody tr"):
        leading = row.select_one("a.source")
        assert isinstance(leading, Tag), row
        assert leading["href"] == f"{PATH}/reports/{story.number}?lang={language.value}"
    report = await browser.get(f"{PATH}/reports/{story.number}?lang={language.value}")
    assert report.status_code == 200
    assert flaws(report) == []
    scenario = story.scenario
    assert all(finding.text.best(language) in words(report) for finding in scenario.findings)


async def test_filters_are_kept_in_every_way_on(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await received(story)
    await signed_in(browser, seeded_database, "uo-head")
    page = await browser.get(f"{PATH}?year=2026&sphere=&kind=proposal&lang=en")
    entries = soup(page).select("section[aria-labelledby=entries] tbody tr")
    assert {str(row.select_one("td").get_text()) for row in entries} == {"proposal"}  # type: ignore[union-attr]
    ways = {str(link["href"]) for link in soup(page).select("nav a")}
    for ending in ("pdf", "xlsx", "csv", "json"):
        assert f"{PATH}/register.{ending}?year=2026&kind=proposal&lang=en" in ways
        file = await browser.get(f"{PATH}/register.{ending}?year=2026&kind=proposal&lang=en")
        assert file.status_code == 200
        assert file.headers["content-disposition"].startswith("attachment")
    nothing = await browser.get(f"{PATH}?year=2024&page=7")
    assert (nothing.status_code, flaws(nothing)) == (200, [])


async def test_a_filter_that_is_none_is_named_and_does_not_narrow(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await received(story)
    await signed_in(browser, seeded_database, "uo-head")
    page = await browser.get(f"{PATH}?year=soon&object=%00&region=%3Cscript%3E&page=-1&lang=en")
    assert (page.status_code, flaws(page)) == (200, [])
    assert "<script>" not in page.text
    assert words(page).count("This value is not known") == 2


async def test_an_empty_register_says_so(browser: AsyncClient, seeded_database: SeededDatabase) -> None:
    await signed_in(browser, seeded_database, "uo-head")
    page = await browser.get(f"{PATH}?lang=en")
    assert (page.status_code, flaws(page)) == (200, [])
    assert "No report has reached the authorized body yet." in words(page)
    assert (await browser.get(f"{PATH}/reports/2026-SARY-0001")).status_code == 404


async def test_only_readers_of_the_register_come_in_and_auditors_are_written_down(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    first = await browser.get(f"{PATH}?year=2026&lang=ru")
    assert first.status_code == 303
    form = await browser.get(first.headers["location"])
    way = str(soup(form).find("input", {"name": "next"})["value"])  # type: ignore[index]
    assert way == f"{PATH}?year=2026&lang=ru"
    await signed_in(browser, seeded_database, "sary-head")
    assert PATH not in (await browser.get("/staff")).text
    for path in (PATH, f"{PATH}/register.xlsx", f"{PATH}/reports/{story.number}"):
        assert (await browser.get(path)).status_code == 403
    await signed_in(browser, seeded_database, "uo-auditor")
    assert f"{PATH}?lang=kk" in (await browser.get("/staff")).text
    assert (await browser.get(f"{PATH}?year=2026")).status_code == 200
    async with story.sessions() as session:
        reads = (await session.exec(select(ReadRow).order_by(col(ReadRow.id)))).all()
    told = [(read.what, read.number, read.filters) for read in reads if read.account == "a-uo-auditor"]
    assert told == [("show_home", None, {}), ("show_consolidation", None, {"year": "2026"})]


async def test_nobody_is_led_from_the_register_to_an_inbox_that_is_shut_to_them(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await received(story)
    for who, led in (("uo-analyst", True), ("uo-web-editor", False)):
        await signed_in(browser, seeded_database, who)
        page = soup(await browser.get(PATH))
        assert bool(page.select(f'main a[href^="{PATH}/inbox"]')) is led, who
        assert not page.select('main form[action^="/sign-out"]'), "the menu has the button"
