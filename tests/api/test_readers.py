"""Lists show what pages open, whatever the edition's reading of rule 19 (A8); over HTTP and the database."""

import runpy

import pytest
from sqlalchemy import update
from sqlmodel import select

from activities.record.recorder import Recorder
from local.programs import ROOT
from models.commands import AnswerInvitation
from models.proceeding.record import RecordOrder
from models.tables.monitorings import MonitoringRow
from models.vocabulary.actors import Actor
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Kind, Role, monitoring_workflow_id
from tests.api.world import World
from tests.models.monitoring.monitorings import Story, with_switches
from tests.models.monitoring.rules.parts import AB, CLINIC, DIVISION, SCHOOL

AUDITED: str = runpy.run_path(str(ROOT / "migrations" / "versions" / "0015_oversight.py"))["AUDITED"]
BACKFILL: str = runpy.run_path(str(ROOT / "migrations" / "versions" / "0007_readers.py"))["BACKFILL"]
READERS = (
    "uo-analyst",
    "uo-head",
    "uo-web-editor",
    "uo-auditor",
    "uo-auditor-own",
    "uo-admin",
    "sary-analyst",
    "sary-auditor",
    "koko-analyst",
)


def comprehensive(*, published: bool, number: str = "2026-SARY-0001") -> Story:
    """A division's comprehensive monitoring, its report approved and not sent yet."""
    story = Story(with_switches(division_reports_published=published))
    story.starts(
        kind=Kind.COMPREHENSIVE, spheres=("land", "schools"), objects=(CLINIC, SCHOOL), number=number
    )
    return story.has_approved_report()


async def record(world: World, story: Story) -> str:
    number = story.state.number
    order = RecordOrder(
        number=number,
        workflow_id=monitoring_workflow_id(number),
        run_id="run",
        entries=tuple(story.entries),
    )
    await Recorder(world.sessions).record(order)
    return number


async def listed(world: World, who: str) -> list[str]:
    answer = await world.call(who, "GET", "/monitorings")
    assert answer.status_code == 200, answer.text
    return [line["number"] for line in answer.json()["items"]]


@pytest.mark.parametrize("published", [True, False], ids=["A8: published", "A8: own reports only"])
async def test_the_list_and_the_page_of_an_approved_report_agree(world: World, published: bool) -> None:
    number = await record(world, comprehensive(published=published))
    for who in READERS:
        opened = (await world.call(who, "GET", f"/monitorings/{number}")).status_code == 200
        assert (number in await listed(world, who)) is opened, who
    assert (number in await listed(world, "uo-web-editor")) is published


async def test_monitorings_recorded_before_are_given_their_readers(world: World) -> None:
    """The migration's own statement says what the projection says, at every stage."""
    group = Story().starts(number="2026-SARY-0002").creates_working_group()
    invitee = Actor(role=Role.MEMBER, letter=group.letter(LetterKind.INVITATION).id)
    group.does(AnswerInvitation, invitee, member="m-expert", consents=True)
    stories = [
        comprehensive(published=True),
        comprehensive(published=False, number="2026-SARY-0005"),
        group,
        Story().starts(number="2026-SARY-0003").has_approved_report().is_dispatched(),
        Story().starts(conductors=(AB, DIVISION), number="2026-UO-0004").has_approved_report(),
    ]
    for story in stories:
        await record(world, story)
    expected = await readers(world)
    assert len({tuple(words) for words in expected.values()}) == len(stories)
    async with world.sessions() as session, session.begin():
        await session.exec(update(MonitoringRow).values(readers=[]))
        for statement in (BACKFILL, AUDITED):
            await (await session.connection()).exec_driver_sql(statement)
    assert await readers(world) == expected


async def readers(world: World) -> dict[str, list[str]]:
    async with world.sessions() as session:
        rows = await session.exec(select(MonitoringRow.number, MonitoringRow.readers))
        return {number: sorted(words) for number, words in rows}
