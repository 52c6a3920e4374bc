"""Reports on the authorized body's file: sample scenarios brought to it, with what a test changes in them."""

import dataclasses
from datetime import UTC, datetime

from local.samples import ScenarioName, content_of, load_scenario
from models.facts import ContentPin, pin
from models.report import ReportContent, canonical
from models.tables import SnapshotRow
from tests.api.world import Case, World


@dataclasses.dataclass
class FiledCase(Case):
    """A monitoring whose report is of this content."""

    written: ReportContent | None = None

    def content(self) -> ContentPin:
        return pin(self.report)

    @property
    def report(self) -> ReportContent:
        return self.written or content_of(load_scenario(self.name), self.number)


async def on_file(world: World, name: ScenarioName = ScenarioName.B, **changes: object) -> FiledCase:
    """A report approved, sent and frozen; `changes` are fields of its content."""
    scenario = load_scenario(name)
    world.serial += 1
    number = f"{scenario.number[:-4]}{world.serial:04d}"
    written = content_of(scenario, number).model_copy(update=changes)
    case = FiledCase(world, name, number, written=written)
    await freeze(world, written)
    await case.start()
    await case.approved()
    await case.dispatched()
    return case


async def freeze(world: World, content: ReportContent) -> None:
    async with world.sessions.begin() as session:
        row = SnapshotRow(
            sha256=pin(content).sha256,
            number=content.number,
            body=canonical(content).decode(),
            at=datetime.now(UTC),
        )
        await session.merge(row)
