"""Rules 17 and 18: the authorized body reads all reports it received together."""

from typing import Any

import pytest

from local.samples import ScenarioName
from models.report.content import ReportContent, content_sha256
from tests.api.on_file import on_file
from tests.api.world import World

Json = dict[str, Any]
PATH = "/consolidation/register"
ENGLISH = {"Accept-Language": "en"}


async def register(world: World, who: str = "uo-analyst", query: str = "") -> Json:
    answer = await world.call(who, "GET", f"{PATH}{query}", headers=ENGLISH)
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


async def all_on_file(world: World) -> list[ReportContent]:
    return [(await on_file(world, name)).report for name in ScenarioName]


def elements(content: ReportContent) -> int:
    return len(content.findings) + len(content.draft.decision.items) + len(content.indicators)


async def test_every_element_of_every_report_is_a_row_with_its_source(world: World) -> None:
    reports = {content.number: content for content in await all_on_file(world)}
    found = await register(world)
    assert {line["report"] for line in found["reports"]} == set(reports)
    assert found["total"]["total"] == len(found["rows"]) == sum(map(elements, reports.values()))
    for row in found["rows"]:
        content = reports[row["source"]["report"]]
        assert row["source"]["content"] == content_sha256(content)
        assert row["source"]["link"].endswith(content.number)
    assert {line["way"] for line in found["reports"]} == {"own", "sent"}
    for kind in ("finding", "proposal", "recommendation"):
        of = [row["source"] for row in found["rows"] if row["kind"] == kind]
        called = {f"{kind} {number}".replace("finding", "problem issue") for number in range(1, 9)}
        assert {each["element_name"] for each in of} <= called, "as the report numbers them"


async def test_counts_say_from_which_reports_they_come(world: World) -> None:
    reports = {content.number: content for content in await all_on_file(world)}
    found = await register(world)
    for figure in [found["total"], *(c for by in found["counts"] for c in by["counts"])]:
        assert figure["total"] == sum(part["count"] for part in figure["parts"]) > 0
        assert {part["report"] for part in figure["parts"]} <= set(reports)
    by = {each["dimension"]: each["counts"] for each in found["counts"]}
    assert {c["name"] for c in by["sphere"]} >= {"Land relations", "Kindergarten queue", "none named"}
    assert {c["key"] for c in by["region"]} == {"Сарыжайлау облысы", "Көкөзек облысы"}
    regions = {"Saryzhailau Region", "Kokozek Region"}
    assert {c["name"] for c in by["region"]} == regions, "as the registry calls them in the reader's language"
    assert {name for row in found["rows"] for name in row["region_names"]} == regions


@pytest.mark.parametrize(
    "query",
    [
        "sphere=land-relations",
        "object=clinic-2",
        "kind=proposal",
        "conductor=td-sary",
        "year=2026",
        "region=Сарыжайлау облысы",
    ],
)
async def test_a_filter_narrows_rows_and_counts_alike(world: World, query: str) -> None:
    await all_on_file(world)
    whole, narrow = await register(world), await register(world, query=f"?{query}")
    name, value = query.split("=")
    if name != "conductor":
        by = next(each for each in whole["counts"] if each["dimension"] == name)
        expected = next(c for c in by["counts"] if c["key"] == value)["total"]
        assert narrow["total"]["total"] == expected
    assert 0 < len(narrow["rows"]) == narrow["total"]["total"]


async def test_rows_are_paged_and_none_is_lost(world: World) -> None:
    await all_on_file(world)
    whole = await register(world, query="?limit=200")
    rows: list[Json] = []
    cursor = ""
    while True:
        part = await register(world, query=f"?limit=7{cursor}")
        rows += part["rows"]
        if not part["next_cursor"]:
            break
        cursor = f"&cursor={part['next_cursor']}"
    assert rows == whole["rows"]


@pytest.mark.parametrize("cursor", ["x", "WyIxIl0", "WyItLTUiLCIxIiwiYSIsImIiXQ"])
async def test_a_cursor_of_somebody_elses_is_refused(world: World, cursor: str) -> None:
    answer = await world.call("uo-head", "GET", f"{PATH}?cursor={cursor}")
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_cursor")


@pytest.mark.parametrize("who", ["uo-analyst", "uo-head", "uo-auditor"])
async def test_the_authorized_body_and_its_auditors_read_it(world: World, who: str) -> None:
    assert (await register(world, who))["rows"] == []


@pytest.mark.parametrize("who", ["sary-head", "ashyk-analyst", "akimat-head", "uo-admin"])
async def test_nobody_else_does(world: World, who: str) -> None:
    answer = await world.call(who, "GET", PATH)
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert (await world.call(None, "GET", PATH)).status_code == 401
