"""The timeline of a duty of rule 13: in words, filtered, exported, proved; and who may read it."""

import csv
import io
import re
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import text as sql
from sqlmodel import col, select

from models.tables.reads import ReadRow
from models.vocabulary.procedure import Language
from tests.api.duties import DutyCase, three_years
from tests.api.inbox import arrives
from tests.api.world import World
from tests.keeping import triggers_sleep

Json = dict[str, Any]


async def test_every_line_is_a_sentence_in_every_language(world: World) -> None:
    duty = await three_years(world.sessions)
    for language in Language:
        headers = {"Accept-Language": language.value}
        answer = await world.call("uo-auditor", "GET", f"{duty.path}/history?limit=200", headers=headers)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        assert [line["type"] for line in page["items"]] == [entry.event.type for entry in duty.entries]
        assert page["broken_at"] is None
        for line in page["items"]:
            assert line["sentence"].endswith("."), line["sentence"]
            assert not re.search(r"[{_]|None|event\.", line["sentence"]), line["sentence"]
            assert "–." not in line["sentence"], line["sentence"]
            assert line["rules"] or line["type"] in {"rung_reached", "letter_sent"}, line["type"]
            assert line["actor"]["role_name"]
            assert datetime.fromisoformat(line["at"]) == datetime.fromisoformat(line["at_local"])


async def test_it_reads_as_what_happened(world: World) -> None:
    duty = await three_years(world.sessions)
    said = {line["type"]: line for line in await lines(world, duty)}
    assert said["duty_begun"]["sentence"] == "Duty No. 13.1-SARY was taken on record."
    assert "1 Jan 2027 – 31 Dec 2027" in said["duty_period_begun"]["sentence"]
    assert said["duty_breached"]["sentence"].startswith("No comprehensive monitoring was conducted in")
    assert "2025-SARY-0009 belongs to it, which makes it fulfilled" in said["duty_corrected"]["sentence"]
    assert said["counted_report_published"]["rules"] == ["13", "19"]


async def test_what_follows_from_what(world: World) -> None:
    duty = await three_years(world.sessions)
    found = await lines(world, duty)
    causes = {line["type"]: found[line["follows"] - 1]["type"] for line in found if line["follows"]}
    assert causes["duty_breached"] == "duty_period_begun"
    assert causes["duty_period_ended"] == "duty_period_begun"
    assert causes["duty_corrected"] == "duty_period_ended"
    assert causes["duty_fulfilled"] == "monitoring_counted"
    assert causes["counted_report_published"] == "monitoring_counted"
    warned = next(line for line in found if line["letters"])
    assert warned["type"] == "rung_reached"
    sent = {found[line["follows"] - 1]["type"] for line in found if line["type"] == "letter_sent"}
    assert sent == {"rung_reached", "duty_corrected"}
    told = {letter["kind"]: letter["recipient_name"] for letter in warned["letters"]}
    assert all(told.values()), told


async def test_it_is_filtered_paged_and_exported(world: World) -> None:
    duty = await three_years(world.sessions)
    assert {line["type"] for line in await lines(world, duty, type="duty_fulfilled")} == {"duty_fulfilled"}
    published = await lines(world, duty, rule="19")
    assert [line["type"] for line in published] == ["counted_report_published"]
    first = (await world.call("uo-auditor", "GET", f"{duty.path}/history?limit=3")).json()
    second = await world.call("uo-auditor", "GET", f"{duty.path}/history?cursor={first['next_cursor']}")
    assert second.json()["items"][0]["seq"] == 4
    table = await world.call("uo-auditor", "GET", f"{duty.path}/history.csv")
    assert "13.1-SARY-history.csv" in table.headers["content-disposition"]
    said = io.StringIO(table.content.decode("utf-8-sig"), newline="")
    rows = list(csv.reader(said, delimiter=";"))
    assert len(rows) == len(duty.entries) + 1
    export = (await world.call("uo-auditor", "GET", f"{duty.path}/history.json")).json()
    assert (export["number"], export["head"]["seq"]) == ("13.1-SARY", len(duty.entries))
    for query in ("type=nothing", "since=yesterday", "limit=0", "cursor=WyJ4Il0"):
        answer = await world.call("uo-auditor", "GET", f"{duty.path}/history?{query}")
        assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


async def test_whoever_sees_the_duty_reads_it_and_auditors_in_scope_prove_it(world: World) -> None:
    duty = await three_years(world.sessions)
    reads = {"uo-auditor": 200, "sary-analyst": 200, "sary-head": 200, "uo-analyst": 200, "koko-head": 404}
    proofs = {"uo-auditor": 200, "sary-head": 403, "uo-analyst": 403, "koko-head": 404}
    for who, status in reads.items():
        for path in ("history", "history.csv", "history.json"):
            assert (await world.call(who, "GET", f"{duty.path}/{path}")).status_code == status, (who, path)
    for who, status in proofs.items():
        assert (await world.call(who, "GET", f"{duty.path}/history/check")).status_code == status, who
    assert (await world.call(None, "GET", f"{duty.path}/history")).status_code == 401
    for mark in ("13.1-NONE", "x", "13.1-SARY%00"):
        answer = await world.call("uo-auditor", "GET", f"/duties/{mark}/history")
        assert answer.status_code in (404, 422), mark
        assert answer.headers["content-type"] == "application/problem+json"


