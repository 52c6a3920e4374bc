"""The API enters rows of a file: all or none, once under a key; what would become of them can be asked."""

import asyncio
from io import BytesIO
from typing import Any

import pytest
from httpx import Response
from openpyxl import Workbook

from local.samples import ScenarioName
from locales.catalogue import text
from models.report.importing.table import MOST_ROWS
from models.vocabulary.procedure import Language
from tests.api.test_content import SOURCE
from tests.api.world import Case, World

Json = dict[str, Any]
TABLE = (
    "Title,Address or reference,Obtained on,Kind of source,Access\n"
    "Procurement,https://example.kz/1,2026-01-10,5,open\n"
    "Queue,https://example.kz/2,2026-01-11,5,open\n"
)


async def sends(
    world: World,
    case: Case,
    kind: str,
    table: str | bytes,
    *,
    name: str = "a.csv",
    key: str = "",
    query: str = "",
    who: str = "sary-analyst",
    said: Json | None = None,
) -> Response:
    content = table.encode() if isinstance(table, str) else table
    return await world.call(
        who,
        "POST",
        f"{case.path}/imports/{kind}{query}",
        files={"file": (name, content, "application/octet-stream")},
        data=said or {},
        headers={"Accept-Language": "en", **({"Idempotency-Key": key} if key else {})},
    )


async def listed(world: World, case: Case, part: str = "sources") -> list[Json]:
    found: list[Json] = (await world.call("sary-analyst", "GET", f"{case.path}/{part}")).json()
    return found


async def test_what_would_become_of_rows_is_told_and_nothing_is_entered(world: World) -> None:
    case = await world.started()
    table = TABLE + ",,tomorrow,7,open\n"
    looked = await sends(world, case, "sources", table, query="?dry_run=true")
    assert looked.status_code == 200, looked.text
    told = looked.json()
    assert [row["state"] for row in told["rows"]] == ["new", "new", "wrong"]
    assert told["columns"] == {
        "1": "title_en",
        "2": "reference",
        "3": "obtained_on",
        "4": "source_kind",
        "5": "access",
    }
    assert {each["column"] for each in told["rows"][2]["errors"]} == {
        "title_kk",
        "obtained_on",
        "source_kind",
    }
    assert await listed(world, case) == []


async def test_rows_are_entered_once_under_a_key_and_told_the_next_time(world: World) -> None:
    case = await world.started()
    sent = [await sends(world, case, "sources", TABLE, key="k-1") for _ in range(2)]
    assert [each.status_code for each in sent] == [200, 200], sent[0].text
    assert sent[0].json() == sent[1].json()
    assert [each["id"] for each in await listed(world, case)] == sent[0].json()["entered"]
    other = await sends(world, case, "sources", TABLE + ",,,,\n", key="k-1")
    assert (other.status_code, other.json()["code"]) == (409, "key_reused")
    more = TABLE + 2 * "Third,https://example.kz/3,2026-01-12,5,open\n"
    again = (await sends(world, case, "sources", more, key="k-2")).json()
    assert [(row["state"], row["like"]) for row in again["rows"]] == [
        *(("there", known) for known in sent[0].json()["entered"]),
        ("new", ""),
        ("repeated", "4"),
    ]
    assert len(await listed(world, case)) == 3


async def test_one_wrong_row_keeps_all_out(world: World) -> None:
    case = await world.started()
    table = TABLE + "Ahead,https://example.kz/3,2100-01-01,5,open\nOther,x,2026-01-10,6,open\n"
    wrong = await sends(world, case, "sources", table)
    assert (wrong.status_code, wrong.json()["code"]) == (422, "import_rows_wrong")
    errors = {each["pointer"]: each["detail"] for each in wrong.json()["errors"]}
    assert errors.keys() == {"/rows/4/obtained_on", "/rows/5/lawfulness_note"}
    assert "Ahead" in errors["/rows/4/obtained_on"], "named by its words, not by a stand-in"
    assert await listed(world, case) == []


