"""The log of reads on its page and as a file: who opened what with personal data, narrowed alike."""

import csv
import io

import pytest
from httpx import AsyncClient
from sqlmodel import col, select

from models.tables.reads import ReadRow
from models.vocabulary.procedure import Language
from tests.fixtures.stack import SeededDatabase
from tests.pages.reading import flaws, soup, words
from tests.pages.story import NOW, Story
from tests.pages.test_consolidation import signed_in

HERE = "/staff/personal-data/reads"


async def lines(story: Story) -> list[ReadRow]:
    async with story.sessions() as session:
        return list(await session.exec(select(ReadRow).order_by(col(ReadRow.id))))


async def read_by_an_analyst(story: Story, browser: AsyncClient, database: SeededDatabase) -> None:
    await signed_in(browser, database, "sary-analyst")
    assert (await browser.get(f"/staff/monitorings/{story.number}/letters")).status_code == 200
    assert (await browser.get("/staff/registries/people")).status_code == 200


@pytest.mark.parametrize("language", Language)
async def test_who_opened_which_page_stands_there_and_in_the_file(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, language: Language
) -> None:
    await read_by_an_analyst(story, browser, seeded_database)
    await signed_in(browser, seeded_database, "uo-admin")
    asked = {"lang": language.value, "account": "a-sary-analyst"}
    shown = await browser.get(HERE, params=asked)
    assert (shown.status_code, flaws(shown)) == (200, [])
    assert f"/staff/monitorings/{story.number}/letters" in words(shown)
    assert "None" not in words(shown)
    rows = soup(shown).select("table.wide tbody tr")
    assert len(rows) == 2, words(shown)
    file = await browser.get(f"{HERE}.csv", params=asked)
    separator = "," if language is Language.EN else ";"
    told = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig")), delimiter=separator))
    assert [row[3] for row in told[1:]] == ["a-sary-analyst"] * 2
    assert told[2][8] == story.number


async def test_it_is_narrowed_and_what_is_nothing_narrows_nothing(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    await read_by_an_analyst(story, browser, seeded_database)
    await signed_in(browser, seeded_database, "uo-admin")

    async def count(**asked: str) -> int:
        shown = await browser.get(HERE, params={**asked, "account": "a-sary-analyst"})
        assert (shown.status_code, flaws(shown)) == (200, []), asked
        return len(soup(shown).select("table.wide tbody tr"))

    today = NOW.date().isoformat()
    assert await count(kind="letters") == 1
    assert await count(kind="mail") == 0
    assert await count(number=story.number) == 1
    assert await count(since=today, until=today) == 2
    assert await count(until="2020-01-01") == 0
    assert await count(kind="x", since="x", after="x", before="x") == 2
    assert await count(kind="all") == 2


async def test_a_long_log_is_turned_page_by_page_with_its_filters(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase
) -> None:
    async with story.sessions.begin() as session:
        for serial in range(130):
            row = ReadRow(
                account="a-sary-analyst",
                organisation="td-sary",
                what="show_letters",
                path=f"/{serial}",
                filters={},
                kinds=["letters"],
                at=NOW,
            )
            session.add(row)
            await session.flush()
    await signed_in(browser, seeded_database, "uo-admin")
    seen: list[str] = []
    address = f"{HERE}?kind=letters&account=a-sary-analyst&lang=kk"
    while address:
        shown = await browser.get(address)
        assert (shown.status_code, flaws(shown)) == (200, [])
        seen += [cell.get_text(strip=True) for cell in soup(shown).select("tbody td:last-child")]
        onward = soup(shown).select_one("a[rel=next]")
        address = str(onward["href"]) if onward else ""
    assert seen == [f"/{serial}" for serial in range(129, -1, -1)]
    back = soup(shown).select_one("a[rel=prev]")
    assert back is not None
    before = await browser.get(str(back["href"]))
    cells = [cell.get_text(strip=True) for cell in soup(before).select("tbody td:last-child")]
    assert cells == seen[60:120]


@pytest.mark.parametrize(("who", "status"), [("sary-auditor", 200), ("uo-analyst", 403)])
async def test_it_is_read_by_those_who_keep_accounts_or_oversee(
    story: Story, browser: AsyncClient, seeded_database: SeededDatabase, who: str, status: int
) -> None:
    await signed_in(browser, seeded_database, who)
    for address in (HERE, f"{HERE}.csv"):
        assert (await browser.get(address)).status_code == status
    assert [row.account for row in await lines(story)] == [f"a-{who}"] * (2 if status == 200 else 0)
