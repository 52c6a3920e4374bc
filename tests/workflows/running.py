"""A monitoring under test: commands in, letters and records out."""

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from temporalio.client import WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError

from activities.bounds.within import within as bounded
from local.sample_scenario import Scenario
from local.samples import ScenarioName, conducted, content_of, load_calendar, load_country, load_scenario
from models.agenda.rungs import rung_at
from models.calendar.country import COUNTRY
from models.calendar.working import WorkingCalendar
from models.commands import StartMonitoring
from models.commands.command import Command
from models.commands.receipt import Receipt
from models.report.content import ReportContent, Wording, canonical, content_sha256
from models.report.facts import ContentPin, pin
from models.tables.content import NoteRow, SnapshotRow
from models.tables.monitorings import MonitoringRow
from models.vocabulary.actors import Actor
from models.vocabulary.base import Model
from models.vocabulary.bodies import Body
from models.vocabulary.editions import ORDER_192, Edition
from models.vocabulary.ladders import RungName
from models.vocabulary.letters import LetterStatus
from models.vocabulary.procedure import Id, Role, monitoring_workflow_id
from models.vocabulary.queues import Queue
from tests.keeping import kept_once
from tests.leading import Deed, started
from tests.waiting import PATIENCE_SECONDS, eventually
from tests.workflows.evidence import Evidence
from tests.workflows.on_record import clock_passes
from tests.workflows.theatre import Theatre
from workflows import MonitoringWorkflow
from workflows.monitoring_input import MonitoringInput

AUTHORIZED_BODY = "uo"
CALENDAR: WorkingCalendar = load_calendar().working_calendar()


