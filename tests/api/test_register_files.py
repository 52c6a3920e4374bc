"""The register as files: the same figures as over HTTP, words in the language asked."""

import csv
import io
import json
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from local.samples import ScenarioName, content_of, load_scenario
from models.report.content import Wording
from models.vocabulary.procedure import Language
from tests.api.on_file import on_file
from tests.api.world import World

Json = dict[str, Any]
PATH = "/consolidation/register"
FORMULA = '=HYPERLINK("http://evil.example";"A1")'


async def two_years(world: World) -> None:
    """The same clinic in 2025 and 2026, the first time with a text that begins like a formula."""
    written = content_of(load_scenario(ScenarioName.B)).findings
    findings = tuple(f.model_copy(update={"text": Wording(kk=FORMULA)}) for f in written)
    await on_file(world, ScenarioName.B, 1, findings=findings)
    for name in ScenarioName:
        await on_file(world, name)


async def file(world: World, ending: str, language: Language = Language.EN, query: str = "") -> bytes:
    headers = {"Accept-Language": language.value}
    answer = await world.call("uo-auditor", "GET", f"{PATH}.{ending}{query}", headers=headers)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["cache-control"] == "private, no-store"
    return answer.content


async def found_of(world: World, query: str = "") -> Json:
    found: Json = json.loads(await file(world, "json", query=query))
    return found


async def book_of(world: World, language: Language = Language.EN, query: str = "") -> Workbook:
    return load_workbook(io.BytesIO(await file(world, "xlsx", language, query)))


def lines(book: Workbook, sheet: str) -> list[Json]:
    page = book[sheet]
    assert isinstance(page, Worksheet)
    heads, *rest = page.iter_rows(values_only=True)
    return [dict(zip(map(str, heads), line, strict=True)) for line in rest]


async def test_a_workbook_holds_what_the_register_says(world: World) -> None:
    await two_years(world)
    found, book = await found_of(world), await book_of(world)
    of_kind: dict[str, int] = {}
    for row in found["rows"]:
        of_kind[row["kind"]] = of_kind.get(row["kind"], 0) + 1
    decided = lines(book, "Proposals, recommendations")
    assert len(lines(book, "Findings")) == of_kind["finding"] == found["total"]["findings"]
    assert len(decided) == of_kind["proposal"] + of_kind["recommendation"]
    assert len(lines(book, "Indicators")) == of_kind["indicator"]
    whole, *counts = lines(book, "Counts")
    assert whole["Total"] == found["total"]["total"] == len(found["rows"])
    assert [line["Total"] for line in counts] == [c["total"] for by in found["counts"] for c in by["counts"]]
    parts = sum(line["Count"] for line in lines(book, "Sources of counts") if line["Counted by"] == "Year")
    assert parts == whole["Total"]
    members = sum(len(repeat["members"]) for repeat in found["repeats"])
    assert len(lines(book, "Repeats")) == members > 0
    changes = [d["change"] for d in found["count_differences"]]
    assert [line["Difference"] for line in lines(book, "Differences in counts")] == changes
    pairs = lines(book, "Differences in indicators")
    assert len(pairs) == len(found["indicator_differences"]) > 0


async def test_every_row_of_a_workbook_leads_to_its_report(world: World) -> None:
    await two_years(world)
    book = await book_of(world)
    for name in ("Findings", "Proposals, recommendations", "Indicators", "Sources of counts", "Repeats"):
        sheet = book[name]
        assert isinstance(sheet, Worksheet)
        column = [str(cell.value) for cell in sheet[1]].index("Report No.")
        for row in sheet.iter_rows(min_row=2):
            link = row[column].hyperlink
            assert link is not None
            assert link.target is not None
            assert link.target.endswith(f"/staff/consolidation/reports/{row[column].value}")


async def test_nothing_in_a_file_computes(world: World) -> None:
    await two_years(world)
    book = await book_of(world)
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    hostile = [cell for cell in cells if cell.value == FORMULA]
    assert hostile
    assert all(cell.quotePrefix for cell in hostile)
    table = (await file(world, "csv")).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table)))
    assert [f"'{FORMULA}"] == [cell for row in rows for cell in row if FORMULA in cell][:1]
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]


async def test_a_table_has_every_entry_with_its_link(world: World) -> None:
    await two_years(world)
    found = await found_of(world)
    heads, *rows = csv.reader(io.StringIO((await file(world, "csv")).decode("utf-8-sig")))
    assert heads[:3] == ["Kind", "Year", "Text"]
    assert len(rows) == len(found["rows"])
    assert all("/staff/consolidation/reports/2026-" in row[-1] for row in rows)


@pytest.mark.parametrize(
    ("language", "sheets"),
    [
        (Language.KK, ["Есептер", "Проблемалық мәселелер"]),
        (Language.RU, ["Отчёты", "Проблемные вопросы"]),
        (Language.EN, ["Reports", "Findings"]),
    ],
)
async def test_headings_are_in_the_language_asked(
    world: World, language: Language, sheets: list[str]
) -> None:
    book = await book_of(world, language)
    assert book.sheetnames[:2] == sheets
    assert len(book.sheetnames) == 9
    heads = [cell for sheet in book.worksheets for cell in next(sheet.iter_rows(values_only=True))]
    assert all(heads)
    assert not [head for head in heads if str(head).startswith("register.")]


async def test_files_are_narrowed_as_the_register_is(world: World) -> None:
    await two_years(world)
    found = await found_of(world, "?year=2025")
    assert {row["year"] for row in found["rows"]} == {2025}
    assert len(lines(await book_of(world, query="?year=2025"), "Findings")) == found["total"]["findings"]
    assert found["repeats"], "what repeats is looked for in all years"


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
async def test_files_are_for_the_readers_of_the_register_only(world: World, ending: str) -> None:
    for who in ("sary-head", "uo-admin"):
        answer = await world.call(who, "GET", f"{PATH}.{ending}")
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
