"""Letters about what an addressee accepted and is to carry out. Beyond the Rules, and they say so."""

from collections.abc import Iterable

from models.agenda.deadline import Deadline, DeadlineSubject
from models.events import Entry, FollowUpEnded, ImplementationJudged, ImplementationReported, RungReached
from models.letters.letter import Letter, ordered
from models.monitoring.follow_up import ItemStanding, awaited_of, standing_of
from models.monitoring.state import MonitoringState
from models.vocabulary.ladders import RungName
from models.vocabulary.letters import LetterKind, Purpose, RecipientKind
from models.vocabulary.procedure import Id


def implementation_confirmed(
    state: MonitoringState, event: ImplementationReported, _: Entry
) -> Iterable[Letter]:
    """What was reported is there; the link serves for what is left."""
    if awaited_of(state, event.addressee):
        yield about_implementation(state, event.addressee, LetterKind.ANSWER_CONFIRMATION)
    else:
        yield ordered(
            LetterKind.ANSWER_CONFIRMATION, event.addressee, RecipientKind.ORGANISATION, event.addressee
        )


def implementation_judged(state: MonitoringState, event: ImplementationJudged, _: Entry) -> Iterable[Letter]:
    """The judgement with its reason; with a link where a new day was given or something else is left."""
    addressee = state.items[event.item].addressee
    deadline = event.deadline.id if event.deadline else None
    letter = about_implementation(state, addressee, LetterKind.IMPLEMENTATION_JUDGED, deadline)
    yield letter if awaited_of(state, addressee) else letter.model_copy(update={"purpose": None})


def follow_up_given_up(state: MonitoringState, event: FollowUpEnded, _: Entry) -> Iterable[Letter]:
    """Whoever was still to report is told that nobody waits any more."""
    if event.reason is None:
        return  # ended by itself: nothing was open
    waited_for = (
        item.addressee
        for item in state.items.values()
        if standing_of(state, item) is ItemStanding.GIVEN_UP and item.reported is None
    )
    for addressee in dict.fromkeys(waited_for):
        version = state.addressees[addressee].version
        yield ordered(
            LetterKind.FOLLOW_UP_ENDED, addressee, RecipientKind.ORGANISATION, addressee, version=version
        )


def implementation_rung(state: MonitoringState, event: RungReached) -> Iterable[Letter]:
    """Reminders before the day and on it, one word after it; items of one day share one letter."""
    deadline = state.deadlines[event.deadline]
    if deadline.id != _first_of_the_day(state, deadline):
        return
    late = event.rung is RungName.EXPIRED
    kind = LetterKind.IMPLEMENTATION_OVERDUE if late else LetterKind.IMPLEMENTATION_REMINDER
    yield about_implementation(state, state.items[deadline.subject].addressee, kind, deadline.id)


def about_implementation(
    state: MonitoringState, addressee: Id, kind: LetterKind, deadline: Id | None = None
) -> Letter:
    """To the addressee, with a link to report by; it lives as long as the version it speaks of."""
    return ordered(
        kind,
        addressee,
        RecipientKind.ORGANISATION,
        addressee,
        deadline,
        state.addressees[addressee].version,
        Purpose.REPORT_IMPLEMENTATION,
    )


def _first_of_the_day(state: MonitoringState, deadline: Deadline) -> Id:
    """Of an addressee's deadlines that fall on one day and still wait, the one that speaks for all."""
    addressee = state.items[deadline.subject].addressee
    same = [
        other.id
        for other in state.deadlines.values()
        if other.subject_kind is DeadlineSubject.IMPLEMENTATION
        and other.live
        and other.due_on == deadline.due_on
        and state.items[other.subject].addressee == addressee
        and standing_of(state, state.items[other.subject]) is ItemStanding.AWAITED
    ]
    return min(same, default=deadline.id)
