"""A monitoring told by commands: decided by the real rules, written by the real recorder, never made up.

Only the workflow between them is left out: where a test is about pages, `Clerk` obeys commands in its place.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession
from temporalio.client import Client
from temporalio.testing import ActivityEnvironment

from activities.database.sessions import Sessions
from activities.record.recorder import Recorder
from api.commands.addressed import Addressed
from api.commands.sending import Fate, Outcome
from api.services.services import Services
from local.sample_scenario import Scenario
from local.samples import ScenarioName, content_of, load_calendar, load_country, load_scenario
from models.agenda.deadline import ReplyPreset
from models.commands import (
    BeginCorrection,
    CreateWorkingGroup,
    HeadDecision,
    NewAddressee,
    NewMember,
    PublishReport,
    RequestInformation,
    StartMonitoring,
    SubmitReport,
    SubmitToCouncil,
)
from models.commands.command import Command
from models.commands.receipt import Receipt
from models.events import Document, Entry, Event, LetterSent, ReportRendered
from models.letters.check_words import check_word
from models.letters.letter import Letter
from models.letters.links import Link, mint
from models.letters.post import DeliveryOutcome
from models.monitoring.fold import fold
from models.monitoring.rules import decide
from models.monitoring.rules.admission import check_admission
from models.monitoring.rules.start import decide_start
from models.monitoring.state import MonitoringState
from models.proceeding.record import RecordOrder
from models.report.content import ReportContent, Wording, canonical, content_sha256
from models.report.facts import ContentPin, pin
from models.report.notes import TextNote
from models.tables.content import NoteRow, SnapshotRow
from models.tables.deliveries import DeliveryRow
from models.tables.files import FileRow
from models.tables.monitorings import MonitoringRow
from models.vocabulary.actors import SYSTEM, Actor
from models.vocabulary.base import Model
from models.vocabulary.bodies import Body
from models.vocabulary.editions import ORDER_192, Edition
from models.vocabulary.letters import LetterKind, LetterStatus, Purpose
from models.vocabulary.procedure import (
    Activity,
    Community,
    Ground,
    Id,
    Language,
    Number,
    Role,
    SourceKind,
    monitoring_workflow_id,
)
from models.vocabulary.refusal import Refused
from tests.keeping import kept_once
from tests.leading import Deed, approved, begun, collected, dispatched, started, submitted
from workflows.monitoring_input import MonitoringInput

NOW = datetime(2026, 9, 4, 6, 0, tzinfo=UTC)
REPLY_BY = date(2026, 9, 25)
SECRET = "a secret of these tests"
ANALYST = Actor(role=Role.ANALYST, account="a-sary-analyst", organisation="td-sary")
HEAD = Actor(role=Role.HEAD, account="a-sary-head", organisation="td-sary")
CLINIC, HOLDER, COUNCIL = "clinic-2", "health-sary", "council-sary"
QUESTION = "Емханаға жазылудың орташа күту уақыты қандай?\n2026 жылғы бірінші жартыжылдық."


class Clerk:
    """In the workflow's place: decides, folds and records; a command's id makes it happen once."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
        self.now = NOW
        self.obeyed: list[Command] = []
        self.fates: list[Fate] = []  # what becomes of the next sendings, before the clerk obeys again

    async def send(self, client: Client, to: Addressed[Receipt], command: Command, budget: float) -> Outcome:
        """As `api.commands.sending.send_command`."""
        if self.fates:
            return Outcome(fate=self.fates.pop(0))
        number = to.mark
        state = await self.state(number)
        if command.id not in state.commands:
            try:
                check_admission(state, command, state.calendar.local_date(self.now))
                events = decide(state, command, self.now)
            except Refused as refused:
                return Outcome(fate=Fate.REFUSED, refusals=refused.refusals)
            self.obeyed.append(command)
            state = await self.happened(state, number, command.actor, events, command.id)
        return Outcome(fate=Fate.DONE, receipt=Receipt(number=number, seq=state.seq, stage=state.stage))

    async def begins(self, services: Services, session: AsyncSession, order: MonitoringInput) -> Outcome:
        """As `api.commands.starting.start_workflow`."""
        if self.fates:
            return Outcome(fate=self.fates.pop(0))
        assert order.start is not None
        assert order.edition is not None
        assert order.calendar is not None
        if order.start not in self.obeyed:
            self.obeyed.append(order.start)
            events = decide_start(order.start, order.edition, order.calendar)
            await self.happened(None, order.number, order.start.actor, events, order.start.id)
        state = await self.state(order.number)
        return Outcome(fate=Fate.DONE, receipt=Receipt(number=order.number, seq=state.seq, stage=state.stage))

    async def state(self, number: Number) -> MonitoringState:
        async with self._sessions() as session:
            row = await session.get_one(MonitoringRow, number)
            return MonitoringState.model_validate(row.state)

    async def happened(
        self,
        state: MonitoringState | None,
        number: Number,
        actor: Actor,
        events: tuple[Event, ...],
        command: Id | None = None,
    ) -> MonitoringState:
        """Write events as the next lines of the journal."""
        first = state.seq + 1 if state else 1
        entries = tuple(
            Entry(seq=first + index, at=self.now, actor=actor, command=command, event=event)
            for index, event in enumerate(events)
        )
        order = RecordOrder(
            number=number, workflow_id=monitoring_workflow_id(number), run_id="run", entries=entries
        )
        await ActivityEnvironment().run(Recorder(self._sessions).record, order)
        after = fold(entries, state)
        assert after is not None
        return after


