"""The list of persons with access, on a page and as files, in three languages; whose it is to read."""

import csv
import io
from datetime import timedelta

import pytest
from httpx import AsyncClient
from openpyxl import load_workbook

from local.samples import load_country
from models.vocabulary.procedure import Language
from tests.fixtures.stack import SeededDatabase
from tests.pages.given import accounts_given
from tests.pages.reading import flaws, soup, words
from tests.pages.story import NOW, Story
from tests.pages.test_consolidation import signed_in

HERE = "/staff/personal-data/persons"
TOMORROW = (NOW + timedelta(days=1)).date().isoformat()


@pytest.mark.parametrize("language", Language)
async def test_everybody_stands_there_and_the_printed_page_has_all_of_them(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    await accounts_given(story.sessions)
    await signed_in(browser, seeded_database, "uo-admin")
    home = await browser.get("/staff/registries", params={"lang": language.value})
    assert "/staff/personal-data?" in home.text
    for address in ("/staff/personal-data", HERE, f"{HERE}?all=1"):
        shown = await browser.get(address, params={"lang": language.value, "all": "1"})
        assert (shown.status_code, flaws(shown)) == (200, []), address
    names = {person.name for person in load_country().people}
    accounts = {each.person for each in load_country().accounts}
    told = words(shown)
    assert all(load_country().person(each).name in told for each in accounts)
    assert len(names) > len(accounts), "whoever has no account is not there"
    assert len(soup(shown).select("table.wide tbody tr")) >= len(accounts)


@pytest.mark.parametrize("language", Language)
async def test_the_files_have_a_column_for_each_particular(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    await accounts_given(story.sessions)
    await signed_in(browser, seeded_database, "uo-admin")
    asked = {"lang": language.value}
    sheet = await browser.get(f"{HERE}.csv", params=asked)
    separator = "," if language is Language.EN else ";"
    lines = list(csv.reader(io.StringIO(sheet.content.decode("utf-8-sig")), delimiter=separator))
    book = load_workbook(io.BytesIO((await browser.get(f"{HERE}.xlsx", params=asked)).content))
    rows = [[str(cell or "") for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)]
    assert rows == lines
    assert {len(row) for row in rows} == {12}
    assert "a-uo-admin" in {row[-1] for row in rows}
    assert (await browser.get(f"{HERE}.pdf")).status_code == 404


async def test_a_day_that_is_none_or_to_come_is_told(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "uo-admin")
    assert (await browser.get(f"{HERE}?on=x")).status_code == 400
    for address in (HERE, f"{HERE}.csv"):
        ahead = await browser.get(f"{address}?on={TOMORROW}")
        assert (ahead.status_code, flaws(ahead)) == (404, [])
    past = await browser.get(f"{HERE}?on={(NOW - timedelta(days=3)).date()}")
    assert (past.status_code, flaws(past)) == (200, [])


@pytest.mark.parametrize(("who", "status"), [("sary-auditor", 200), ("uo-analyst", 403), ("sary-head", 403)])
async def test_it_is_the_administrators_and_the_auditors(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, who: str, status: int
) -> None:
    await signed_in(browser, seeded_database, who)
    for address in ("/staff/personal-data", HERE, f"{HERE}.csv"):
        answer = await browser.get(address)
        assert answer.status_code == status, address
        assert "/staff/accounts/" not in answer.text, "accounts are kept by administrators alone"
