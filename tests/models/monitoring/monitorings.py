"""Monitorings under test: commands in, events folded, so that a test reads like the procedure.

A `Story` asks the rules and folds what they decide, as the workflow does, without a server or a clock.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

import pytest

from models.calendar.working import WorkingCalendar
from models.commands import (
    CompleteStep,
    CreateWorkingGroup,
    HeadDecision,
    NewAddressee,
    NewMember,
    PublishReport,
)
from models.commands.command import Command
from models.events import Document, Entry, Event, LetterSent, ReportRendered, RungReached
from models.letters.kinds import LETTERS
from models.letters.letter import Letter
from models.monitoring.fold import apply
from models.monitoring.rules import decide
from models.monitoring.rules.admission import check_admission
from models.monitoring.rules.start import decide_start
from models.monitoring.state import MonitoringState
from models.report.facts import ReportFacts
from models.vocabulary.actors import SYSTEM, Actor
from models.vocabulary.bodies import Body
from models.vocabulary.editions import ORDER_192, Edition, Switches, Times
from models.vocabulary.ladders import RungName
from models.vocabulary.letters import LetterKind, LetterStatus
from models.vocabulary.procedure import Activity, Community, ConductorKind, Id, Kind, Language, Role, Step
from models.vocabulary.refusal import Refusal, Refused
from tests.leading import Deed, approved, begun, collected, collected_in_steps, dispatched, submitted
from tests.models.calendar.calendars import kz
from tests.models.monitoring.rules.parts import (
    ANALYST,
    CLINIC,
    DIVISION,
    FIRST_DAY,
    FULL,
    HASH,
    HEAD,
    TO_AB,
    pinned,
    start_command,
    to,
)

PUBLIC_MEMBER = NewMember(member="m-public", person="p-public", community=Community.PUBLIC)
EXPERT = NewMember(member="m-expert", person="p-expert", community=Community.EXPERT, organisation="institute")
DECISION = HeadDecision(
    head="p-head", post="Head of the division", decided_on=FIRST_DAY, decision_number="17"
)


BEFORE_RECEIPTS = ORDER_192.model_copy(update={"times": Times()})
"""An edition stored before a receipt was asked for: the Code's term counts from the dispatch."""


def with_switches(**switches: object) -> Edition:
    """The edition in force, with other readings of what the text leaves open."""
    return ORDER_192.model_copy(update={"switches": Switches.model_validate(switches)})


