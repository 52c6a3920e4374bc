"""Rules 17, 18: what the authorized body receives, considers and analyses, and reviews regularly.

«Regularly» (A4) is an interval of the edition: rounds are reminded of and never a violation.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import cast

from models.agenda.changes import open_deadline
from models.agenda.deadline import Basis, BasisKind, Deadline, DeadlineSubject, LegalEffect, Roll, deadline_id
from models.agenda.terms import months_later
from models.calendar.working import WorkingCalendar
from models.commands import CompleteReviewRound, ConsiderReceivedReport, RegisterPaperReport
from models.commands.command import Command
from models.consolidation.state import ConsolidationState
from models.events import (
    ConsolidationBegun,
    ConsolidationBriefed,
    ConsolidationBriefing,
    ConsolidationEnded,
    ConsolidationEvent,
    Event,
    InboxKeptApart,
    PaperReportRegistered,
    ReceivedReportConsidered,
    ReportReceived,
    ReviewRound,
    ReviewRoundBegun,
    ReviewRoundCompleted,
    ReviewRoundEnded,
    RoundOutcome,
)
from models.proceeding.succession import succeeded
from models.report.inbox import InboxRead, KnownReport, RoundRead, known_of
from models.report.received import Considered, ReceivedReport, Way
from models.vocabulary.editions import Edition
from models.vocabulary.procedure import ConductorKind, Id, Mark
from models.vocabulary.refusal import Refusal, refuse_all, refuse_if

_ONE_DAY = timedelta(days=1)


def decide_consolidation(state: ConsolidationState, command: Command, now: datetime) -> tuple[Event, ...]:
    """What a command makes happen at an instant (UTC). Raises `Refused` with every reason found."""
    refuse_if(state.ended, "consolidation_ended", "18", on=str(state.ended_on))
    today = state.calendar.local_date(now)
    return cast(tuple[Event, ...], CONSOLIDATION_RULES[type(command)](state, command, today))


# ——— what people ask ———
def register_paper_report(
    state: ConsolidationState, command: RegisterPaperReport, today: date
) -> tuple[ConsolidationEvent, ...]:
    """Rule 17: what reached the authorized body otherwise than by a monitoring of this system."""
    refuse_all(tuple(_paper_shortcomings(state, command, today)))
    return (PaperReportRegistered(report=paper_report(command)),)


def paper_report(command: RegisterPaperReport) -> ReceivedReport:
    """The report as it is registered."""
    return ReceivedReport(
        id=command.report,
        way=Way.PAPER,
        conductor=command.conductor.organisation,
        kind=command.kind,
        content=command.content,
        started_on=command.started_on,
        ended_on=command.ended_on,
        approved_on=command.approved_on,
        received_on=command.received_on,
        of_rule_13=command.conductor.kind.conductor_kind is not ConductorKind.OTHER_SUBJECT,
        file=command.file,
    )


def _paper_shortcomings(
    state: ConsolidationState, command: RegisterPaperReport, today: date
) -> Iterator[Refusal]:
    if command.conductor.kind.conductor_kind is ConductorKind.AUTHORIZED_BODY:
        yield Refusal(code="own_report_not_received", rule="17")
    if command.received_on > today:
        yield Refusal(code="received_in_future", rule="17", params={"date": command.received_on.isoformat()})
    if command.started_on and command.ended_on and command.started_on > command.ended_on:
        yield Refusal(code="conduct_ends_before_it_starts", rule="17")
    if command.ended_on and command.ended_on > command.received_on:
        params = {"date": command.ended_on.isoformat()}
        yield Refusal(code="received_before_conduct_ended", rule="17", params=params)
    if command.approved_on and command.approved_on > command.received_on:
        params = {"date": command.approved_on.isoformat()}
        yield Refusal(code="received_before_approval", rule="17", params=params)
    for known in dict.fromkeys(_registered_already(state, command)):
        yield Refusal(code="report_registered_already", rule="17", params={"item": known})


def _registered_already(state: ConsolidationState, command: RegisterPaperReport) -> Iterator[Id]:
    """The reports that have its number or its file."""
    if state.lately is None:
        yield from (
            known.id
            for known in state.inbox.values()
            if known.id == command.report or known.file == command.file
        )
        return
    if state.lately.report(command.report, command.read) is not None:
        yield command.report
    with_its_file = state.lately.of_file(command.file, command.read)
    if with_its_file is not None:
        yield with_its_file


def consider_received_report(
    state: ConsolidationState, command: ConsiderReceivedReport, today: date
) -> tuple[ConsolidationEvent, ...]:
    """Rule 18, for what came on paper; any other report is considered where its monitoring is."""
    known = known_report(state, command.report, command.read)
    refuse_if(known is None, "report_not_in_inbox", "17", item=command.report)
    assert known is not None
    refuse_if(known.way is Way.OWN, "own_report_not_reviewed", "18")
    refuse_if(known.way is Way.SENT, "considered_in_its_monitoring", "18", item=known.id)
    refuse_if(
        known.considered_on is not None, "considered_by_body_already", "18", on=str(known.considered_on)
    )
    considered = Considered(on=today, note=command.note, by=command.actor.account)
    return (_considered(state, known, considered),)


def _considered(
    state: ConsolidationState, known: KnownReport, considered: Considered
) -> ReceivedReportConsidered:
    if state.lately is None:
        return ReceivedReportConsidered(report=known.id, considered=considered)
    return ReceivedReportConsidered(
        report=known.id, considered=considered, way=known.way, version=known.version
    )


def complete_review_round(
    state: ConsolidationState, command: CompleteReviewRound, today: date
) -> tuple[ConsolidationEvent, ...]:
    """Rule 18: the round in course, once. Reports not considered hinder nothing; they are named."""
    current = state.round
    unknown = current is None or current.serial != command.round
    refuse_if(unknown, "review_round_not_in_course", "18", item=str(command.round))
    assert current is not None
    on = str(state.completion.completed_on) if state.completion else ""
    refuse_if(state.completion is not None, "review_round_completed_already", "18", on=on)
    completed = ReviewRoundCompleted(round=current.serial, completed_on=today, note=command.note)
    return (completed.model_copy(update=_reviewed(state, current, command.read)),)


def _reviewed(state: ConsolidationState, current: ReviewRound, read: RoundRead | None) -> dict[str, object]:
    """What was considered in the round and what waits; of what is kept apart, as it was read."""
    if state.lately is None:
        inbox = state.inbox.values()
        considered = (r for r in inbox if r.considered and current.contains(r.considered.on))
        waits = (r for r in inbox if r.awaits_consideration)
        return {"reports": tuple(r.id for r in considered), "unconsidered": tuple(r.id for r in waits)}
    refuse_if(read is None, "inbox_read_too_early", "17")
    assert read is not None
    return {
        "reports": read.considered.first,
        "unconsidered": read.unconsidered.first,
        "considered_besides": read.considered.besides,
        "unconsidered_besides": read.unconsidered.besides,
    }


CONSOLIDATION_RULES: dict[type[Command], Callable[..., tuple[ConsolidationEvent, ...]]] = {
    RegisterPaperReport: register_paper_report,
    ConsiderReceivedReport: consider_received_report,
    CompleteReviewRound: complete_review_round,
}


# ——— what it is told ———
def begin_consolidation(
    mark: Mark, briefing: ConsolidationBriefing, calendar: WorkingCalendar, today: date
) -> tuple[ConsolidationEvent, ...]:
    """The consolidation and its first round."""
    begun = ConsolidationBegun(mark=mark, briefing=briefing, calendar=calendar)
    return (begun, _round_begun(1, today, briefing.edition, calendar))


def brief_consolidation(
    state: ConsolidationState, briefing: ConsolidationBriefing, today: date
) -> tuple[ConsolidationEvent, ...]:
    """What the registries say now. Where another body is the authorized one, this consolidation ends."""
    if briefing == state.briefing:
        return ()
    told = ConsolidationBriefed(briefing=briefing)
    passed = succeeded(state, briefing.succession)
    if briefing.authorized_body == state.organisation:
        return (told, *passed)
    ended = ConsolidationEnded(ended_on=today)
    if state.round is None or state.completion is None:
        return (told, *passed, ended)  # a round that is cut short did not lapse
    return (told, *passed, _ended(state, state.round), ended)


def can_be_told(state: ConsolidationState, report: Id, read: InboxRead | None) -> bool:
    """Whether it is known how a report lies in the inbox now."""
    return state.lately is None or state.lately.judges(report, read)


def receive_report(
    state: ConsolidationState, report: ReceivedReport, read: InboxRead | None = None
) -> tuple[ConsolidationEvent, ...]:
    """Rule 17: each version once. What was considered was considered in the version that is told of.

    Raises `Refused` where it cannot be told.
    """
    known = known_report(state, report.id, read)
    if known is not None and known.version > report.version:
        return ()
    events: list[ConsolidationEvent] = []
    if known is None or known.version < report.version:
        received = report.model_copy(update={"considered": None})
        events.append(ReportReceived(report=received))
        known = known_of(received)
    if report.considered is not None and known.considered_on is None:
        events.append(_considered(state, known, report.considered))
    return tuple(events)


def keep_inbox_apart(state: ConsolidationState) -> tuple[ConsolidationEvent, ...]:
    """Once: its list grows for ever, and what a workflow remembers must not."""
    return () if state.lately is not None else (InboxKeptApart(received=len(state.inbox)),)


def known_report(state: ConsolidationState, report: Id, read: InboxRead | None) -> KnownReport | None:
    """A report as it lies in the inbox now. Raises `Refused` (inbox_read_too_early)."""
    if state.lately is not None:
        return state.lately.report(report, read)
    found = state.inbox.get(report)
    return known_of(found) if found else None


# ——— time ———
def round_over(state: ConsolidationState) -> date | None:
    """The first local date after the round in course."""
    return None if state.ended or state.round is None else state.round.ends_on + _ONE_DAY


def turn_round(state: ConsolidationState) -> tuple[ConsolidationEvent, ...]:
    """The round's end, and the next round."""
    current = state.round
    assert current is not None, "a consolidation that has not ended has a round"
    begins_on = current.ends_on + _ONE_DAY
    following = _round_begun(current.serial + 1, begins_on, state.briefing.edition, state.calendar)
    return (_ended(state, current), following)


