"""Proposals and recommendations over all monitorings: who sees which, the figures, and the upgrade."""

import csv
import io
import json
import runpy

import pytest
from sqlalchemy import delete
from sqlmodel import col, select

from local.programs import ROOT
from models.commands import (
    ApproveReport,
    ItemImplementation,
    JudgeImplementation,
    ReportImplementation,
    SubmitReport,
)
from models.events import FollowUpEnded, ReportRendered
from models.monitoring.follow_up import ItemStanding
from models.report.notes import ImplementationNote, TextNote
from models.tables.monitorings import MonitoringRow
from models.tables.recommendations import RecommendationRow
from models.vocabulary.actors import SYSTEM
from models.vocabulary.procedure import Role, Verdict
from tests.api.following import AKIMAT, CLINIC, Followed, Json, followed, in_days
from tests.api.world import World

BACKFILL: str = runpy.run_path(str(ROOT / "migrations" / "versions" / "0006_recommendations.py"))["BACKFILL"]


async def listed(world: World, who: str, query: str = "") -> list[tuple[str, str]]:
    answer = await world.call(who, "GET", f"/recommendations{query}")
    assert answer.status_code == 200, answer.text
    return [(line["number"], line["item"]) for line in answer.json()["items"]]


async def counted(world: World, who: str, query: str = "") -> Json:
    answer = await world.call(who, "GET", f"/recommendations/statistics{query}")
    assert answer.status_code == 200, answer.text
    figures: Json = answer.json()
    return figures


async def judged(case: Followed, item: str, verdict: Verdict) -> None:
    reason = await case.keeps(TextNote(text="Тексерілді"))
    await case.does(JudgeImplementation, item=item, verdict=verdict, reason=reason)


async def rows(world: World) -> list[Json]:
    async with world.sessions() as session:
        order = (col(RecommendationRow.number), col(RecommendationRow.item))
        return [row.model_dump() for row in await session.exec(select(RecommendationRow).order_by(*order))]