@dataclass
class Running(Evidence):
    """One running monitoring, driven by commands. `day` is the local date on which it is conducted."""

    scenario: Scenario
    day: date
    commands: int = 0

    async def start(self, edition: Edition, changes: dict[str, object]) -> None:
        """Start the workflow and wait until the start is on record."""
        fields = started(self.scenario, body, await self.keeps(self.scenario.title))
        signed = {**self._signed(self.analyst), "number": self.number}
        command = StartMonitoring.model_validate({**signed, **fields, **changes})
        given = MonitoringInput(number=self.number, start=command, edition=edition, calendar=CALENDAR)
        clock = self.theatre.clock
        # Left alone, virtual time runs through all deadlines at once while people are awaited.
        with clock.with_time_skipping_disabled() if clock else nullcontext():
            self.handle = await self.theatre.client.start_workflow(
                MonitoringWorkflow.run,
                given,
                id=monitoring_workflow_id(self.number),
                task_queue=Queue.PROCEDURE.value,
            )
        await eventually(self._is_recorded, "the start is recorded")

    async def _is_recorded(self) -> bool:
        async with self.theatre.sessions() as session:
            return await session.get(MonitoringRow, self.number) is not None

    # ——— people ———
    @property
    def analyst(self) -> Actor:
        """The conductor's analyst."""
        return self._account(self.scenario.accounts.analyst, Role.ANALYST)

    @property
    def head(self) -> Actor:
        """The conductor's head."""
        return self._account(self.scenario.accounts.head, Role.HEAD)

    def _account(self, account: Id, role: Role) -> Actor:
        return Actor(role=role, account=account, organisation=self.scenario.conductors[0])

    async def holder_of(self, subject: Id, role: Role = Role.ADDRESSEE) -> Actor:
        """Whoever opens the last letter about a matter that has a link: once it has left, as in life."""
        linked = [x for x in await self.letters() if x.subject == subject and x.purpose is not None]
        known = linked[-1].id

        async def left() -> bool:
            return (await self.state()).letters[known].status is not LetterStatus.DUE

        await eventually(left, f"letter {known} has left")
        return Actor(role=role, letter=known)

    # ——— commands ———
    async def does(self, command: type[Command], by: Actor | None = None, **fields: object) -> Receipt:
        """Send a command as its update. Raises `WorkflowUpdateFailedError` when refused."""
        return await self.obeys(self.asks(command, by, **fields))

    async def is_led(self, *deeds: Deed) -> None:
        """Each deed as its command, signed by the conductor's people."""
        for deed in deeds:
            await self.carries_out(deed)

    async def carries_out(self, deed: Deed, by: Actor | None = None) -> Receipt:
        """One deed as its command, signed by the conductor's people unless somebody else does."""
        own = self.head if deed.by is Role.HEAD else self.analyst
        return await self.does(deed.command, by or own, **deed.fields)

    def asks(self, command: type[Command], by: Actor | None = None, **fields: object) -> Command:
        """A command, ready to be sent."""
        return command.model_validate({**self._signed(by or self.analyst), **fields})

    async def obeys(self, command: Command, within: float = PATIENCE_SECONDS) -> Receipt:
        """Send a command under its id. Raises what `execute_update` raises, or `NotInTime`."""
        name = update_name(type(command))
        asked = self.handle.execute_update(name, command, id=command.id, result_type=Receipt)
        receipt: Receipt = await bounded(within, asked, f"{name} is answered")
        return receipt

    async def is_refused(self, command: type[Command], by: Actor | None = None, **fields: object) -> str:
        """Send a command that the rules refuse; returns the code of the first reason."""
        try:
            await self.does(command, by, **fields)
        except WorkflowUpdateFailedError as failed:
            return code_of(failed)
        raise AssertionError(f"{command.__name__} was not refused")

    def _signed(self, actor: Actor) -> dict[str, object]:
        self.commands += 1
        return {"id": f"c{self.commands}", "actor": actor}

    # ——— content ———
    async def keeps(self, text: Model) -> str:
        """Store a text as a note; returns its hash."""
        sha256 = content_sha256(text)
        async with self.theatre.sessions() as session, session.begin():
            note = NoteRow(sha256=sha256, body=canonical(text).decode(), at=datetime.now(UTC))
            await kept_once(session, note)
        return sha256

    async def says(self, words: str) -> str:
        """Store a sentence as a note; returns its hash."""
        return await self.keeps(Wording(kk=words, ru=words, en=words))

    async def freezes(self, content: ReportContent | None = None) -> ContentPin:
        """Freeze content as the API does; the scenario's whole content unless another is given."""
        content = content or self.content
        pinned = pin(content)
        async with self.theatre.sessions() as session, session.begin():
            body_ = canonical(content).decode()
            row = SnapshotRow(sha256=pinned.sha256, number=self.number, body=body_, at=datetime.now(UTC))
            await kept_once(session, row)
        return pinned

    @property
    def content(self) -> ReportContent:
        """The scenario's content, conducted on the story's day."""
        return conducted(content_of(self.scenario, self.number), self.day, self.day)

    # ——— time ———
    def in_working_days(self, n: int) -> date:
        """The local date `n` working days after the story's day."""
        return CALENDAR.add_working_days(self.day, n)

    async def reaches(self, deadline: Id, rung: RungName) -> None:
        """Let virtual time pass until a rung of a deadline has just come."""
        known = (await self.state()).deadlines[deadline]
        wanted = next(step for step in known.rungs if step.name is rung)
        await self.time_passes_until(rung_at(known, wanted, CALENDAR))

    async def passes(self, day: date) -> None:
        """Let virtual time pass until a local date begins to be worked on."""
        await self.time_passes_until(CALENDAR.instant(day, time(9)))

    async def time_passes_until(self, moment: datetime) -> None:
        """Let virtual time pass until just after a moment (UTC)."""
        await clock_passes(self.theatre, self.handle, moment + timedelta(minutes=1))


async def starts(
    theatre: Theatre, scenario: ScenarioName | Scenario, edition: Edition = ORDER_192, **changes: object
) -> Running:
    """Register and start a scenario's monitoring; `changes` replace fields of the command."""
    theatre.stories += 1
    played = load_scenario(scenario) if isinstance(scenario, ScenarioName) else scenario
    number = f"{played.number[:-4]}{theatre.stories:04d}"
    running = Running(theatre, number, played, CALENDAR.local_date(datetime.now(UTC)))
    await running.start(edition, changes)
    return running


def code_of(failed: WorkflowUpdateFailedError) -> str:
    """The code of the first reason of a refusal, or the name of a fault."""
    assert isinstance(failed.cause, ApplicationError)
    return str(failed.cause.type)


def update_name(command: type[Command]) -> str:
    """`ApproveReport` → `approve_report`."""
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in command.__name__).lstrip("_")


def body(organisation: Id) -> Body:
    """A body of the sample country as it is today."""
    return load_country().body(organisation, datetime.now(COUNTRY).date())