async def test_raw_history_is_not_invented_while_the_server_is_away(world: World) -> None:
    duty = await three_years(world.sessions)
    answer = await world.call("uo-auditor", "GET", f"{duty.path}/history/raw")
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")


async def test_an_untouched_journal_agrees(world: World) -> None:
    duty = await three_years(world.sessions)
    found = (await world.call("uo-auditor", "GET", f"{duty.path}/history/check")).json()
    assert [found[name]["verdict"] for name in ("chain", "fold", "workflow")] == [
        "agrees",
        "agrees",
        "not_asked",
    ]
    assert (found["agrees"], found["number"]) == (True, "13.1-SARY")


@pytest.mark.parametrize(
    ("change", "where", "fault", "line"),
    [
        ("""UPDATE journal SET event = event || '{"number": "2026-SARY-0002"}'""", "chain", "changed", 6),
        ("DELETE FROM journal", "fold", "does_not_follow", 7),
        ("UPDATE journal SET event = '{}'", "chain", "unreadable", 6),
    ],
)
async def test_what_was_changed_is_named(
    world: World, change: str, where: str, fault: str, line: int
) -> None:
    duty = await three_years(world.sessions)
    async with world.sessions.begin() as session:
        await triggers_sleep(session)
        await session.exec(sql(f"{change} WHERE seq = 6"))  # type: ignore[call-overload]
    found = (await world.call("uo-auditor", "GET", f"{duty.path}/history/check")).json()
    assert found["agrees"] is False
    assert (found[where]["element"]["fault"], found[where]["element"]["line"]) == (fault, line)


async def test_a_verdict_changed_in_the_projection_is_named(world: World) -> None:
    duty = await three_years(world.sessions)
    change = "UPDATE duties SET state = jsonb_set(state::jsonb, '{past,0,verdict}', '\"fulfilled\"')::json"
    async with world.sessions.begin() as session:
        await session.exec(sql(change))  # type: ignore[call-overload]
    found = (await world.call("uo-auditor", "GET", f"{duty.path}/history/check")).json()
    assert (found["chain"]["verdict"], found["fold"]["element"]["field"]) == ("agrees", "past")


async def test_what_an_auditor_reads_of_a_duty_is_written_down(world: World) -> None:
    duty = await three_years(world.sessions)
    paths = {
        "": "read_duty",
        "/history?rule=13": "read_duty_timeline",
        "/history.csv": "export_duty_timeline_as_table",
        "/history.json": "export_duty_timeline",
        "/history/check": "check_duty_history",
    }
    for path in paths:
        assert (await world.call("uo-auditor", "GET", f"{duty.path}{path}")).status_code == 200, path
        assert (await world.call("sary-head", "GET", f"{duty.path}{path}")).status_code in (200, 403)
    async with world.sessions() as session:
        found = list(await session.exec(select(ReadRow).order_by(col(ReadRow.id))))
    assert [row.what for row in found] == list(paths.values())
    assert {(row.account, row.number) for row in found} == {("a-uo-auditor", "13.1-SARY")}
    listed = (await world.call("uo-auditor", "GET", "/reads?number=13.1-SARY")).json()["items"]
    assert len(listed) == len(paths)


async def test_the_consolidation_has_the_same_timeline(world: World) -> None:
    case = await world.started()
    await case.approved()
    await case.dispatched()
    await arrives(world.sessions, case.state)
    for language in Language:
        headers = {"Accept-Language": language.value}
        answer = await world.call("uo-auditor", "GET", "/consolidation/history", headers=headers)
        assert answer.status_code == 200, answer.text
        found = answer.json()["items"]
        assert [line["type"] for line in found][:1] == ["consolidation_begun"]
        assert "report_received" in {line["type"] for line in found}
        for line in found:
            assert re.fullmatch(r"[^{_]+[.]", line["sentence"]), line["sentence"]
    check = (await world.call("uo-auditor", "GET", "/consolidation/history/check")).json()
    assert check["agrees"] is True
    assert (await world.call("uo-analyst", "GET", "/consolidation/history")).status_code == 200
    assert (await world.call("uo-analyst", "GET", "/consolidation/history/check")).status_code == 403
    assert (await world.call("sary-head", "GET", "/consolidation/history")).status_code == 403


async def lines(world: World, duty: DutyCase, **filters: str) -> list[Json]:
    answer = await world.call(
        "uo-auditor",
        "GET",
        f"{duty.path}/history",
        params={"limit": "200", **filters},
        headers={"Accept-Language": "en"},
    )
    assert answer.status_code == 200, answer.text
    found: list[Json] = answer.json()["items"]
    return found
