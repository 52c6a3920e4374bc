"""The pages of a duty's and the consolidation's timelines: as those of monitorings, by years."""

import re

import pytest
from httpx import AsyncClient
from sqlalchemy import text as sql
from sqlmodel import select

from models.tables.reads import ReadRow
from models.vocabulary.procedure import Language
from tests.api.duties import three_years
from tests.api.inbox import arrives
from tests.fixtures.stack import SeededDatabase
from tests.keeping import triggers_sleep
from tests.pages.reading import flaws, soup, words
from tests.pages.story import Story
from tests.pages.test_history import away, entries, signed_in, whole

__all__ = ["away"]
HERE = "/duties/13.1-SARY/history"
CONSOLIDATION = "/staff/consolidation/history"


@pytest.mark.parametrize("language", Language)
async def test_a_duty_reads_well_in_every_language(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    duty = await three_years(story.sessions)
    await signed_in(browser, seeded_database, "uo-auditor")
    page = await browser.get(f"{HERE}?lang={language.value}")
    assert (page.status_code, flaws(page)) == (200, [])
    assert page.headers["content-language"] == language.value
    assert page.headers["x-robots-tag"].startswith("noindex")
    assert len(entries(page)) == len(duty.entries)
    assert "13.1-SARY" in soup(page).h1.get_text()  # type: ignore[union-attr]
    assert not re.search(r"\b(None|event\.|history\.|page\.)", words(page))
    headings = [heading.get_text() for heading in soup(page).select("section.stage h2")]
    assert headings
    assert all(re.fullmatch(r"20\d\d", heading) for heading in headings)


@pytest.mark.usefixtures("away")
async def test_its_check_names_a_changed_line_and_leads_to_it(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await three_years(story.sessions)
    await signed_in(browser, seeded_database, "uo-auditor")
    assert "No difference was found." in words(await browser.get(f"{HERE}/check?lang=en"))
    async with story.sessions.begin() as session:
        await triggers_sleep(session)
        change = "UPDATE journal SET command_id = 'x' WHERE seq = 2 AND workflow_id LIKE 'duty/%'"
        await session.exec(sql(change))  # type: ignore[call-overload]
    page = await browser.get(f"{HERE}/check?lang=en")
    assert (page.status_code, flaws(page)) == (200, [])
    assert "Line 2 was changed" in words(page)
    assert soup(page).find("a", href=f"{HERE}?lang=en#2") is not None


@pytest.mark.usefixtures("away")
async def test_it_is_open_to_whoever_may_read_it_in_the_api(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await three_years(story.sessions)
    stranger = await browser.get(HERE)
    assert (stranger.status_code, stranger.headers["location"][:9]) == (303, "/sign-in?")
    statuses = {"uo-auditor": 200, "sary-analyst": 200, "uo-analyst": 200, "koko-head": 404}
    for who, status in statuses.items():
        await signed_in(browser, seeded_database, who)
        for path in ("", ".csv", ".json"):
            assert (await browser.get(HERE + path)).status_code == status, (who, path)
        check = await browser.get(f"{HERE}/check")
        assert check.status_code == (200 if who == "uo-auditor" else max(status, 403)), who
        assert flaws(check) == []
    async with story.sessions() as session:
        seen = [(row.what, row.number) for row in await session.exec(select(ReadRow))]
    names = ("show_duty_history", "download_duty_table", "download_duty_history", "show_duty_check")
    assert seen == [(name, "13.1-SARY") for name in names]


async def test_whoever_may_open_it_finds_it_on_the_page_of_the_duty(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await three_years(story.sessions)
    for who, found in (("uo-auditor", True), ("sary-head", True), ("koko-head", False)):
        await signed_in(browser, seeded_database, who)
        for page in ("/staff", "/staff/duties"):
            listed = await browser.get(f"{page}?lang=en")
            assert flaws(listed) == []
        of_one = await browser.get("/staff/duties/13.1-SARY?lang=en")
        assert (of_one.status_code == 200) is found, who
        assert (soup(of_one).find("a", href=f"{HERE}?lang=en") is not None) is found, who


async def test_signing_in_leads_back_to_it(browser: AsyncClient, seeded_database: SeededDatabase) -> None:
    form = {"token": seeded_database.tokens["uo-auditor"], "next": HERE}
    answer = await browser.post("/sign-in", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, HERE)


@pytest.mark.parametrize("language", Language)
async def test_the_consolidation_has_the_same_pages(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    await whole(story)
    await arrives(story.sessions, await story.clerk.state(story.number))
    await signed_in(browser, seeded_database, "uo-auditor")
    page = await browser.get(f"{CONSOLIDATION}?lang={language.value}")
    assert (page.status_code, flaws(page)) == (200, [])
    assert len(entries(page)) >= 3
    assert not re.search(r"\b(None|event\.|history\.|page\.)", words(page))
    await signed_in(browser, seeded_database, "sary-head")
    assert (await browser.get(CONSOLIDATION)).status_code == 403