async def test_two_imports_at_once_double_nothing(world: World) -> None:
    case = await world.started()
    sent = await asyncio.gather(*(sends(world, case, "sources", TABLE) for _ in range(4)))
    assert {each.status_code for each in sent} == {200}
    assert sorted(len(each.json()["entered"]) for each in sent) == [0, 0, 0, 2]
    assert len(await listed(world, case)) == 2


async def test_columns_and_what_holds_for_all_rows_may_be_said(world: World) -> None:
    case = await world.started()
    await world.call("sary-analyst", "POST", f"{case.path}/sources", json=SOURCE)
    table = "Moved up;1,250\nIn words;\n"
    said = {
        "heading": "0",
        "columns": ["text_en", "value"],
        "decimal": "point",
        "role": "state",
        "sources": ["s-1"],
    }
    sent = await sends(world, case, "indicators", table, said=said)
    assert sent.status_code == 200, sent.text
    found = await listed(world, case, "indicators")
    assert [(each["kind"], each.get("value"), each["sources"]) for each in found] == [
        ("quantitative", "1250", ["s-1"]),
        ("qualitative", None, ["s-1"]),
    ]
    strange = await sends(world, case, "indicators", table, said={**said, "sources": ["s-9"]})
    assert (strange.status_code, strange.json()["code"]) == (422, "source_unknown")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"sheet": "B"}, "import_sheet_unknown"),
        ({"heading": "0"}, "import_no_column"),
        ({"columns": ["owner", "owner"]}, "import_column_twice"),
        ({"columns": ["nothing"]}, "invalid"),
        ({"heading": "3"}, "import_empty"),
        ({"decimal": "both"}, "invalid"),
        ({"obtained_on": "9999-12-31"}, "invalid"),
        ({"source_kind": "7"}, "invalid"),
    ],
)
async def test_what_is_said_amiss_is_told(world: World, said: Json, code: str) -> None:
    case = await world.started()
    book = Workbook()
    book.active.append(["Title"])
    book.active.append(["x"])
    kept = BytesIO()
    book.save(kept)
    sent = await sends(world, case, "sources", kept.getvalue(), name="a.xlsx", said=said)
    assert (sent.status_code, sent.json()["code"]) == (422, code), sent.text


async def test_what_may_be_meant_twice_what_is_not_entered_and_what_is_left_out_is_told(world: World) -> None:
    case = await world.started()
    first = (await sends(world, case, "sources", TABLE)).json()
    example = text(Language.RU, "page.desk.importing.example.title")
    table = (
        "Название,Ссылка,Дата получения,Вид источника,Доступность,,Заметки\n"
        "Другое название,https://example.kz/2/,2026-01-11,1,open,так,\n"
        "Третий,https://example.kz/3,завтра,5,open,,x\n"
        f"{example},https://example.kz/news/1,2026-01-11,5,open,,\n"
        "Четвёртый,https://example.kz/4,2026-01-11,5,open,,\n"
        "Пятый,https://example.kz/4,2026-01-12,1,open,,\n"
    )
    said = {"left_out": ["5"], "leave_wrong": "true"}
    looked = (await sends(world, case, "sources", table, query="?dry_run=true", said=said)).json()
    assert [(row["row"], row["state"], row["near"]) for row in looked["rows"]] == [
        (2, "new", first["entered"][1]),
        (3, "left_out", ""),
        (5, "left_out", ""),
        (6, "new", ""),
    ]
    assert (looked["unused_columns"], looked["examples"]) == ({"6": "", "7": "Заметки"}, [4])
    wrong = await sends(world, case, "sources", table)
    assert (wrong.status_code, wrong.json()["code"]) == (422, "import_rows_wrong")
    sent = await sends(world, case, "sources", table, said=said)
    assert (sent.status_code, len(sent.json()["entered"])) == (200, 2), sent.text


