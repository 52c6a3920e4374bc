"""The rows of items follow the state by difference: what an event is about is written, and nothing else."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import col, select

from activities.database.rows import Row
from activities.database.sessions import Sessions
from activities.record.recommendations import changes_of, rows_of
from activities.record.recorder import Recorder
from models.events import Entry
from models.monitoring.fold import fold
from models.monitoring.state import MonitoringState
from models.proceeding.record import RecordOrder
from models.tables.recommendations import RecommendationRow
from models.vocabulary.procedure import Id
from models.vocabulary.refusal import Refused
from tests.api.world import World
from tests.counting import Statements, statements_of, written_by
from tests.models.monitoring import large
from tests.models.monitoring.monitorings import Story
from tests.models.monitoring.rules.test_any_order import BEGINNINGS, COMMANDS, PASSING, Move
from tests.models.proof.test_kept_journals import BEGINNING, journal

BODIES, ITEMS = 8, 25


def followed(batches: Iterable[Iterable[Entry]]) -> None:
    """Rows that are kept by difference are those of the state, after each batch of the journal."""
    state: MonitoringState | None = None
    rows: dict[Id, Row] = {}
    for batch in batches:
        former = MonitoringState.model_validate_json(state.model_dump_json()) if state else None
        state = fold(batch, former)
        assert state is not None
        changes = changes_of(former, state)
        for item in changes.gone:
            del rows[item]
        rows |= {str(row["item"]): row for row in changes.kept}
        assert rows == rows_of(state)


@pytest.mark.parametrize(
    "path",
    [path for path in BEGINNING if journal(path)[0].startswith("monitoring/")],
    ids=lambda path: path.stem,
)
def test_a_kept_journal_leaves_the_rows_that_its_state_has(path: Path) -> None:
    entries = journal(path)[1]
    followed([[entry] for entry in entries])


@settings(max_examples=100, deadline=None)
@given(begins=BEGINNINGS, moves=st.lists(COMMANDS | PASSING, max_size=40), size=st.integers(1, 9))
def test_whatever_happens_the_rows_are_those_of_the_state(
    begins: Callable[[], Story], moves: list[Move], size: int
) -> None:
    story = begins()
    for move in moves:
        try:
            move(story)
        except Refused:
            continue
    followed(story.entries[at : at + size] for at in range(0, len(story.entries), size))


async def recorded(sessions: Sessions, story: Story, since: int = 0) -> Statements:
    """What the recorder sends to write the story's entries since some number."""
    order = RecordOrder(
        number=story.state.number,
        workflow_id=story.state.workflow_id,
        run_id="run",
        entries=tuple(story.entries[since:]),
    )
    with statements_of(sessions) as counted:
        await Recorder(sessions).record(order)
    return counted


async def rows_kept(sessions: Sessions) -> dict[Id, Row]:
    async with sessions() as session:
        order = select(RecommendationRow).order_by(col(RecommendationRow.item))
        return {row.item: row.model_dump() for row in await session.exec(order)}


async def test_an_answer_among_many_items_writes_the_rows_it_is_about(world: World) -> None:
    """Two hundred items, of which a body answers its own twenty-five: as many rows, and two statements."""
    story = large.dispatched(BODIES, ITEMS)
    await recorded(world.sessions, story)
    before = await written_by(world.sessions, "recommendations", "item")
    assert len(before) == BODIES * ITEMS
    lines = len(story.entries)
    large.answers(story, "body-3")
    counted = await recorded(world.sessions, story, lines)
    assert len(counted.of("recommendations")) == 1
    after = await written_by(world.sessions, "recommendations", "item")
    assert {item for item in after if after[item] != before[item]} == {f"i3-{n}" for n in range(ITEMS)}
    assert await rows_kept(world.sessions) == rows_of(story.state)


async def test_an_event_that_is_about_no_item_costs_the_same_with_many_as_with_few(world: World) -> None:
    sent = []
    for bodies, items in ((2, 1), (BODIES, ITEMS)):
        story = large.dispatched(bodies, items, serial=bodies)
        await recorded(world.sessions, story)
        lines = len(story.entries)
        large.is_acknowledged(story, "body-1")
        counted = await recorded(world.sessions, story, lines)
        assert counted.of("recommendations") == []
        sent.append(len(counted.sent))
    assert sent[0] == sent[1]


async def test_a_correction_takes_away_what_is_asked_no_more(world: World) -> None:
    story = large.dispatched(BODIES, ITEMS)
    await recorded(world.sessions, story)
    lines = len(story.entries)
    large.is_corrected(story, BODIES - 1, ITEMS)
    await recorded(world.sessions, story, lines)
    kept = await rows_kept(world.sessions)
    assert len(kept) == (BODIES - 1) * ITEMS
    assert kept == rows_of(story.state)