class Story:
    """One monitoring from its start on; time stands still unless the story moves it."""

    def __init__(self, edition: Edition = ORDER_192, calendar: WorkingCalendar | None = None) -> None:
        self.edition = edition
        self.calendar = calendar or kz()
        self.today = FIRST_DAY
        self.entries: list[Entry] = []
        self._state: MonitoringState | None = None
        self._commands = 0

    # ——— the stage the story has reached ———
    @property
    def state(self) -> MonitoringState:
        assert self._state is not None, "a story begins with `starts`"
        return self._state

    @property
    def now(self) -> datetime:
        """Noon of the story's day, in UTC."""
        return self.calendar.instant(self.today, time(12)).astimezone(UTC)

    def letters(self, kind: LetterKind | None = None) -> list[Letter]:
        """All letters in the order they were caused, or those of a kind."""
        return [x for x in self.state.letters.values() if kind is None or x.kind is kind]

    def letter(self, kind: LetterKind) -> Letter:
        """The last letter of a kind."""
        return self.letters(kind)[-1]

    def holder(self, kind: LetterKind) -> Actor:
        """Whoever opens the link of the last letter of a kind."""
        letter = self.letter(kind)
        return Actor(role=Role.ADDRESSEE, letter=letter.id, organisation=letter.recipient)

    # ——— what people do ———
    def starts(
        self,
        conductor: Body = DIVISION,
        kind: Kind = Kind.THEMATIC,
        spheres: tuple[Id, ...] = (),
        objects: tuple[Body, ...] = (CLINIC,),
        **changes: object,
    ) -> "Story":
        """Start it. Raises `Refused` as `decide_start` does."""
        command = start_command(conductor, kind, spheres, objects, **changes)
        events = decide_start(command, self.edition, self.calendar)
        self._happened(command.actor, events, command.id)
        return self

    def does(self, command: type[Command], by: Actor = ANALYST, /, **fields: object) -> tuple[Event, ...]:
        """Give a command, fold what it makes happen and return it. Raises `Refused`."""
        self._commands += 1
        given = command.model_validate({"id": f"c{self._commands}", "actor": by, **fields})
        return self.obeys(given)

    def obeys(self, command: Command) -> tuple[Event, ...]:
        """The workflow's way with a command: a repeated one changes nothing."""
        if command.id in self.state.commands:
            return ()
        events = decide(self.state, command, self.now)
        self._happened(command.actor, events, command.id)
        return events

    def is_led(self, *deeds: Deed) -> None:
        """Each deed as its command, signed by the conductor's people."""
        for deed in deeds:
            self.does(deed.command, HEAD if deed.by is Role.HEAD else ANALYST, **deed.fields)

    def refusals(
        self, command: type[Command], by: Actor = ANALYST, /, **fields: object
    ) -> tuple[Refusal, ...]:
        """Every reason why a command is refused; nothing changes by asking."""
        before = self.state
        with pytest.raises(Refused) as refused:
            self.does(command, by, **fields)
        assert self.state is before
        return refused.value.refusals

    def refused(self, command: type[Command], by: Actor = ANALYST, /, **fields: object) -> tuple[str, str]:
        """The first reason why a command is refused: its code and the rule it cites."""
        first = self.refusals(command, by, **fields)[0]
        return str(first.code), first.rule

    def not_admitted(
        self, command: type[Command], by: Actor = ANALYST, /, **fields: object
    ) -> list[tuple[str, str]]:
        """Why a command that comes in anew is refused where running monitorings were not: codes and rules."""
        given = command.model_validate({"id": "c-new", "actor": by, **fields})
        try:
            check_admission(self.state, given, self.today)
        except Refused as refused:
            return [(refusal.code, refusal.rule) for refusal in refused.refusals]
        return []

    # ——— what happens by itself ———
    def happens(self, *events: Event) -> None:
        self._happened(SYSTEM, events, None)

    def days_pass(self, days: int) -> None:
        self.today += timedelta(days=days)

    def post_takes_letters(self) -> None:
        """The mail server takes every letter that is due."""
        for letter in self.letters():
            if letter.status is LetterStatus.DUE:
                self.happens(LetterSent(letter=letter.id, attempt=letter.attempt))

    def report_is_printed(self) -> None:
        version = self.state.submitted
        assert version is not None, "nothing was submitted"
        document = Document(rendition="filed", language=Language.KK, sha256=HASH, size=1)
        self.happens(ReportRendered(version=version.number, documents=(document,)))

    def rung_is_reached(
        self, deadline: Id, rung: RungName, silent: bool = False, lapse_told: bool = True
    ) -> None:
        self.happens(
            RungReached(
                deadline=deadline, rung=rung, was_due_at=self.now, silent=silent, lapse_told=lapse_told
            )
        )

    # ——— usual passages ———
    def begins_collection(self) -> "Story":
        self.is_led(begun(self.today))
        return self

    def conducts(self, content: ReportFacts = FULL) -> "Story":
        """From the beginning of collection to drafting, in the way rule 8 or rule 14 asks for."""
        self.begins_collection()
        if self.state.conductor_kind is ConductorKind.OTHER_SUBJECT:
            steps = [(step, self.today) for step in Step]
            self.is_led(*collected_in_steps(steps, pinned(content)))
            self.today = date(2026, 8, 31)
            return self
        return self.is_led_to_its_draft(content)

    def is_led_to_its_draft(self, content: ReportFacts = FULL) -> "Story":
        """What has begun goes on to drafting, in the way rule 8 asks for."""
        done = [(activity, self.today, HASH) for activity in Activity]
        self.is_led(*collected(done, pinned(content)))
        self.today = date(2026, 8, 31)
        return self

    def completes_step(self, step: Step, content: ReportFacts = FULL) -> None:
        self.does(CompleteStep, step=step, completed_on=self.today, content=pinned(content))

    def creates_working_group(self, *members: NewMember) -> "Story":
        self.does(CreateWorkingGroup, HEAD, decision=DECISION, members=members or (PUBLIC_MEMBER, EXPERT))
        return self

    def submits_report(self, content: ReportFacts = FULL) -> "Story":
        self.is_led(submitted(pinned(content)))
        self.report_is_printed()
        return self

    def approves_report(self) -> "Story":
        version = self.state.submitted
        assert version is not None, "nothing was submitted"
        self.is_led(approved(version.number))
        return self

    def has_approved_report(self, content: ReportFacts = FULL) -> "Story":
        return self.conducts(content).submits_report(content).approves_report()

    def dispatches(self, *addressees: NewAddressee) -> "Story":
        self.is_led(dispatched(addressees))
        return self

    def is_dispatched(self) -> "Story":
        """To the interested body, to the authorized body where it is due, and taken by the post."""
        due = self.state.conductor_kind is not ConductorKind.AUTHORIZED_BODY
        self.dispatches(*((to(CLINIC), TO_AB) if due else (to(CLINIC),)))
        self.post_takes_letters()
        return self

    def publishes(self) -> "Story":
        self.does(PublishReport, published_on=self.today, address="https://authorized.example.kz/reports/1")
        return self

    def _happened(self, actor: Actor, events: Iterable[Event], command: Id | None) -> None:
        for event in events:
            seq = len(self.entries) + 1
            entry = Entry(seq=seq, at=self.now, actor=actor, command=command, event=event)
            self._state = apply(self._state, entry)
            self.entries.append(entry)
        for letter in self.letters():
            row = LETTERS[letter.kind]
            assert letter.purpose is row.link or letter.purpose in row.may_link, letter
