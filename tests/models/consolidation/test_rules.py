"""Rules 17, 18: the authorized body receives, considers and analyses, and reviews regularly (A4)."""

from datetime import date, time

import pytest

from models.agenda.deadline import DeadlineStatus
from models.calendar.working import WorkingCalendar
from models.commands import CompleteReviewRound, ConsiderReceivedReport, RegisterPaperReport
from models.commands.command import Command
from models.consolidation.fold import apply_consolidation
from models.consolidation.rules import (
    begin_consolidation,
    brief_consolidation,
    decide_consolidation,
    receive_report,
)
from models.consolidation.state import ConsolidationState
from models.consolidation.time import next_moment, what_time_brings
from models.events import ConsolidationBriefing, Entry, Event, RoundOutcome, RungReached
from models.report.received import Considered, ReceivedReport, Way
from models.vocabulary.actors import SYSTEM, Actor
from models.vocabulary.bodies import Body
from models.vocabulary.editions import ORDER_192, Edition, Switches
from models.vocabulary.ladders import RungName
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Kind, OrganisationKind, Role
from models.vocabulary.refusal import Refused

CALENDAR = WorkingCalendar(edition="plain", announced_through=date(2030, 12, 31))
ANALYST = Actor(role=Role.ANALYST, account="a-1", organisation="uo")
DIVISION = Body(organisation="sary", kind=OrganisationKind.TERRITORIAL_DIVISION, legal_person="sary")
OTHER = Body(organisation="ngo", kind=OrganisationKind.PUBLIC_ASSOCIATION, legal_person="ngo")
OWN = Body(organisation="uo", kind=OrganisationKind.AUTHORIZED_BODY, legal_person="uo")
NOTE = "a" * 64


def monthly() -> Edition:
    """A reading of «regularly» as every month."""
    return ORDER_192.model_copy(update={"switches": Switches(review_interval_months=1)})


def briefing(body: str = "uo", edition: Edition = ORDER_192) -> ConsolidationBriefing:
    return ConsolidationBriefing(authorized_body=body, edition=edition)


def report(number: str = "2026-SARY-0001", **changes: object) -> ReceivedReport:
    known = ReceivedReport(
        id=number,
        way=Way.SENT,
        conductor="sary",
        kind=Kind.THEMATIC,
        content="b" * 64,
        ended_on=date(2026, 1, 20),
        received_on=date(2026, 1, 25),
    )
    return known.model_copy(update=changes)


class Consolidation:
    """A consolidation driven by hand: `on` is the local date."""

    def __init__(self, on: date = date(2026, 1, 1), edition: Edition = ORDER_192) -> None:
        self.on = on
        self.state: ConsolidationState | None = None
        self.said: list[str] = []
        self.commands = 0
        self.happens(*begin_consolidation("18-UO", briefing(edition=edition), CALENDAR, on))

    @property
    def now(self) -> ConsolidationState:
        assert self.state is not None
        return self.state

    def happens(self, *events: Event) -> None:
        for event in events:
            seq = self.state.seq + 1 if self.state else 1
            at = CALENDAR.instant(self.on, time(9))
            self.state = apply_consolidation(self.state, Entry(seq=seq, at=at, actor=SYSTEM, event=event))
            self.said.append(event.type)

    def does(self, command: type[Command], **fields: object) -> None:
        self.commands += 1
        given = command.model_validate({"id": f"c{self.commands}", "actor": ANALYST, **fields})
        self.happens(*decide_consolidation(self.now, given, CALENDAR.instant(self.on, time(9))))

    def is_refused(self, command: type[Command], **fields: object) -> list[tuple[str, str]]:
        with pytest.raises(Refused) as refused:
            self.does(command, **fields)
        return [(reason.code, reason.rule) for reason in refused.value.refusals]

    def registers(self, number: str = "P-2026-0001", by: Body = OTHER, **fields: object) -> None:
        self.does(RegisterPaperReport, **paper(number, by, **fields))

    def hears(self, received: ReceivedReport) -> None:
        self.happens(*receive_report(self.now, received))

    def time_passes_until(self, day: date) -> None:
        """As the workflow has it after an outage until a day's end."""
        self.on = day
        self.happens(*what_time_brings(self.now, CALENDAR.instant(day, time(23))))

    @property
    def letters(self) -> list[LetterKind]:
        return [letter.kind for letter in self.now.letters.values()]


