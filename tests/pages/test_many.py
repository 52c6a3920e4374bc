"""Monitorings ticked in their list: handed over row by row, each once; taken along as a sheet."""

import csv
import io

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlmodel import select

from api.commands.sending import Fate
from api.pages.desk.many.chosen import MOST
from local.samples import ScenarioName, load_scenario
from models.commands import ReassignMonitoring
from models.tables.commands import CommandRow
from models.vocabulary.procedure import Language
from tests.fixtures.stack import SeededDatabase
from tests.pages.reading import fields, flaws, soup, words
from tests.pages.story import Story
from tests.pages.test_cancelling import presses
from tests.pages.test_consolidation import signed_in
from tests.pages.test_handing import COLLEAGUE, NAME, REASON, joins
from tests.pages.test_monitorings_list import UNSAID

LIST = "/staff/monitorings"
MANY = f"{LIST}/reassigning"


async def more(story: Story, count: int) -> list[Story]:
    """The same again, under numbers of their own."""
    head, _, _ = story.number.rpartition("-")
    told = []
    for serial in range(701, 701 + count):
        scenario = load_scenario(ScenarioName.B).model_copy(update={"number": f"{head}-{serial:04}"})
        each = Story(story.sessions, story.clerk, scenario)
        await each.starts()
        told.append(each)
    return told


def asked(*numbers: str) -> str:
    return "&".join(f"number={each}" for each in numbers)


@pytest.mark.parametrize("language", Language)
async def test_rows_are_handed_over_one_by_one_and_a_second_press_does_nothing_twice(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    await joins(story)
    others = await more(story, 2)
    await others[0].does(
        ReassignMonitoring, to=COLLEAGUE, organisation="td-sary", role="analyst", reason="0" * 64
    )
    numbers = [story.number, *(each.number for each in others), "2026-KOKO-9999"]
    await signed_in(browser, seeded_database, "sary-head")
    own = await browser.get(f"{LIST}?lang={language.value}&ticked=all")
    assert (own.status_code, flaws(own)) == (200, [])
    ticks = soup(own).select("form#chosen input[name=number]")
    assert {str(each["value"]) for each in ticks} == set(numbers[:-1])
    assert all(each.has_attr("checked") for each in ticks)
    assert soup(own).select_one(f'button[formaction="{MANY}"]') is not None
    form = await browser.get(f"{MANY}?lang={language.value}&{asked(*numbers)}")
    assert (form.status_code, flaws(form)) == (200, []), words(form)
    assert not UNSAID.search(words(form)), words(form)
    assert fields(form)["number"] == numbers
    check = await presses(browser, form, "check", to=COLLEAGUE, reason=REASON)
    assert (check.status_code, flaws(check)) == (200, []), words(check)
    assert words(check).count(NAME) >= 2
    assert story.clerk.obeyed == []
    first, second = await presses(browser, check, "send"), await presses(browser, check, "send")
    assert first.status_code == 303, words(first)
    assert first.headers["location"] == second.headers["location"]
    done = await browser.get(first.headers["location"])
    assert (done.status_code, flaws(done)) == (200, []), words(done)
    assert not UNSAID.search(words(done)), words(done)
    assert len(soup(done).select("main tbody strong.waits")) == 2  # one had it already, one there is not
    handed = [each for each in story.clerk.obeyed if isinstance(each, ReassignMonitoring)]
    assert len(handed) == len({each.id for each in handed}) == 2
    for each in (story, *others):
        assert (await each.state()).coordinator == COLLEAGUE
    async with story.sessions() as session:
        outcomes = sorted(row.outcome for row in await session.exec(select(CommandRow)))
    assert outcomes == ["done", "done", "refused"]


async def test_an_outcome_that_is_not_known_is_gone_on_with_by_the_same_press(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await joins(story)
    (other,) = await more(story, 1)
    await signed_in(browser, seeded_database, "sary-head")
    form = await browser.get(f"{MANY}?lang=en&{asked(story.number, other.number)}")
    check = await presses(browser, form, "check", to=COLLEAGUE, reason=REASON)
    story.clerk.fates = [Fate.UNAVAILABLE]
    away = await presses(browser, check, "send")
    assert (away.status_code, flaws(away)) == (503, [])
    assert away.headers["retry-after"]
    sent = await presses(browser, away, "send")
    assert sent.status_code == 303, words(sent)
    for each in (story, other):
        assert (await each.state()).coordinator == COLLEAGUE


async def test_nothing_ticked_and_too_much_are_told_and_others_may_not(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "sary-head")
    for address in (MANY, f"{LIST}/chosen"):
        page = await browser.get(f"{address}?lang=en")
        assert (page.status_code, flaws(page)) == (200, [])
        assert "No monitoring is chosen" in words(page)
    many = asked(*(f"2026-SARY-{serial:04}" for serial in range(1, MOST + 2)))
    form = await browser.get(f"{MANY}?lang=en&{many}")
    told = await presses(browser, form, "check", to="a-sary-analyst", reason=REASON)
    assert (told.status_code, flaws(told)) == (422, [])
    assert f"At most {MOST}" in words(told)
    assert f"At most {MOST}" in words(await browser.get(f"{LIST}/chosen?lang=en&{many}"))
    await signed_in(browser, seeded_database, "uo-auditor")
    assert (await browser.get(f"{MANY}?{asked(story.number)}")).status_code == 403
    assert soup(await browser.get(LIST)).select_one(f'button[formaction="{MANY}"]') is None


async def test_the_chosen_rows_leave_as_a_sheet_and_each_leads_to_its_bundle(
    story: Story, browser: AsyncClient, app: FastAPI, seeded_database: SeededDatabase
) -> None:
    (other,) = await more(story, 1)
    await signed_in(browser, seeded_database, "sary-head")
    page = await browser.get(f"{LIST}/chosen?lang=en&{asked(other.number, '2026-KOKO-9999')}")
    assert (page.status_code, flaws(page)) == (200, [])
    assert not UNSAID.search(words(page)), words(page)
    bundles = [str(a["href"]) for a in soup(page).select("main tbody a")]
    assert bundles == [f"{LIST}/{other.number}/bundle"]
    sheet = next(str(a["href"]) for a in soup(page).select("main a") if ".csv" in str(a["href"]))
    rows = list(csv.reader(io.StringIO((await browser.get(sheet)).content.decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == [other.number]
    await signed_in(browser, seeded_database, "sary-analyst")
    page = await browser.get(f"{LIST}/chosen?lang=en&{asked(other.number)}")
    assert not soup(page).select("main tbody a")
