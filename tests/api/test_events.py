"""The feed of events: in the order of recording, resumable, without a gap, and to each what is theirs."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import httpx
import pytest_asyncio
from sqlalchemy import text as sql
from sqlmodel import select

from activities.database.sessions import Sessions, reads_of
from activities.feed.readers import FeedReader
from activities.feed.reading import Asked, newest, read_events
from local.programs import ROOT
from local.samples import ScenarioName
from models.calendar.country import COUNTRY
from models.commands import BeginCollection, RecordActivity
from models.report.content import Wording
from models.tables.journal import EntryRow
from models.tables.reads import ReadRow
from models.timeline.cloud_events import KNOWN_WITH_THE_REPORT, PREFIX, TESTED, TYPES
from models.vocabulary.procedure import Role
from tests.api.world import Case, World

BATCH = "application/cloudevents-batch+json"
Json = dict[str, object]


@pytest_asyncio.fixture
async def published(world: World) -> Case:
    case = await world.started(ScenarioName.A)
    await case.approved()
    await case.dispatched()
    await case.publishes()
    return case


@pytest_asyncio.fixture
async def begun(world: World) -> AsyncIterator[Case]:
    case = await world.started(ScenarioName.B)
    await case.does(BeginCollection, began_on="2026-09-07")
    yield case


async def read(world: World, who: str, query: str = "") -> tuple[list[Json], str]:
    """The events, and the address to read on at, below the API's own."""
    answer = await world.call(who, "GET", f"/events{query}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == BATCH
    further = answer.headers["link"]
    assert further.endswith('>; rel="next"')
    events: list[Json] = answer.json()
    return events, further[1:].partition(">")[0].removeprefix("/api/v1")


async def walked(world: World, who: str, limit: int) -> list[Json]:
    found: list[Json] = []
    at = f"?limit={limit}"
    while True:
        events, further = await read(world, who, at)
        if not events:
            return found
        assert len(events) <= limit
        found += events
        at = further.removeprefix("/events")


async def test_whoever_conducts_is_told_of_each_line_once_in_order(world: World, begun: Case) -> None:
    events = await walked(world, "sary-analyst", 2)
    told = [(event["subject"], event["data"]["seq"]) for event in events]  # type: ignore[index]
    assert told == [(begun.number, entry.seq) for entry in begun.entries]
    first, last = events[0], events[-1]
    assert first["type"] == "monitoring.monitoring_started"
    assert last["type"] == "monitoring.collection_begun"
    assert last["specversion"] == "1.0"
    assert last["id"] == f"monitoring/{begun.number}/{begun.state.seq}"
    assert str(last["source"]).endswith(f"/api/v1/monitorings/{begun.number}")
    data = last["data"]
    assert data == {
        "mark": begun.number,
        "seq": begun.state.seq,
        "rules": ["8"],
        "role": "analyst",
        "organisation": begun.conductor,
    }


async def test_an_event_carries_no_person_no_account_and_no_text(world: World, published: Case) -> None:
    answer = await world.call("uo-auditor", "GET", "/events")
    assert '"a-uo' not in answer.text
    assert '"p-' not in answer.text
    assert "сыбайлас" not in answer.text.lower()
    assert {event["type"] for event in answer.json()} <= set(TYPES)


async def test_others_are_told_of_nothing_that_they_may_not_read(
    world: World, begun: Case, published: Case
) -> None:
    strangers, _ = await read(world, "koko-head", f"?mark={begun.number}")
    assert strangers == []
    administrator, _ = await read(world, "uo-admin", f"?mark={begun.number}")
    assert administrator == []
    everything = await walked(world, "uo-auditor", 200)
    assert {event["subject"] for event in everything} >= {begun.number, published.number}


async def test_whoever_was_sent_a_report_is_told_of_the_report_alone(world: World) -> None:
    case = await world.started(ScenarioName.B)
    await case.approved()
    before, _ = await read(world, "uo-analyst", f"?mark={case.number}")
    await case.dispatched()
    sent, _ = await read(world, "uo-analyst", f"?mark={case.number}")
    assert before == []
    words = {str(event["type"]).removeprefix(PREFIX) for event in sent}
    assert words
    assert words <= KNOWN_WITH_THE_REPORT


async def test_types_and_a_proceeding_narrow_it_and_the_address_keeps_them(world: World, begun: Case) -> None:
    asked = f"?type=monitoring.collection_begun&mark={begun.number}"
    events, further = await read(world, "sary-analyst", asked)
    assert [event["type"] for event in events] == ["monitoring.collection_begun"]
    assert "type=monitoring.collection_begun" in further
    none, _ = await read(world, "sary-analyst", further.removeprefix("/events"))
    assert none == []
    unknown = await world.call("sary-analyst", "GET", "/events?type=monitoring.nothing_happened")
    assert (unknown.status_code, unknown.json()["errors"][0]["pointer"]) == (422, "query:type.0")


async def test_from_a_moment_on(world: World, begun: Case) -> None:
    later = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    assert (await read(world, "sary-analyst", f"?since={later}"))[0] == []
    await case_goes_on(begun)
    events, _ = await read(world, "sary-analyst", f"?since={later}")
    assert [event["data"]["seq"] for event in events] == [begun.state.seq]  # type: ignore[index]
    zoneless = await world.call("sary-analyst", "GET", "/events?since=2026-09-07T10:00:00")
    assert zoneless.status_code == 422


async def case_goes_on(case: Case) -> None:
    note = await case.keeps(Wording(kk="жинақталды"))
    await case.does(RecordActivity, activity="collect", done_on="2026-09-08", note=note)


async def test_asked_again_with_the_tag_nothing_is_sent_twice(world: World, begun: Case) -> None:
    first = await world.call("sary-analyst", "GET", "/events")
    again = await world.call(
        "sary-analyst", "GET", "/events", headers={"If-None-Match": first.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["cache-control"] == "private, no-cache"


async def test_whoever_waits_is_answered_when_something_happens(world: World, begun: Case) -> None:
    _, further = await read(world, "sary-analyst")
    waiting: asyncio.Task[httpx.Response] = asyncio.create_task(
        world.call("sary-analyst", "GET", f"{further}&wait=20")
    )
    await asyncio.sleep(0)
    await case_goes_on(begun)
    answer = await waiting
    assert [event["subject"] for event in answer.json()] == [begun.number]


async def test_a_cursor_of_nobody_is_told(world: World) -> None:
    answer = await world.call("sary-analyst", "GET", "/events?cursor=abc")
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_cursor")


async def test_what_an_auditor_was_told_is_written_down_and_an_empty_answer_is_not(
    world: World, published: Case
) -> None:
    _, further = await read(world, "uo-auditor")
    await read(world, "uo-auditor", further.removeprefix("/events"))
    async with world.sessions() as session:
        rows = (await session.exec(select(ReadRow).where(ReadRow.what == "list_events"))).all()
    assert len(rows) == 1


async def test_no_line_is_passed_over_while_another_is_still_written(
    world: World, sessions: Sessions
) -> None:
    """The first recorder has its position and not its commit; the second one has both."""
    first, second = await world.started(ScenarioName.B), await world.started(ScenarioName.B)
    reader = FeedReader(role=Role.ANALYST, organisation=first.conductor, person="p-sary-analyst")
    today = datetime.now(COUNTRY).date()
    async with reads_of(sessions)() as reading:
        start = await newest(reading)
        async with sessions() as slow, slow.begin():
            connection = await slow.connection()
            held = (await connection.execute(sql("SELECT next_position()"))).scalar_one()
            await second.does(BeginCollection, began_on="2026-09-07")
            during = await read_events(reading, "http://x", reader, Asked(after=start, most=10), today)
            assert (during.events, during.through) == ((), start), "not past what is still written"
            row = select(EntryRow.position).where(EntryRow.workflow_id == f"monitoring/{second.number}")
            written = max(each for each in (await reading.exec(row)).all() if each is not None)
            assert written > held
        after = await read_events(reading, "http://x", reader, Asked(after=start, most=10), today)
    assert [each.event.subject for each in after.events] == [second.number]
    assert after.through == written


async def test_many_recorders_and_a_reader_at_once(world: World, sessions: Sessions) -> None:
    """Whatever order they commit in, a reader that goes on from where it was has every line once."""
    cases = [await world.started(ScenarioName.B) for _ in range(6)]
    reader = FeedReader(role=Role.ANALYST, organisation=cases[0].conductor, person="p-sary-analyst")
    today = datetime.now(COUNTRY).date()
    seen: list[str] = []
    async with reads_of(sessions)() as reading:
        at = await newest(reading)
        writing = [asyncio.create_task(case.does(BeginCollection, began_on="2026-09-07")) for case in cases]
        while len(seen) < len(cases):
            batch = await read_events(reading, "http://x", reader, Asked(after=at, most=2), today)
            at, seen = batch.through, seen + [each.event.subject for each in batch.events]
            await asyncio.sleep(0)
        await asyncio.gather(*writing)
    assert sorted(seen) == sorted(case.number for case in cases)


def test_every_type_stands_in_the_table_for_other_systems() -> None:
    told = (ROOT / "docs" / "events.md").read_text(encoding="utf-8")
    assert [each for each in (*TYPES, TESTED) if f"| `{each}` |" not in told] == []
