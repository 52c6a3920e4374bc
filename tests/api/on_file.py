"""Reports on the authorized body's file: sample scenarios brought to it, with what a test changes in them."""

import dataclasses
from datetime import UTC, date, datetime

from local.samples import ScenarioName, content_of, load_scenario
from models.commands import (
    ApproveReport,
    BeginCollection,
    CompleteAnalysis,
    CompleteCollection,
    CompleteStep,
    RecordActivity,
    SubmitReport,
)
from models.events import ReportRendered
from models.report.content import ReportContent, Wording, canonical
from models.report.facts import ContentPin, pin
from models.tables.content import SnapshotRow
from models.vocabulary.actors import SYSTEM
from models.vocabulary.procedure import Role
from tests.api.inbox import arrives
from tests.api.world import Case, World
from tests.keeping import kept_once


@dataclasses.dataclass
class FiledCase(Case):
    """A monitoring whose report is of this content, conducted some years before its scenario."""

    report: ReportContent = dataclasses.field(kw_only=True)
    years_before: int = 0

    def content(self) -> ContentPin:
        return pin(self.report)

    async def approved(self) -> None:
        scenario, content = load_scenario(self.name), self.content()
        await self.does(BeginCollection, began_on=before(scenario.began_on, self.years_before))
        note = await self.keeps(Wording(kk="орындалды"))
        for each in scenario.activities:
            done_on = before(each.done_on, self.years_before)
            await self.does(RecordActivity, activity=each.activity, done_on=done_on, note=note)
        for step in scenario.steps:
            completed_on = before(step.completed_on, self.years_before)
            await self.does(CompleteStep, step=step.step, completed_on=completed_on, content=content)
        if not scenario.steps:
            await self.does(CompleteCollection, content=content)
            await self.does(CompleteAnalysis, content=content)
        await self.does(SubmitReport, content=content)
        await self.happens(SYSTEM, ReportRendered(version=1, documents=await self.printed()))
        await self.does(ApproveReport, Role.HEAD, version=1)


def before(day: date, years: int) -> date:
    return day.replace(year=day.year - years)


async def on_file(
    world: World, name: ScenarioName = ScenarioName.B, years_before: int = 0, **changes: object
) -> FiledCase:
    """A report approved, sent and frozen; `changes` are fields of its content."""
    scenario = load_scenario(name)
    world.serial += 1
    number = f"{scenario.number[:-4]}{world.serial:04d}"
    content = content_of(scenario, number)
    draft = content.draft
    shifted = {
        "started_on": before(draft.started_on, years_before) if draft.started_on else None,
        "ended_on": before(draft.ended_on, years_before) if draft.ended_on else None,
    }
    report = content.model_copy(update={"draft": draft.model_copy(update=shifted), **changes})
    case = FiledCase(world, name, number, report=report, years_before=years_before)
    await freeze(world, report)
    await case.start()
    await case.approved()
    await case.dispatched()
    await arrives(world.sessions, case.state)
    return case


async def freeze(world: World, content: ReportContent) -> None:
    """Keep content under its hash, as the API does before a command."""
    async with world.sessions.begin() as session:
        row = SnapshotRow(
            sha256=pin(content).sha256,
            number=content.number,
            body=canonical(content).decode(),
            at=datetime.now(UTC),
        )
        await kept_once(session, row)
