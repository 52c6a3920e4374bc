"""The inbox is rows: a report received writes its own, and what is read of it is what is asked for."""

import runpy
from datetime import UTC, date, datetime

from sqlalchemy import delete, text
from sqlmodel import col, select

from activities.database.sessions import Sessions
from activities.record.recorder import Recorder
from activities.registries.received_reports import read_of_report, report_in
from local.programs import ROOT
from models.consolidation.fold import fold_consolidation
from models.consolidation.rules import begin_consolidation, receive_report
from models.consolidation.state import ConsolidationState
from models.events import ConsolidationBriefing, Entry, Event, InboxKeptApart
from models.proceeding.record import RecordOrder
from models.report.received import Considered, ReceivedReport, Way
from models.tables.consolidations import ConsolidationRow
from models.tables.received_reports import ReceivedReportRow
from models.vocabulary.actors import SYSTEM
from models.vocabulary.editions import ORDER_192
from models.vocabulary.procedure import Kind
from tests.api.inbox import MARK, WORKFLOW_ID, begun
from tests.api.world import World
from tests.counting import Statements, statements_of, written_by
from tests.models.consolidation.test_rules import CALENDAR

FROM_STATES: str = runpy.run_path(str(ROOT / "migrations" / "versions" / "0020_received_reports.py"))[
    "FROM_STATES"
]
NOTE = "a" * 64
MANY = 2_000
OTHERS = f"""
INSERT INTO received_reports (
    workflow_id, report, way, conductor, kind, version, content, received_on, of_rule_13, file
)
SELECT '{WORKFLOW_ID}', 'P-2025-' || n, 'paper', 'td-sary', 'thematic', 1, repeat('c', 64), date '2025-03-01',
    true, lpad(n::text, 64, '0')
FROM generate_series(1, {MANY}) AS n
"""


def report(serial: int, **changes: object) -> ReceivedReport:
    known = ReceivedReport(
        id=f"2026-SARY-{serial:04d}",
        way=Way.SENT,
        conductor="td-sary",
        kind=Kind.THEMATIC,
        content="b" * 64,
        ended_on=date(2026, 1, 20),
        received_on=date(2026, 1, 25),
    )
    return known.model_copy(update=changes)


class Inbox:
    """A consolidation by its journal, and what the recorder makes of it."""

    def __init__(self, sessions: Sessions) -> None:
        self.sessions = sessions
        self.entries: list[Entry] = []

    @property
    def state(self) -> ConsolidationState:
        state = fold_consolidation(self.entries)
        assert state is not None
        return state

    async def happens(self, *events: Event) -> Statements:
        seq = len(self.entries)
        fresh = [
            Entry(seq=seq + index, at=datetime.now(UTC), actor=SYSTEM, event=event)
            for index, event in enumerate(events, 1)
        ]
        self.entries += fresh
        order = RecordOrder(number=MARK, workflow_id=WORKFLOW_ID, run_id="run", entries=tuple(fresh))
        with statements_of(self.sessions) as counted:
            await Recorder(self.sessions).record(order)
        return counted

    async def begins(self) -> None:
        briefing = ConsolidationBriefing(authorized_body="uo", edition=ORDER_192)
        await self.happens(*begin_consolidation(MARK, briefing, CALENDAR, date(2026, 1, 5)))

    async def hears(self, heard: ReceivedReport) -> Statements:
        async with self.sessions() as session:
            read = await read_of_report(session, WORKFLOW_ID, heard.id)
        return await self.happens(*receive_report(self.state, heard, read))

    async def rows(self) -> dict[str, ReceivedReport]:
        async with self.sessions() as session:
            found = select(ReceivedReportRow).order_by(col(ReceivedReportRow.report))
            return {row.report: report_in(row) for row in await session.exec(found)}


async def remembered(world: World) -> Inbox:
    """Three reports in the state itself: one considered, one corrected since it was."""
    inbox = Inbox(world.sessions)
    await inbox.begins()
    considered = Considered(on=date(2026, 1, 26), note=NOTE, by="a-uo-analyst")
    await inbox.hears(report(1))
    await inbox.hears(report(2, considered=considered))
    await inbox.hears(report(3, considered=considered))
    await inbox.hears(report(3, version=2, content="d" * 64))
    return inbox


async def test_rows_say_what_a_state_that_remembers_its_inbox_says(world: World) -> None:
    """By the recorder, entry by entry, and by the migration's own statement from the state."""
    inbox = await remembered(world)
    assert await inbox.rows() == inbox.state.inbox
    async with world.sessions() as session, session.begin():
        await session.exec(delete(ReceivedReportRow))
        await (await session.connection()).exec_driver_sql(FROM_STATES)
    assert await inbox.rows() == inbox.state.inbox


async def test_kept_apart_everything_that_was_remembered_is_in_the_rows(world: World) -> None:
    """Also what a release without rows has recorded since the rows were first made."""
    inbox = await remembered(world)
    before = inbox.state.inbox
    async with world.sessions() as session, session.begin():
        await session.exec(delete(ReceivedReportRow).where(col(ReceivedReportRow.report) != report(1).id))
    await inbox.happens(InboxKeptApart(received=len(before)))
    assert await inbox.rows() == before
    assert inbox.state.inbox == {}


async def test_a_report_received_writes_one_row_and_costs_the_same_among_many(world: World) -> None:
    inbox = Inbox(world.sessions)
    await inbox.begins()
    await inbox.happens(InboxKeptApart(received=0))
    among_few = await inbox.hears(report(1))
    async with world.sessions() as session, session.begin():
        await (await session.connection()).execute(text(OTHERS))
    before = await written_by(world.sessions, "received_reports", "report")
    among_many = await inbox.hears(report(2))
    after = await written_by(world.sessions, "received_reports", "report")
    assert {number for number in after if after[number] != before.get(number)} == {report(2).id}
    assert len(among_many.sent) == len(among_few.sent)
    async with world.sessions() as session:
        row = await session.get_one(ConsolidationRow, WORKFLOW_ID)
    assert ConsolidationState.model_validate(row.state) == inbox.state


async def test_the_inbox_is_read_page_by_page(world: World) -> None:
    """A page of fifty among two thousand: as many rows are read, not all of them."""
    await begun(world.sessions)
    async with world.sessions() as session, session.begin():
        await (await session.connection()).execute(text(OTHERS))
    counted = (await world.call("uo-analyst", "GET", "/consolidation")).json()["inbox"]
    assert (counted["received"], counted["paper"], counted["unconsidered"]) == (MANY, MANY, MANY)
    wanted = "/consolidation/reports?conductor=td-sary&year=2025&way=paper&considered=false"
    assert len((await world.call("uo-analyst", "GET", wanted)).json()) == MANY
    assert (await world.call("uo-analyst", "GET", "/consolidation/reports?year=2024")).json() == []