async def test_what_came_by_one_import_is_taken_out_again_once(world: World) -> None:
    case = await world.started()
    await sends(world, case, "sources", TABLE)
    more = TABLE.replace("example.kz/", "example.kz/more/").replace("Queue", "Other")
    second = (await sends(world, case, "sources", more)).json()["entered"]
    changed = (await listed(world, case))[2] | {"owner": "Орган"}
    path = f"{case.path}/sources/{second[0]}"
    await world.call("sary-analyst", "PUT", path, json=changed, headers={"If-Match": '"1"'})
    imports = (await world.call("sary-head", "GET", f"{case.path}/imports")).json()
    assert [(each["kind"], each["entered"], each["unchanged"]) for each in imports] == [
        ("sources", 2, 2),
        ("sources", 2, 1),
    ]
    away = f"{case.path}/imports/sources/{{}}/withdrawal"

    async def withdrawn(known: str, key: str, who: str = "sary-analyst") -> tuple[int, Json]:
        answer = await world.call(who, "POST", away.format(known), headers={"Idempotency-Key": key})
        return answer.status_code, answer.json()

    finding = {"id": "f-1", "text": {"kk": "Мәселе"}, "sources": [(await listed(world, case))[0]["id"]]}
    cites = await world.call("sary-analyst", "POST", f"{case.path}/findings", json=finding)
    assert cites.status_code == 201, cites.text
    refused = await withdrawn(imports[0]["id"], "w-0")
    assert (refused[0], refused[1]["code"]) == (409, "import_cited")
    assert await withdrawn(imports[1]["id"], "w-1") == (200, {"items": second[1:]})
    assert await withdrawn(imports[1]["id"], "w-1") == (200, {"items": second[1:]})
    again = await withdrawn(imports[1]["id"], "w-2")
    assert (again[0], again[1]["code"]) == (409, "import_withdrawn")
    unknown = await withdrawn("nothing", "w-3")
    assert (unknown[0], unknown[1]["code"]) == (404, "import_unknown")
    assert (await withdrawn(imports[0]["id"], "w-4", "uo-auditor"))[0] == 403
    assert second[0] in {each["id"] for each in await listed(world, case)}, "what was changed since stays"


@pytest.mark.parametrize(
    ("name", "content", "status", "code"),
    [
        ("a.ods", b"x", 415, "file_type"),
        ("a.xlsx", b"x", 415, "file_content"),
        ("a.csv", b"", 422, "invalid"),
        ("a.csv", b"\x00", 415, "file_content"),
        ("a.csv", b"x" * 5_000_001, 413, "too_large"),
        ("a.csv", b"Title\n" + b"x\n" * (MOST_ROWS + 1), 422, "import_too_many_rows"),
        ("a.csv", b"Title" + b",x" * 60, 422, "import_too_many_columns"),
        ("a.rss", b"<rss/>", 415, "file_type"),
    ],
)
async def test_a_file_that_is_not_taken_is_told(
    world: World, name: str, content: bytes, status: int, code: str
) -> None:
    case = await world.started()
    sent = await sends(world, case, "sources", content, name=name)
    assert (sent.status_code, sent.json()["code"]) == (status, code), sent.text


async def test_as_many_rows_as_are_taken_are_entered_together(world: World) -> None:
    case = await world.started()
    rows = "".join(f"Question,Answer {number},{number}\n" for number in range(1, MOST_ROWS + 1))
    sent = await sends(world, case, "survey", f"Question,Answer,Count\n{rows}", said={"role": "state"})
    assert sent.status_code == 200, sent.text
    assert len(sent.json()["entered"]) == len(await listed(world, case, "indicators")) == MOST_ROWS


async def test_only_the_conductor_s_people_enter_while_the_content_is_open(world: World) -> None:
    case = await world.started()
    for who, status in (("uo-auditor", 403), ("ashyk-analyst", 404)):
        refused = await sends(world, case, "sources", TABLE, who=who)
        assert refused.status_code == status, refused.text
    assert await listed(world, case) == []


async def test_rule_14_1_an_other_subject_enters_open_sources_only(world: World) -> None:
    case = await world.started(ScenarioName.C)
    table = TABLE.replace("2026-01-11,5,open", "2026-01-11,5,official") + "No address,,2026-01-12,5,open\n"
    wrong = await sends(world, case, "sources", table, who="ashyk-analyst")
    assert [each["pointer"] for each in wrong.json()["errors"]] == ["/rows/3/access", "/rows/4/reference"]
