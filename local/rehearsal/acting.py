"""A monitoring of the plot, driven by commands the shortest legal way, with a sample scenario's content."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Final

from sqlalchemy.dialects.postgresql import insert
from temporalio.client import WorkflowHandle, WorkflowUpdateFailedError

from activities.bounds.within import within
from activities.registries.local_day import local_today
from local.rehearsal.cast import AUTHORIZED_BODY, Staff
from local.rehearsal.clocks import Clocks
from local.rehearsal.patience import RehearsalFailed, until
from local.rehearsal.records import Records
from local.rehearsal.stage import Stage
from local.sample_scenario import Scenario
from local.samples import conducted, content_of, load_country
from models.calendar.working import WorkingCalendar
from models.commands import StartMonitoring
from models.commands.command import Command
from models.monitoring.state import MonitoringState
from models.report.content import canonical, content_sha256
from models.report.facts import ContentPin, pin
from models.tables.content import NoteRow, SnapshotRow
from models.vocabulary.actors import Actor
from models.vocabulary.base import Model
from models.vocabulary.bodies import Body
from models.vocabulary.editions import ORDER_192
from models.vocabulary.procedure import Id, Number, Role, monitoring_workflow_id
from models.vocabulary.queues import Queue
from workflows import MonitoringWorkflow
from workflows.monitoring_input import MonitoringInput

ANSWER_SECONDS: Final = 30.0


@dataclass
class Acting:
    """One monitoring. `scenario` lends content and addressees; who conducts it, and when, is the plot's."""

    stage: Stage
    clocks: Clocks
    records: Records
    scenario: Scenario
    number: Number
    staff: Staff
    handle: WorkflowHandle[MonitoringWorkflow, object] = field(init=False)
    given: int = 0

    def __post_init__(self) -> None:
        workflow_id = monitoring_workflow_id(self.number)
        self.handle = self.stage.client.get_workflow_handle_for(MonitoringWorkflow.run, workflow_id)

    async def is_registered(self, calendar: WorkingCalendar) -> None:
        """Start it on the rehearsal's day. Its clock begins with the wall's, so its first task is put off."""
        scenario = self.scenario
        command = StartMonitoring(
            id=self._id(),
            actor=self.staff.analyst,
            number=self.number,
            kind=scenario.kind,
            conductors=(body(self.staff.organisation),),
            spheres=scenario.spheres,
            objects=tuple(body(each) for each in scenario.objects),
            studied_from=scenario.studied_from,
            studied_until=scenario.studied_until,
            title=await self.keeps(scenario.title),
            authorized_body=AUTHORIZED_BODY,
        )
        await self.stage.client.start_workflow(
            MonitoringWorkflow.run,
            MonitoringInput(number=self.number, start=command, edition=ORDER_192, calendar=calendar),
            id=self.handle.id,
            task_queue=Queue.PROCEDURE.value,
            start_delay=self.clocks.ahead,
        )
        await self.clocks.bring(self.handle.id)

        async def recorded() -> bool:
            return await self.records.monitoring(self.number) is not None

        await until(recorded, f"{self.number} is registered")

    # ——— commands ———
    async def does(self, command: type[Command], by: Actor | None = None, **fields: object) -> None:
        """Send a command as its update. Raises `RehearsalFailed` when the rules refuse it."""
        given = command.model_validate({"id": self._id(), "actor": by or self.staff.analyst, **fields})
        try:
            asked = self.handle.execute_update(update_name(command), given, id=given.id)
            await within(ANSWER_SECONDS, asked, f"{self.number} answers {given.id}")
        except WorkflowUpdateFailedError as refused:
            raise RehearsalFailed(f"{self.number}: {command.__name__} was refused: {refused.cause}") from None
        except TimeoutError:
            raise RehearsalFailed(f"{self.number}: {command.__name__} was not answered") from None

    async def state(self) -> MonitoringState:
        """As recorded."""
        state = await self.records.monitoring(self.number)
        assert state is not None, f"{self.number} is registered"
        return state

    async def holder_of(self, subject: Id) -> Actor:
        """Whoever opens the newest letter about a matter that has a link."""
        letters = (await self.state()).letters.values()
        linked = [each for each in letters if each.subject == subject and each.purpose is not None]
        newest = max(linked, key=lambda letter: int(letter.id.removeprefix("L").partition("-")[0]))
        return Actor(role=Role.ADDRESSEE, letter=newest.id)

    def _id(self) -> Id:
        self.given += 1
        return f"{self.number}-c{self.given}"

    # ——— texts and content ———
    async def keeps(self, text: Model) -> str:
        """Store a text as a note; returns its hash."""
        sha256 = content_sha256(text)
        async with self.stage.sessions() as session, session.begin():
            note = {"sha256": sha256, "body": canonical(text).decode(), "at": datetime.now(UTC)}
            await session.exec(insert(NoteRow).values(note).on_conflict_do_nothing())
        return sha256

    async def freezes(self, began_on: date, ended_on: date) -> ContentPin:
        """Freeze the scenario's content as conducted between two days, as the API does."""
        content = content_of(
            self.scenario.model_copy(update={"conductors": (self.staff.organisation,)}), self.number
        )
        content = conducted(content, began_on, ended_on)
        pinned = pin(content)
        text = canonical(content).decode()
        async with self.stage.sessions() as session, session.begin():
            frozen = {"sha256": pinned.sha256, "number": self.number, "body": text, "at": datetime.now(UTC)}
            await session.exec(insert(SnapshotRow).values(frozen).on_conflict_do_nothing())
        return pinned


def body(organisation: Id) -> Body:
    """A body of the sample country as it is today."""
    return load_country().body(organisation, local_today())


def update_name(command: type[Command]) -> str:
    """`ApproveReport` → `approve_report`."""
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in command.__name__).lstrip("_")
