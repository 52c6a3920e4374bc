"""Lines of lists are read from columns and rows beside the states: they say what the states say, always."""

from sqlalchemy import text as sql
from sqlmodel import col, select

from models.commands import BeginCorrection, DeclareConflict, LiftConflict, PublishReport
from models.monitoring.moves import waiting_of
from models.monitoring.state import MonitoringState
from models.report.notes import TextNote
from models.tables.monitorings import NO_DAY, MonitoringRow
from models.tables.waits import WaitsRow
from tests.api.test_migrations import alembic
from tests.fixtures.stack import SeededDatabase
from tests.pages.story import ANALYST, HEAD, NOW, Story
from tests.pages.test_public import published

LISTED = "SELECT conducted_by, stepped_aside, corrected FROM monitorings ORDER BY number"
WAITS = "SELECT number, word, due_on FROM waits ORDER BY number, word"


async def agree(story: Story) -> MonitoringState:
    """The row and what stands beside it say what the state says; the state."""
    async with story.sessions() as session:
        row = await session.get_one(MonitoringRow, story.number)
        state = MonitoringState.model_validate(row.state)
        waits = await session.exec(select(WaitsRow).where(col(WaitsRow.number) == story.number))
        kept = {each.word: each.due_on for each in waits}
    assert row.conducted_by == [body.organisation for body in state.conductors]
    assert row.stepped_aside == list(state.stepped_aside)
    assert row.corrected is (len({each.version for each in state.publications}) > 1)
    assert kept == {word: day or NO_DAY for word, day in waiting_of(state).items()}
    return state


async def twice_published(story: Story) -> None:
    """With whoever stepped aside and came back, and a corrected version."""
    await agree(story)
    reason = await story.keeps(TextNote(text="Туысым жұмыс істейді"))
    await story.does(DeclareConflict, reason=reason)
    assert (await agree(story)).stepped_aside == (ANALYST.account,)
    await story.does(LiftConflict, HEAD, account=ANALYST.account, reason=reason)
    assert (await agree(story)).stepped_aside == ()
    await published(story)
    assert len((await agree(story)).publications) == 1
    await story.corrects()
    await agree(story)
    await story.does(PublishReport, published_on=NOW.date(), address="https://example.kz/reports/2")
    assert len({each.version for each in (await agree(story)).publications}) == 2


async def test_they_follow_every_event(story: Story) -> None:
    await twice_published(story)
    again = await story.keeps(TextNote(text="Тағы бір қате"))
    await story.does(BeginCorrection, reason=again)
    await agree(story)


async def test_what_an_earlier_release_wrote_gets_its_own(
    story: Story, seeded_database: SeededDatabase
) -> None:
    await twice_published(story)
    before = await said(story)
    alembic(seeded_database.url, "downgrade", "0036")
    alembic(seeded_database.url, "upgrade", "head")
    assert await said(story) == before
    await agree(story)


async def said(story: Story) -> list[list[tuple[object, ...]]]:
    async with story.sessions() as session:
        connection = await session.connection()
        return [[tuple(row) for row in await connection.execute(sql(asked))] for asked in (LISTED, WAITS)]