async def test_each_reader_sees_its_part(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    case = await followed(world, monkeypatch)
    everything = [(case.number, "p1"), (case.number, "p2"), (case.number, "q1")]
    for who in ("sary-analyst", "sary-head", "sary-auditor", "uo-auditor", "uo-auditor-own", "uo-analyst"):
        assert await listed(world, who) == everything, who
    assert await listed(world, "akimat-analyst") == [(case.number, "p2")]
    for who in ("koko-analyst", "ashyk-analyst", "ashyk-auditor", "uo-admin", "uo-web-editor"):
        assert await listed(world, who) == [], who
        assert (await counted(world, who))["all"]["items"] == 0, who
    assert (await world.call(None, "GET", "/recommendations")).status_code == 401
    assert (await world.call(None, "GET", "/recommendations/statistics.csv")).status_code == 401
    await case.publishes()
    assert await listed(world, "akimat-analyst") == everything, "what stands beside a published report"


async def test_it_is_filtered_and_paged(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = await followed(world, monkeypatch), await followed(world, monkeypatch)
    await judged(second, "p2", Verdict.NOT_IMPLEMENTED)
    who = "sary-analyst"
    assert await listed(world, who, "?standing=declined") == [(second.number, "p1"), (first.number, "p1")]
    assert await listed(world, who, "?standing=not_implemented") == [(second.number, "p2")]
    assert await listed(world, who, f"?addressee={AKIMAT}&standing=awaited") == [(first.number, "p2")]
    assert len(await listed(world, who, f"?conductor=td-sary&addressee={CLINIC}&kind=recommendation")) == 2
    assert await listed(world, who, "?conductor=td-koko") == []
    assert await listed(world, who, "?year=2024") == []
    assert await listed(world, who, "?overdue=true") == []
    assert len(await listed(world, who, "?overdue=false")) == 6
    seen: list[tuple[str, str]] = []
    cursor = ""
    while True:
        page = (await world.call(who, "GET", f"/recommendations?limit=2{cursor}")).json()
        seen += [(line["number"], line["item"]) for line in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert seen == [(case.number, item) for case in (second, first) for item in ("p1", "p2", "q1")]
    for bad in ("?standing=maybe", "?cursor=nonsense", "?year=1", "?limit=0", "?overdue=perhaps"):
        assert (await world.call(who, "GET", f"/recommendations{bad}")).status_code == 422, bad


async def test_figures_of_today_and_of_a_day_to_come(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    case = await followed(world, monkeypatch)
    await judged(case, "p2", Verdict.PARTLY_IMPLEMENTED)
    now = (await counted(world, "uo-analyst"))["all"]
    assert {standing: n for standing, n in now["by_standing"].items() if n} == {
        "declined": 1,
        "awaited": 1,
        "partly_implemented": 1,
    }
    assert (now["open"], now["overdue"], now["ages"][0]["items"]) == (1, 0, 1)
    later = await counted(world, "uo-analyst", f"?on={in_days(210)}")
    figures = later["all"]
    late = (in_days(210) - case.state.deadlines["implementation:q1"].due_on).days
    assert (figures["overdue"], figures["longest_days_overdue"], figures["ages"][3]["items"]) == (1, late, 1)
    assert [(g["addressee"], g["figures"]["overdue"]) for g in later["by_addressee"]] == [
        (AKIMAT, 0),
        (CLINIC, 1),
    ]
    for bad in ("?on=9999-12-31", "?on=2026-02-30", "?kind=x"):
        answer = await world.call("uo-analyst", "GET", f"/recommendations/statistics{bad}")
        assert answer.status_code == 422, bad


async def test_the_table_says_the_same_in_the_readers_words(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await followed(world, monkeypatch)
    answer = await world.call(
        "sary-analyst", "GET", "/recommendations/statistics.csv", headers={"Accept-Language": "ru"}
    )
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/csv")
    table = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [row["Группа"] for row in table][:3] == ["Всего", "предложение", "рекомендация"]
    assert (table[0]["Предложения и рекомендации"], table[0]["отклонено"]) == ("3", "1")
    assert table[0]["Открыто, 0–30 дней"] == "2"


async def test_a_corrected_report_leaves_the_answers_to_what_it_left_alone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = await followed(world, monkeypatch)
    await case.corrects()
    assert {row["standing"] for row in await rows(world)} == {"declined", "awaited"}
    await case.does(SubmitReport, content=case.content())
    await case.happens(SYSTEM, ReportRendered(version=2, documents=await case.printed()))
    await case.does(ApproveReport, Role.HEAD, version=2)
    assert {(row["standing"], row["due_on"] is None) for row in await rows(world)} == {
        ("awaited", False),
        ("awaited", True),
        ("declined", False),
    }


async def test_monitorings_from_before_the_table_get_their_rows_from_their_states(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The migration's own statement, over states of every standing, says what the projection says."""
    untouched = await followed(world, monkeypatch)
    given_up, done = await followed(world, monkeypatch), await followed(world, monkeypatch)
    await judged(done, "p2", Verdict.NOT_IMPLEMENTED)
    words = await done.keeps(ImplementationNote(text="Жасалды"))
    said = ItemImplementation(item="q1", claim=Verdict.IMPLEMENTED, done_on=in_days(-1))
    await done.does(ReportImplementation, addressee=CLINIC, items=(said,), words=words)
    await given_up.happens(SYSTEM, FollowUpEnded())
    await world.started()
    expected = await rows(world)
    assert {row["standing"] for row in expected} == {
        "declined",
        "awaited",
        "given_up",
        "not_implemented",
        "reported",
    }
    async with world.sessions() as session, session.begin():
        await session.exec(delete(RecommendationRow))
        await (await session.connection()).exec_driver_sql(BACKFILL)
    assert await rows(world) == expected

    await of_an_edition_without_follow_up(world, untouched.number)
    async with world.sessions() as session, session.begin():
        await session.exec(delete(RecommendationRow))
        await (await session.connection()).exec_driver_sql(BACKFILL)
    standings = {(row["number"], row["item"]): row["standing"] for row in await rows(world)}
    assert standings[untouched.number, "q1"] == ItemStanding.NOT_FOLLOWED
    assert standings[untouched.number, "p1"] == ItemStanding.DECLINED


async def of_an_edition_without_follow_up(world: World, number: str) -> None:
    """As states were stored before the edition knew of a follow-up."""
    async with world.sessions() as session, session.begin():
        row = await session.get_one(MonitoringRow, number)
        old: Json = json.loads(json.dumps(row.state))
        del old["edition"]["switches"]["follow_up_of_recommendations"]
        for item in old["items"].values():
            del item["reported"], item["judged"]
        row.state = old
        session.add(row)