def paper(number: str = "P-2026-0001", by: Body = OTHER, **fields: object) -> dict[str, object]:
    return {
        "report": number,
        "conductor": by,
        "kind": Kind.THEMATIC,
        "received_on": date(2026, 1, 1),
        "content": "c" * 64,
        "file": number.encode().hex().ljust(64, "0"),
        **fields,
    }


def test_rule_17_a_report_is_received_once_per_version() -> None:
    body = Consolidation()
    body.hears(report())
    body.hears(report())
    assert body.said[2:] == ["report_received"]
    assert [r.id for r in body.now.inbox.values() if r.awaits_consideration] == ["2026-SARY-0001"]


def test_a12_a_corrected_version_takes_the_place_of_the_one_that_was_considered() -> None:
    body = Consolidation()
    body.hears(report(considered=Considered(on=date(2026, 1, 26), note=NOTE)))
    assert body.said[2:] == ["report_received", "received_report_considered"]
    body.hears(report(version=2, content="d" * 64))
    (known,) = body.now.inbox.values()
    assert (known.version, known.content, known.considered) == (2, "d" * 64, None)
    said = len(body.said)
    body.hears(report(considered=Considered(on=date(2026, 1, 27), note=NOTE)))
    assert len(body.said) == said, "the older version is no news any more"


def test_news_in_another_order_come_to_the_same() -> None:
    considered = report(considered=Considered(on=date(2026, 1, 26), note=NOTE))
    one, other = Consolidation(), Consolidation()
    one.hears(report())
    one.hears(considered)
    other.hears(considered)
    other.hears(report())
    assert one.now.inbox == other.now.inbox


def test_rule_18_the_bodys_own_report_awaits_no_consideration() -> None:
    body = Consolidation()
    body.hears(report("2026-UO-0001", way=Way.OWN, conductor="uo"))
    assert [r.id for r in body.now.inbox.values() if r.awaits_consideration] == []
    refused = body.is_refused(ConsiderReceivedReport, report="2026-UO-0001", note=NOTE)
    assert refused == [("own_report_not_reviewed", "18")]


def test_rule_17_a_paper_report_is_registered_and_rule_18_considered() -> None:
    body = Consolidation()
    body.registers(started_on=date(2025, 11, 1), ended_on=date(2025, 12, 20))
    known = body.now.inbox["P-2026-0001"]
    assert (known.way, known.conductor, known.ended_on) == (Way.PAPER, "ngo", date(2025, 12, 20))
    body.does(ConsiderReceivedReport, report="P-2026-0001", note=NOTE)
    assert body.now.inbox["P-2026-0001"].considered == Considered(on=body.on, note=NOTE, by="a-1")
    again = body.is_refused(ConsiderReceivedReport, report="P-2026-0001", note=NOTE)
    assert again == [("considered_by_body_already", "18")]


def test_rule_17_what_cannot_have_been_received_is_refused_with_every_reason() -> None:
    body = Consolidation()
    impossible = paper(
        by=OWN,
        received_on=date(2026, 1, 2),
        started_on=date(2026, 3, 1),
        ended_on=date(2026, 2, 1),
        approved_on=date(2026, 2, 2),
    )
    assert body.is_refused(RegisterPaperReport, **impossible) == [
        ("own_report_not_received", "17"),
        ("received_in_future", "17"),
        ("conduct_ends_before_it_starts", "17"),
        ("received_before_conduct_ended", "17"),
        ("received_before_approval", "17"),
    ]


def test_rule_17_the_same_file_is_not_registered_twice() -> None:
    body = Consolidation()
    body.registers(by=DIVISION)
    file = body.now.inbox["P-2026-0001"].file
    twice = paper("P-2026-0002", DIVISION, file=file)
    assert body.is_refused(RegisterPaperReport, **twice) == [("report_registered_already", "17")]


def test_rule_18_a_report_that_came_by_its_monitoring_is_considered_there() -> None:
    body = Consolidation()
    body.hears(report())
    elsewhere = body.is_refused(ConsiderReceivedReport, report="2026-SARY-0001", note=NOTE)
    assert elsewhere == [("considered_in_its_monitoring", "18")]
    unknown = body.is_refused(ConsiderReceivedReport, report="P-2026-0099", note=NOTE)
    assert unknown == [("report_not_in_inbox", "17")]


