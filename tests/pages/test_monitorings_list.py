"""The list of monitorings: found by words, narrowed, sorted, turned, kept as an address and as a file."""

import csv
import io
import re
from datetime import date
from zipfile import ZipFile

import pytest
from httpx import AsyncClient, Response
from openpyxl import load_workbook
from sqlalchemy import event
from sqlmodel import select

from activities.database.sessions import Sessions
from activities.registries.bodies import names_of
from locales.catalogue import text
from models.tables.monitorings import MonitoringRow
from models.vocabulary.procedure import Language
from tests.fixtures.stack import SeededDatabase
from tests.pages.reading import flaws, soup, words
from tests.pages.story import NOW, Story
from tests.pages.test_consolidation import signed_in
from tests.pages.test_home import kept_beside

HERE = "/staff/monitorings"
UNSAID = re.compile(r"\b(None|term\.|page\.)")


def numbers(page: Response) -> list[str]:
    return [str(row["id"]).removeprefix("monitoring-") for row in soup(page).select("tr[id^=monitoring-]")]


@pytest.mark.parametrize("language", Language)
async def test_each_line_says_the_stage_whose_move_it_is_and_the_day(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    await story.asks()
    await signed_in(browser, seeded_database, "sary-analyst")
    page = await browser.get(f"{HERE}?lang={language.value}")
    assert (page.status_code, flaws(page)) == (200, []), words(page)
    assert not UNSAID.search(words(page)), words(page)
    assert numbers(page) == [story.number]
    row = str(soup(page).select_one(f"#monitoring-{story.number}"))
    assert story.scenario.title.best(language) in row
    assert "18" in row  # of September: until then the holder is waited for


async def test_it_is_found_and_narrowed_and_a_wrong_filter_is_named(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "sary-analyst")
    for query, found in {
        "text=емханалардың": 1,
        f"text={story.number.lower()}": 1,
        "text=жоқсөз": 0,
        "stage=collecting&kind=thematic&desk=mine&year=2026&conductor=td-sary": 1,
        "stage=closed": 0,
        "conductor=td-koko": 0,
        "due=late": 0,
        "sort=newest": 1,
    }.items():
        page = await browser.get(f"{HERE}?lang=en&{query}")
        assert (page.status_code, flaws(page)) == (200, []), query
        assert len(numbers(page)) == found, query
    wrong = await browser.get(
        f"{HERE}?lang=en&stage=gone&year=soon&text=%2E%00&after=x&sort=%3Cb%3E&due=never"
    )
    assert (wrong.status_code, flaws(wrong)) == (200, [])
    assert len(soup(wrong).select(".errors li")) == 5
    assert soup(wrong).select_one("form details[open] #stage") is not None, "a wrong field is seen"
    plain = await browser.get(f"{HERE}?lang=en&text=x")
    assert soup(plain).select_one("form details:not([open]) #stage") is not None
    letter = await browser.get(f"{HERE}?lang=en&text=%3Cb%3E%25")
    assert len(soup(letter).select(".errors li")) == 1, "one letter is no word"
    assert numbers(wrong) == [story.number]


@pytest.mark.parametrize("sort", ["due", "newest"])
async def test_a_long_list_is_turned_forth_and_back_and_no_line_is_left_out(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, sort: str
) -> None:
    known = {*await kept_beside(story, 120), story.number}
    await signed_in(browser, seeded_database, "sary-analyst")
    page = await browser.get(f"{HERE}?lang=en&sort={sort}")
    first, seen = numbers(page), numbers(page)
    while further := soup(page).select_one("a[rel=next]"):
        page = await browser.get(str(further["href"]))
        seen += numbers(page)
    assert (len(seen), set(seen)) == (len(known), known)
    while back := soup(page).select_one("a[rel=prev]"):
        page = await browser.get(str(back["href"]))
    assert numbers(page) == first


async def test_a_longer_list_asks_the_database_no_more_often(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await signed_in(browser, seeded_database, "sary-analyst")

    async def asked(address: str) -> int:
        statements: list[str] = []
        engine = _engine(story.sessions)

        def note(*given: object) -> None:
            statements.append(str(given[2]))

        event.listen(engine, "before_cursor_execute", note)
        try:
            assert (await browser.get(address)).status_code == 200
        finally:
            event.remove(engine, "before_cursor_execute", note)
        return len(statements)

    for address in (HERE, "/staff"):
        await asked(address)
        few = await asked(address)
        await kept_beside(story, 49) if address == HERE else None
        assert await asked(address) <= few, address


async def test_whoever_may_not_see_a_monitoring_does_not_find_it(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    for who, seen in (("koko-head", []), ("uo-analyst", []), ("uo-auditor", [story.number])):
        await signed_in(browser, seeded_database, who)
        assert numbers(await browser.get(HERE)) == seen, who
    await story.approves()
    await story.dispatches()
    await signed_in(browser, seeded_database, "uo-analyst")
    assert numbers(await browser.get(HERE)) == [story.number]


@pytest.mark.parametrize("language", Language)
async def test_the_same_list_as_files(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    known = [*await kept_beside(story, 60), story.number]
    await signed_in(browser, seeded_database, "sary-analyst")
    page = await browser.get(f"{HERE}?desk=mine&lang={language.value}")
    files = {str(link["href"]) for link in soup(page).select("a[href*='monitorings.']")}
    assert files == {f"{HERE}.{kind}?desk=mine&lang={language.value}" for kind in ("xlsx", "csv")}
    table = await browser.get(f"{HERE}.csv?desk=mine&lang={language.value}")
    assert table.headers["content-disposition"].startswith("attachment")
    separator = "," if language is Language.EN else ";"
    rows = list(csv.reader(io.StringIO(table.content.decode("utf-8-sig")), delimiter=separator))
    assert [row[0] for row in rows[1:]] == known
    book = await browser.get(f"{HERE}.xlsx?lang={language.value}")
    assert "xl/worksheets/sheet1.xml" in ZipFile(io.BytesIO(book.content)).namelist()
    assert (await browser.get(f"{HERE}.pdf")).status_code == 404


async def test_a_file_says_whose_move_it_is_of_all_and_its_days_are_days(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    """A page says the first two and how many besides; in a file nobody can open the rest."""
    await signed_in(browser, seeded_database, "sary-analyst")
    asked = ("land-sary", "clinic-2", "akimat-sary", "school-5")
    async with story.sessions.begin() as session:
        row = (await session.exec(select(MonitoringRow))).one()
        row.waiting = {f"addressee:{each}": "2026-10-01" for each in asked}
        row.due_on = date(2026, 10, 1)
        session.add(row)
        known = await names_of(session, NOW.date(), asked)
        names = {each: name.best(Language.KK) for each, name in known.items()}
    page = await browser.get(f"{HERE}?lang=kk")
    assert text(Language.KK, "page.workplace.mover.besides", count=2) in words(page)
    table = await browser.get(f"{HERE}.csv?lang=kk")
    heads, line = csv.reader(io.StringIO(table.content.decode("utf-8-sig")), delimiter=";")
    column = heads.index(text(Language.KK, "page.workplace.column.whose_move"))
    assert all(name in line[column] for name in names.values()), line[column]
    book = load_workbook(io.BytesIO((await browser.get(f"{HERE}.xlsx?lang=kk")).content))
    sheet = book.worksheets[0]
    shown = dict(zip(heads, next(sheet.iter_rows(min_row=2)), strict=True))
    due = shown[text(Language.KK, "page.workplace.column.due")]
    assert (f"{due.value:%Y-%m-%d}", due.is_date) == ("2026-10-01", True)
    assert shown[text(Language.KK, "page.workplace.column.started")].is_date
    assert str(shown[heads[column]].value) == line[column]


def _engine(sessions: Sessions) -> object:
    return sessions.kw["bind"].sync_engine
