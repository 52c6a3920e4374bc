"""A monitoring under test: commands in, letters and records out, on real parts.

Temporal's dev server with virtual time, PostgreSQL, an SMTP server and Typst are the real ones; only the
API is left out, so that a story reads as the procedure and nothing else.
"""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from pydantic import SecretStr
from sqlmodel import col, select
from temporalio.client import WorkflowHandle, WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError
from temporalio.testing import WorkflowEnvironment

from activities.database import Sessions, engine_for, sessions_for
from activities.smtp import SmtpClient
from local.mailbox import Mailbox
from local.samples import ScenarioName, content_of, load_calendar, load_country, load_scenario
from local.sample_scenario import Scenario
from local.seed import seed
from models.actors import Actor
from models.base import Model
from models.commands import Body, Command, StartMonitoring
from models.editions import ORDER_192, Edition
from models.events import Entry
from models.facts import ContentPin, pin
from models.fold import fold
from models.procedure import Id, Kind, Role, monitoring_workflow_id
from models.queues import Queue
from models.receipt import Receipt
from models.report import ReportContent, Wording, canonical, content_sha256
from models.settings import Settings
from models.state import MonitoringState
from models.tables import DeliveryRow, EntryRow, MonitoringRow, NoteRow, SnapshotRow
from tests.waiting import eventually
from worker import workers_for
from workflows import MonitoringWorkflow
from workflows.monitoring_input import MonitoringEnd, MonitoringInput

AUTHORIZED_BODY = "uo"


@dataclass
class Stage:
    """The parts a story plays on."""

    env: WorkflowEnvironment
    sessions: Sessions
    mailbox: Mailbox
    serial: int = 0

    async def starts(
        self, name: ScenarioName, edition: Edition = ORDER_192, **changes: object
    ) -> "Running":
        """Register and start a scenario's monitoring; `changes` replace fields of the command."""
        self.serial += 1
        scenario = load_scenario(name)
        number = f"{scenario.number[:-4]}{self.serial:04d}"
        running = Running(self, scenario, number)
        await running.start(edition, changes)
        return running