def test_rule_18_a_round_is_completed_with_what_was_considered_and_names_the_rest() -> None:
    body = Consolidation()
    body.registers("P-2026-0001")
    body.registers("P-2026-0002")
    body.does(ConsiderReceivedReport, report="P-2026-0001", note=NOTE)
    body.does(CompleteReviewRound, round=1, note=NOTE)
    done = body.now.completion
    assert done is not None
    assert (done.reports, done.unconsidered) == (("P-2026-0001",), ("P-2026-0002",))
    assert body.now.deadlines["review:1"].status is DeadlineStatus.MET
    again = body.is_refused(CompleteReviewRound, round=1, note=NOTE)
    assert again == [("review_round_completed_already", "18")]
    assert body.is_refused(CompleteReviewRound, round=2, note=NOTE) == [("review_round_not_in_course", "18")]
    body.time_passes_until(date(2026, 4, 10))
    assert [past.outcome for past in body.now.past] == [RoundOutcome.COMPLETED]
    assert body.letters == []


def test_a4_rule_18_a_round_is_reminded_of_and_lapses_without_a_violation() -> None:
    body = Consolidation()
    assert body.now.round is not None
    assert body.now.round.ends_on == date(2026, 3, 31)
    assert not body.now.deadlines["review:1"].by_law
    for day in (date(2026, 3, 18), date(2026, 3, 27), date(2026, 4, 2)):
        body.time_passes_until(day)
    assert body.letters == [
        LetterKind.REVIEW_REMINDER,
        LetterKind.REVIEW_LAST_CALL,
        LetterKind.REVIEW_LAPSED,
    ]
    assert [past.outcome for past in body.now.past] == [RoundOutcome.LAPSED]
    assert {letter.recipient for letter in body.now.letters.values()} == {"uo"}


def test_after_an_outage_over_several_rounds_all_is_recorded_in_order_and_one_letter_leaves() -> None:
    body = Consolidation(edition=monthly())
    body.time_passes_until(date(2026, 1, 10))
    said = len(body.said)
    body.time_passes_until(date(2026, 3, 10))
    assert body.said[said:] == [
        *("rung_reached", "rung_reached", "review_round_ended", "review_round_begun", "rung_reached"),
        *("rung_reached", "rung_reached", "review_round_ended", "review_round_begun", "rung_reached"),
    ]
    assert body.letters == [LetterKind.REVIEW_LAPSED]
    (letter,) = body.now.letters.values()
    assert letter.subject == "2", "the last of the rounds that passed"
    reached = body.now.deadlines["review:1"].reached
    assert reached == (RungName.REMINDER, RungName.LAST_CALL, RungName.EXPIRED)
    assert what_is_left(body) == ()


def what_is_left(body: Consolidation) -> tuple[Event, ...]:
    return what_time_brings(body.now, CALENDAR.instant(body.on, time(23)))


def test_a_gentler_reminder_of_the_next_round_does_not_drown_the_round_that_passed() -> None:
    body = Consolidation(edition=monthly())
    body.time_passes_until(date(2026, 2, 16))
    (letter,) = body.now.letters.values()
    assert (letter.kind, letter.subject) == (LetterKind.REVIEW_LAPSED, "1")
    rungs = [e for e in body.said if e == RungReached.model_fields["type"].default]
    assert len(rungs) == 4


def test_rounds_follow_each_other_without_a_gap_by_the_edition_in_force() -> None:
    body = Consolidation()
    body.happens(*brief_consolidation(body.now, briefing(edition=monthly()), body.on))
    body.time_passes_until(date(2026, 6, 15))
    rounds = [past.round for past in body.now.past]
    assert [(r.serial, r.begins_on, r.ends_on) for r in rounds] == [
        (1, date(2026, 1, 1), date(2026, 3, 31)),
        (2, date(2026, 4, 1), date(2026, 4, 30)),
        (3, date(2026, 5, 1), date(2026, 5, 31)),
    ]


def test_the_consolidation_of_a_body_that_is_the_authorized_one_no_more_ends() -> None:
    body = Consolidation()
    body.happens(*brief_consolidation(body.now, briefing("successor"), date(2026, 2, 1)))
    assert body.said[2:] == ["consolidation_briefed", "consolidation_ended"]
    assert body.now.ended
    assert body.now.organisation == "uo"
    assert next_moment(body.now) is None
    assert body.is_refused(CompleteReviewRound, round=1, note=NOTE) == [("consolidation_ended", "18")]
    assert brief_consolidation(body.now, body.now.briefing, body.on) == ()


def test_rule_18_a_round_is_known_by_its_number_in_course_or_past() -> None:
    state = Consolidation().now
    assert state.round is not None
    assert state.round_of(state.round.serial) == state.round
    assert state.round_of(99) is None
    begun = state.model_copy(update={"round": None})
    assert begun.round_of(state.round.serial) is None
