"""Editions of the Rules on pages: what is in force, by what each differs, and a new one registered."""

from datetime import date

import pytest
from httpx import AsyncClient
from sqlmodel import select

from models.tables.editions import EditionRow
from models.vocabulary.edition_terms import differences, terms_of
from models.vocabulary.editions import ORDER_192, Edition
from models.vocabulary.procedure import Language
from tests.fixtures.stack import SeededDatabase
from tests.pages.reading import fields, flaws, soup, words
from tests.pages.story import Story
from tests.pages.test_consolidation import signed_in
from tests.pages.test_desk import UNSAID
from tests.pages.test_duties import Owed
from tests.pages.test_registries import checks, presses, records

NEW, LIST = "/staff/editions/new", "/staff/editions"
ORDER = {
    "id": "7-2026",
    "order_number": "7",
    "order_date": "01.09.2026",
    "in_force_from": "01.10.2026",
    "reason": "№ 7 бұйрық",
}
OTHERWISE = {
    "times-information_request": "20",
    "ladders-information_request-reminder": "7",
    "ladders-information_request-overdue": "",
    "switches-thematic_interval_months": "12",
}


@pytest.fixture
async def administrator(browser: AsyncClient, seeded_database: SeededDatabase) -> AsyncClient:
    await signed_in(browser, seeded_database, "uo-admin")
    return browser


@pytest.mark.parametrize("language", Language)
async def test_what_is_in_force_is_read_and_a_new_edition_says_by_what_it_differs(
    story: Story, administrator: AsyncClient, language: Language
) -> None:
    await Owed(story.sessions, "td-sary", "SARY").begins(date(2026, 1, 1))
    asked = f"?lang={language.value}"
    own = await administrator.get(f"{LIST}/192-2023{asked}")
    assert (own.status_code, flaws(own)) == (200, [])
    assert not UNSAID.search(words(own)), words(own)
    assert len(soup(own).select("dl.lines div")) == len(terms_of(ORDER_192))
    check = await checks(administrator, f"{NEW}{asked}", {**ORDER, **OTHERWISE})
    assert check.status_code == 200, words(check)
    assert not UNSAID.search(words(check)), words(check)
    said = words(check)
    assert "10 " in said
    assert "20 " in said
    sent = await presses(administrator, check, "send", {})
    assert sent.status_code == 303, words(sent)
    again = await presses(administrator, check, "send", {})
    assert again.headers["location"] == sent.headers["location"]
    done = await administrator.get(sent.headers["location"])
    assert (done.status_code, flaws(done)) == (200, [])
    assert "7-2026" in words(done)
    page = await administrator.get(f"{LIST}/7-2026{asked}")
    assert (page.status_code, flaws(page)) == (200, [])
    assert not UNSAID.search(words(page)), words(page)
    async with story.sessions() as session:
        rows = {row.id: Edition.model_validate(row.body) for row in await session.exec(select(EditionRow))}
    (before,) = (each for each in rows.values() if each.id != "7-2026")
    assert {each.name: each.after for each in differences(before, rows["7-2026"])} == {
        "times-information_request": 20,
        "ladders-information_request-reminder": -7,
        "ladders-information_request-overdue": None,
        "switches-thematic_interval_months": 12,
    }
    assert (await administrator.get(f"{LIST}/none")).status_code == 404


async def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    story: Story, administrator: AsyncClient
) -> None:
    wrong = {"times-near": "екі", "ladders-reply-reminder": "3"}
    faulty = await checks(administrator, f"{NEW}?lang=kk", {**ORDER, **wrong})
    assert faulty.status_code == 422
    assert soup(faulty).select_one("#times-near-message") is not None
    assert fields(faulty)["times-near"] == ["екі"]
    beyond = {"times-near": "2", "ladders-invitation-reminder": "9", "in_force_from": "01.08.2026"}
    for field in ("ladders-invitation-reminder", "in_force_from"):
        one = {**ORDER, "times-near": "2", field: beyond[field]}
        refused = await checks(administrator, f"{NEW}?lang=kk&key=new", one)
        assert refused.status_code == 422, words(refused)
        assert soup(refused).select_one(f"#{field}-message") is not None, words(refused)


async def test_whoever_opened_the_form_before_another_edition_came_is_told(
    story: Story, administrator: AsyncClient
) -> None:
    opened = await administrator.get(f"{NEW}?lang=kk")
    await records(administrator, f"{NEW}?lang=kk&key=new", ORDER)
    late = await presses(administrator, opened, "check", {**ORDER, "id": "8-2026"})
    assert (late.status_code, flaws(late)) == (409, []), words(late)
    assert "8-2026" in words(late)


async def test_whoever_keeps_no_registries_reads_them_only(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "uo-auditor")
    page = await browser.get(f"{LIST}?lang=ru")
    assert (page.status_code, flaws(page)) == (200, [])
    assert not soup(page).select(f'a[href^="{NEW}"]')
    assert (await browser.get(NEW)).status_code == 403