def _ended(state: ConsolidationState, current: ReviewRound) -> ReviewRoundEnded:
    outcome = RoundOutcome.LAPSED if state.completion is None else RoundOutcome.COMPLETED
    return ReviewRoundEnded(round=current.serial, outcome=outcome)


def _round_begun(
    serial: int, begins_on: date, edition: Edition, calendar: WorkingCalendar
) -> ReviewRoundBegun:
    ends_on = months_later(begins_on, edition.switches.review_interval_months) - _ONE_DAY
    current = ReviewRound(serial=serial, begins_on=begins_on, ends_on=ends_on)
    return ReviewRoundBegun(round=current, deadline=_deadline(current, edition, calendar), edition=edition)


def _deadline(current: ReviewRound, edition: Edition, calendar: WorkingCalendar) -> Deadline:
    """«Regularly» as the edition has it: our own promise, no norm's date (A4)."""
    return open_deadline(
        calendar,
        deadline_id=deadline_id(DeadlineSubject.REVIEW, current.id),
        subject=current.id,
        subject_kind=DeadlineSubject.REVIEW,
        basis=Basis(kind=BasisKind.EDITION, reference=edition.id),
        effect=LegalEffect.SERVICE,
        anchor=current.begins_on,
        fixed_on=current.ends_on,
        roll=Roll.KEPT,
        rungs=edition.ladders.review,
    )
