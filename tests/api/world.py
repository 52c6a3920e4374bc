"""What the API's tests act with: callers, and monitorings brought to a stage by the rules themselves."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

import httpx
from fastapi import FastAPI

from activities.database.sessions import Sessions
from activities.record.recorder import Recorder
from local.samples import ScenarioName, content_of, load_calendar, load_country, load_scenario
from models.calendar.country import COUNTRY
from models.commands import (
    BeginCorrection,
    NewAddressee,
    PublishReport,
    StartMonitoring,
)
from models.commands.command import Command
from models.events import Document, Entry, Event, LetterSent, ReportRendered
from models.monitoring.fold import apply
from models.monitoring.rules import decide
from models.monitoring.rules.start import decide_start
from models.monitoring.state import MonitoringState
from models.proceeding.record import RecordOrder
from models.report.content import Wording, canonical, content_sha256
from models.report.facts import ContentPin, pin
from models.tables.content import NoteRow
from models.tables.files import FileRow
from models.vocabulary.actors import SYSTEM, Actor
from models.vocabulary.base import Model
from models.vocabulary.bodies import Body
from models.vocabulary.editions import ORDER_192
from models.vocabulary.letters import LetterStatus
from models.vocabulary.procedure import Ground, Id, Language, Role, monitoring_workflow_id
from tests.keeping import kept_once
from tests.leading import Deed, approved, begun, collected, collected_in_steps, dispatched, started, submitted

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@dataclass
class World:
    """One test's application and data."""

    app: FastAPI
    client: httpx.AsyncClient
    tokens: dict[str, str]
    sessions: Sessions
    serial: int = 0

    async def call(self, who: str | None, method: str, path: str, **options: object) -> httpx.Response:
        """A request by an account's label (None: without a token); `headers` are added to its own."""
        headers = dict(options.pop("headers", {}))  # type: ignore[call-overload]
        if who is not None:
            headers["Authorization"] = f"Bearer {self.tokens[who]}"
        return await self.client.request(method, f"/api/v1{path}", headers=headers, **options)  # type: ignore[arg-type]

    async def started(self, name: ScenarioName = ScenarioName.B) -> "Case":
        """A scenario's monitoring, just started and on record."""
        scenario = load_scenario(name)
        self.serial += 1
        number = f"{scenario.number[:-4]}{self.serial:04d}"
        case = Case(self, name, number)
        await case.start()
        return case


@dataclass
class Case:
    """One monitoring on record; `does` lets the rules decide and the recorder write, without a workflow."""

    world: World
    name: ScenarioName
    number: str
    state: MonitoringState = field(init=False)
    entries: list[Entry] = field(default_factory=list)

    async def start(self) -> None:
        scenario = load_scenario(self.name)
        title = await self.keeps(scenario.title)
        signed = {"id": "c-start", "actor": self.actor(Role.ANALYST), "number": self.number}
        command = StartMonitoring.model_validate({**signed, **started(scenario, body, title)})
        events = decide_start(command, ORDER_192, load_calendar().working_calendar())
        await self.happens(command.actor, *events)

    @property
    def path(self) -> str:
        return f"/monitorings/{self.number}"

    @property
    def conductor(self) -> Id:
        return load_scenario(self.name).conductors[0]

    def actor(self, role: Role) -> Actor:
        accounts = load_scenario(self.name).accounts
        account = accounts.head if role is Role.HEAD else accounts.analyst
        return Actor(role=role, account=account, organisation=self.conductor)

    async def does(self, command: type[Command], role: Role = Role.ANALYST, **fields: object) -> None:
        """What the workflow would do with a command."""
        signed = {"id": f"c-{len(self.entries)}", "actor": self.actor(role), **fields}
        events = decide(self.state, command.model_validate(signed), datetime.now(UTC))
        await self.happens(self.actor(role), *events)

    async def is_led(self, *deeds: Deed) -> None:
        """Each deed as its command, signed by the conductor's people."""
        for deed in deeds:
            await self.does(deed.command, deed.by, **deed.fields)

    async def happens(self, actor: Actor, *events: Event) -> None:
        """Fold and record events."""
        for event in events:
            entry = Entry(seq=len(self.entries) + 1, at=datetime.now(UTC), actor=actor, event=event)
            self.state = apply(self.state if self.entries else None, entry)
            self.entries.append(entry)
        order = RecordOrder(
            number=self.number,
            workflow_id=monitoring_workflow_id(self.number),
            run_id="run",
            entries=tuple(self.entries),
        )
        await Recorder(self.world.sessions).record(order)

    async def keeps(self, text: Model) -> str:
        """Store a text as a note; returns its hash."""
        sha256 = content_sha256(text)
        async with self.world.sessions() as session, session.begin():
            row = NoteRow(
                sha256=sha256, number=self.number, body=canonical(text).decode(), at=datetime.now(UTC)
            )
            await kept_once(session, row)
        return sha256

    async def approved(self) -> None:
        """Through all steps to an approved report, with a printed file of each rendition."""
        scenario = load_scenario(self.name)
        content = self.content()
        note = await self.keeps(Wording(kk="орындалды"))
        activities = [(done.activity, done.done_on, note) for done in scenario.activities]
        steps = [(step.step, step.completed_on) for step in scenario.steps]
        conduct = collected_in_steps(steps, content) if steps else collected(activities, content)
        await self.is_led(begun(scenario.began_on), *conduct, submitted(content))
        await self.happens(SYSTEM, ReportRendered(version=1, documents=await self.printed()))
        await self.is_led(approved(1))

    async def dispatches(self) -> None:
        """The report is to be sent to the objects and, where due, to the authorized body."""
        to = [NewAddressee(body=known, ground=Ground.OBJECT) for known in self.state.objects]
        if self.conductor != "uo":
            to.append(NewAddressee(body=body("uo"), ground=Ground.CONSOLIDATION))
        await self.is_led(dispatched(to))

    async def dispatched(self) -> None:
        """It was sent; all letters delivered."""
        await self.dispatches()
        for letter in [x for x in self.state.letters.values() if x.status is LetterStatus.DUE]:
            await self.happens(SYSTEM, LetterSent(letter=letter.id, attempt=letter.attempt))

    async def publishes(self) -> None:
        address = "https://uo.example.kz/reports/1"
        approved = self.state.versions[-1].approved_on
        await self.does(PublishReport, published_on=approved, address=address)

    async def corrects(self) -> None:
        await self.does(BeginCorrection, reason=await self.keeps(Wording(kk="Қате табылды")))

    def content(self) -> ContentPin:
        return pin(content_of(load_scenario(self.name), self.number))

    async def printed(self) -> tuple[Document, ...]:
        """A file for each rendition."""
        sha256 = "a" * 64
        async with self.world.sessions() as session, session.begin():
            file = FileRow(
                sha256=sha256,
                media_type="application/pdf",
                size=len(PDF),
                content=PDF,
                at=datetime.now(UTC),
            )
            await kept_once(session, file)
        return tuple(
            Document(rendition=rendition, language=Language.KK, sha256=sha256, size=len(PDF))
            for rendition in ("filed", "public")
        )


def body(organisation: Id) -> Body:
    """A body of the sample country as it is today."""
    return load_country().body(organisation, datetime.now(COUNTRY).date())