@dataclass
class Running:
    """One running monitoring, driven by commands."""

    stage: Stage
    scenario: Scenario
    number: str
    handle: WorkflowHandle[MonitoringWorkflow, MonitoringEnd] = field(init=False)
    commands: int = 0

    async def start(self, edition: Edition, changes: dict[str, object]) -> None:
        scenario = self.scenario
        fields: dict[str, object] = {
            "number": self.number,
            "kind": scenario.kind,
            "conductors": tuple(body(organisation) for organisation in scenario.conductors),
            "spheres": scenario.spheres,
            "objects": tuple(body(organisation) for organisation in scenario.objects),
            "studied_from": scenario.studied_from,
            "studied_until": scenario.studied_until,
            "title": await self.keeps(scenario.title),
            "authorized_body": AUTHORIZED_BODY,
        }
        command = StartMonitoring.model_validate({**self._signed(self.analyst), **fields, **changes})
        given = MonitoringInput(
            number=self.number,
            start=command,
            edition=edition,
            calendar=load_calendar().working_calendar(),
        )
        with self.stage.env.with_time_skipping_disabled():
            self.handle = await self.stage.env.client.start_workflow(
                MonitoringWorkflow.run,
                given,
                id=monitoring_workflow_id(self.number),
                task_queue=Queue.PROCEDURE.value,
            )
        await eventually(self._is_recorded, "the start is recorded")

    # ——— people ———
    @property
    def analyst(self) -> Actor:
        return self._account(self.scenario.accounts.analyst, Role.ANALYST)

    @property
    def head(self) -> Actor:
        return self._account(self.scenario.accounts.head, Role.HEAD)

    def _account(self, account: Id, role: Role) -> Actor:
        return Actor(role=role, account=account, organisation=self.scenario.conductors[0])

    async def holder_of(self, subject: Id, role: Role = Role.ADDRESSEE) -> Actor:
        """Whoever opens the last letter about a matter."""
        state = await self.state()
        letters = [x for x in state.letters.values() if x.subject == subject and x.purpose is not None]
        return Actor(role=role, letter=letters[-1].id, organisation=letters[-1].recipient)

    # ——— commands ———
    async def does(self, command: type[Command], by: Actor | None = None, **fields: object) -> Receipt:
        """Send a command as its update. Raises `WorkflowUpdateFailedError` when refused."""
        sent = command.model_validate({**self._signed(by or self.analyst), **fields})
        return await self.obeys(sent)

    async def obeys(self, command: Command) -> Receipt:
        return await self.handle.execute_update(
            update_name(type(command)), command, id=command.id, result_type=Receipt
        )

    async def is_refused(self, command: type[Command], by: Actor | None = None, **fields: object) -> str:
        """Send a command that the rules refuse; returns the code of the first reason."""
        try:
            await self.does(command, by, **fields)
        except WorkflowUpdateFailedError as failed:
            assert isinstance(failed.cause, ApplicationError)
            return str(failed.cause.type)
        raise AssertionError(f"{command.__name__} was not refused")

    def _signed(self, actor: Actor) -> dict[str, object]:
        self.commands += 1
        return {"id": f"c{self.commands}", "actor": actor}

    # ——— content ———
    async def keeps(self, text: Model) -> str:
        """Store a text as a note; returns its hash."""
        sha256 = content_sha256(text)
        async with self.stage.sessions() as session, session.begin():
            note = NoteRow(sha256=sha256, body=canonical(text).decode(), at=datetime.now(UTC))
            await session.merge(note)
        return sha256

    async def says(self, words: str) -> str:
        return await self.keeps(Wording(kk=words, ru=words, en=words))

    async def freezes(self, content: ReportContent | None = None) -> ContentPin:
        """Freeze content as the API does; the scenario's whole content unless another is given."""
        content = content or self.content
        pinned = pin(content)
        async with self.stage.sessions() as session, session.begin():
            body_ = canonical(content).decode()
            row = SnapshotRow(sha256=pinned.sha256, number=self.number, body=body_, at=datetime.now(UTC))
            await session.merge(row)
        return pinned

    @property
    def content(self) -> ReportContent:
        return content_of(self.scenario, self.number)

    # ——— time and truth ———
    async def days_pass(self, days: float) -> None:
        await self.stage.env.fast_forward(self.handle, timedelta(days=days))

    async def state(self) -> MonitoringState:
        """The state as recorded: what people read."""
        async with self.stage.sessions() as session:
            row = await session.get_one(MonitoringRow, self.number)
            return MonitoringState.model_validate(row.state)

    async def letters_sent(self) -> list[str]:
        """The kinds of letters the mail server took, in order."""
        async with self.stage.sessions() as session:
            taken = select(DeliveryRow).where(
                DeliveryRow.number == self.number, DeliveryRow.outcome == "accepted"
            )
            rows = (await session.exec(taken.order_by(col(DeliveryRow.id)))).all()
        return [row.kind for row in rows]

    async def letters_settled(self) -> MonitoringState:
        """Wait until no letter is due any more."""

        async def settled() -> bool:
            return all(x.status.value != "due" for x in (await self.state()).letters.values())

        await eventually(settled, "all letters have left or failed")
        return await self.state()

    async def journal(self) -> list[Entry]:
        async with self.stage.sessions() as session:
            lines = select(EntryRow).where(EntryRow.workflow_id == monitoring_workflow_id(self.number))
            rows = (await session.exec(lines.order_by(col(EntryRow.seq)))).all()
        return [
            Entry.model_validate(
                {"seq": r.seq, "at": r.at, "actor": r.actor, "command": r.command_id, "event": r.event}
            )
            for r in rows
        ]

    async def has_one_truth(self) -> None:
        """State = projection = fold(journal): the law of the design (§5)."""
        remembered = await self.handle.query(MonitoringWorkflow.state)
        recorded = await self.state()
        folded = fold(await self.journal())
        assert recorded == remembered
        assert folded == remembered

    async def _is_recorded(self) -> bool:
        async with self.stage.sessions() as session:
            return await session.get(MonitoringRow, self.number) is not None


def update_name(command: type[Command]) -> str:
    """`ApproveReport` → `approve_report`."""
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in command.__name__).lstrip("_")


def body(organisation: Id) -> Body:
    """A body of the sample country as it is today."""
    return load_country().body(organisation, datetime.now(UTC).date())


@asynccontextmanager
async def stage_for(
    env: WorkflowEnvironment, database_url: str, mailbox: Mailbox
) -> AsyncIterator[Stage]:
    """Seeded reference data and running workers."""
    engine = engine_for(database_url)
    sessions = sessions_for(engine)
    await seed(database_url)
    given = Settings(
        database_url=database_url,
        smtp_url=SecretStr(mailbox.smtp_url),
        link_secret=SecretStr("a-secret-of-this-test-and-no-other"),
        public_url="http://monitoring.example.kz",
        mail_per_second=1000,
    )
    async with AsyncExitStack() as running:
        for worker in workers_for(env.client, sessions, given, SmtpClient(given.smtp_url)):
            await running.enter_async_context(worker)
        yield Stage(env, sessions, mailbox)
    await engine.dispose()


__all__ = ["AUTHORIZED_BODY", "Kind", "Running", "ScenarioName", "Stage", "body", "stage_for"]