@dataclass
class Story:
    """Scenario B of the samples, told as far as a test needs it."""

    sessions: Sessions
    clerk: Clerk
    scenario: Scenario = field(default_factory=lambda: load_scenario(ScenarioName.B))
    commands: int = 0

    @property
    def number(self) -> Number:
        return self.scenario.number

    async def state(self) -> MonitoringState:
        return await self.clerk.state(self.number)

    # ——— the story ———
    async def starts(self, edition: Edition = ORDER_192, **changes: object) -> None:
        await self.registers(edition, **changes)
        await self.is_led(begun(self.scenario.began_on))

    async def registers(self, edition: Edition = ORDER_192, **changes: object) -> None:
        """Started, and its conduct not begun."""
        title = await self.keeps(self.scenario.title)
        signed = {"id": "c0", "actor": ANALYST, "number": self.number, **changes}
        start = StartMonitoring.model_validate({**signed, **started(self.scenario, body, title)})
        events = decide_start(start, edition, load_calendar().working_calendar())
        await self.clerk.happened(None, self.number, start.actor, events, start.id)

    async def invites(self) -> None:
        members = (
            NewMember(
                member="m1", person="p-public-1", community=Community.PUBLIC, organisation="adil-satyp"
            ),
            NewMember(member="m2", person="p-expert-2", community=Community.EXPERT),
        )
        decision = HeadDecision(
            head="p-sary-head", post="Бөлімше басшысы", decided_on=date(2026, 9, 3), decision_number="17-Ө"
        )
        await self.does(CreateWorkingGroup, HEAD, decision=decision, members=members)

    async def asks(self) -> None:
        await self.does(
            RequestInformation,
            request="r1",
            holder=HOLDER,
            source_kind=SourceKind.OTHER_LAWFUL,
            question=await self.keeps(TextNote(text=QUESTION)),
        )

    async def approves(self, content: ReportContent | None = None) -> None:
        await self.submits(content)
        await self.is_led(approved(1))

    async def submits(self, content: ReportContent | None = None, by: Id | None = None) -> None:
        """Through all activities to a printed version, submitted by a person."""
        note = await self.keeps(TextNote(text="Жасалды"))
        frozen = await self.freezes(content or content_of(self.scenario))
        done = [(activity, self.scenario.began_on, note) for activity in Activity]
        await self.is_led(*collected(done, frozen))
        await self.does(SubmitReport, content=frozen, person=by)
        await self.is_printed()

    async def dispatches(
        self, preset: ReplyPreset = ReplyPreset.NONE, reply_by: date | None = REPLY_BY
    ) -> None:
        to = NewAddressee(body=body(CLINIC), ground=Ground.OBJECT, preset=preset, reply_by=reply_by)
        await self.is_led(dispatched((to, NewAddressee(body=body("uo"), ground=Ground.CONSOLIDATION))))

    async def corrects(self, report: ReportContent | None = None) -> None:
        """A12: a second version takes the place of the first and goes to the same bodies."""
        await self.does(BeginCorrection, reason=await self.keeps(TextNote(text="Санда қате болды")))
        former = report or content_of(self.scenario)
        draft = former.draft.model_copy(update={"conclusions": Wording(kk="Түзетілді")})
        content = former.model_copy(update={"draft": draft})
        await self.is_led(submitted(await self.freezes(content)))
        await self.is_printed()
        await self.is_led(approved(2))

    async def goes_to_council(self) -> None:
        await self.does(SubmitToCouncil, item="k1", council=COUNCIL)

    async def is_published(self) -> None:
        await self.does(PublishReport, published_on=NOW.date(), address="https://example.kz/reports/1")

    async def is_printed(self) -> None:
        documents = []
        state = await self.state()
        number = state.versions[-1].number
        for rendition in ("filed", "public"):
            for language in (Language.KK, Language.RU):
                content = f"%PDF-1.7 {rendition} {language.value} {number}".encode()
                sha256 = await self.file(content)
                documents.append(
                    Document.model_validate(
                        {"rendition": rendition, "language": language, "sha256": sha256, "size": len(content)}
                    )
                )
        printed = ReportRendered(version=number, documents=tuple(documents))
        await self.clerk.happened(state, self.number, SYSTEM, (printed,))

    async def letters_leave(self) -> None:
        state = await self.state()
        due = [letter for letter in state.letters.values() if letter.status is LetterStatus.DUE]
        sent = tuple(LetterSent(letter=letter.id, attempt=letter.attempt) for letter in due)
        await self.clerk.happened(state, self.number, SYSTEM, sent)

    async def is_delivered(self, letter: Letter, message: bytes) -> None:
        """A mail server took the letter; what is kept of it is this message."""
        kept = await self.file(message)
        async with self.sessions.begin() as session:
            row = DeliveryRow(
                number=self.number,
                letter=letter.id,
                attempt=letter.attempt,
                kind=letter.kind.value,
                message_id=f"<{letter.id}@example.kz>",
                recipient=letter.recipient,
                address="kense@example.kz",
                language=Language.KK.value,
                subject="Хат",
                outcome=DeliveryOutcome.ACCEPTED.value,
                smtp_code=250,
                smtp_reply="2.0.0 Ok: queued as 4F1A2B3C",
                eml_sha256="e" * 64,
                kept_sha256=kept,
                at=NOW,
            )
            session.add(row)

    # ——— its parts ———
    async def does(self, command: type[Command], by: Actor = ANALYST, **fields: object) -> None:
        """Obey a command. Raises AssertionError if the rules refuse it."""
        self.commands += 1
        sent = command.model_validate({"id": f"c{self.commands}", "actor": by, **fields})
        state = await self.state()
        await self.clerk.happened(state, self.number, by, decide(state, sent, self.clerk.now), sent.id)

    async def is_led(self, *deeds: Deed) -> None:
        """Each deed as its command, signed by the division's people."""
        for deed in deeds:
            await self.does(deed.command, HEAD if deed.by is Role.HEAD else ANALYST, **deed.fields)

    async def keeps(self, text: Model) -> str:
        sha256 = content_sha256(text)
        async with self.sessions.begin() as session:
            await kept_once(session, NoteRow(sha256=sha256, body=canonical(text).decode(), at=NOW))
        return sha256

    async def freezes(self, content: ReportContent) -> ContentPin:
        pinned = pin(content)
        async with self.sessions.begin() as session:
            row = SnapshotRow(
                sha256=pinned.sha256, number=self.number, body=canonical(content).decode(), at=NOW
            )
            await kept_once(session, row)
        return pinned

    async def file(self, content: bytes) -> str:
        sha256 = hashlib.sha256(content).hexdigest()
        async with self.sessions.begin() as session:
            row = FileRow(
                sha256=sha256, media_type="application/pdf", size=len(content), content=content, at=NOW
            )
            await kept_once(session, row)
        return sha256

    # ——— its letters ———
    async def letter(self, kind: LetterKind, subject: Id | None = None) -> Letter:
        """The newest letter of a kind."""
        letters = (await self.state()).letters.values()
        found = [x for x in letters if x.kind is kind and subject in {None, x.subject}]
        return found[-1]

    async def link(self, kind: LetterKind, subject: Id | None = None) -> str:
        """The address behind the link of the newest letter of a kind."""
        return self.address_of(await self.letter(kind, subject))

    async def check_page(self, kind: LetterKind, subject: Id | None = None) -> str:
        """Where the newest letter of a kind says that it can be checked."""
        letter = await self.letter(kind, subject)
        return f"/check/{self.number}?word={check_word(SECRET, self.number, letter.id)}"

    def address_of(self, letter: Letter, purpose: Purpose | None = None, key: str = "") -> str:
        """A link that is signed; without a key it is one of a release before there were any."""
        meant = purpose or letter.purpose
        assert meant is not None
        return "/r/" + mint(SECRET, Link(number=self.number, letter=letter.id, purpose=meant, key=key))

    async def notes(self) -> list[str]:
        async with self.sessions() as session:
            return [row.body for row in await session.exec(select(NoteRow))]


def body(organisation: Id) -> Body:
    """A body of the sample country on the day of the story."""
    return load_country().body(organisation, NOW.date())
