"""The fold of a consolidation's journal (rules 17, 18)."""

from collections.abc import Iterable

from models.agenda import DeadlineStatus, DeadlineSubject
from models.agenda_changes import meet, withdraw
from models.consolidation_state import Completion, ConsolidationState, PastRound
from models.correspondence_consolidation import letters_of_consolidation
from models.deadlines import deadline_id
from models.events import (
    CalendarChanged,
    ConsolidationBegun,
    ConsolidationBriefed,
    ConsolidationEnded,
    DeadlineMoved,
    Entry,
    LetterResent,
    LetterSent,
    LetterUndelivered,
    PaperReportRegistered,
    ReceivedReportConsidered,
    ReportReceived,
    ReviewRoundBegun,
    ReviewRoundCompleted,
    ReviewRoundEnded,
    RungReached,
)
from models.fold import proceeding
from models.fold.proceeding import check_follows, counted, with_deadline
from models.fold.registry import Folds, changed, registered
from models.received import ReceivedReport

CONSOLIDATION_FOLDS: Folds[ConsolidationState] = {
    LetterSent: proceeding.letter_sent,
    LetterUndelivered: proceeding.letter_undelivered,
    LetterResent: proceeding.letter_resent,
    RungReached: proceeding.rung_reached,
    CalendarChanged: proceeding.calendar_changed,
    DeadlineMoved: proceeding.deadline_moved,
}


def apply_consolidation(state: ConsolidationState | None, entry: Entry) -> ConsolidationState:
    """The state after one entry. Raises `BrokenJournal` if the entry does not follow the state."""
    check_follows(state.seq if state else None, entry, isinstance(entry.event, ConsolidationBegun))
    if isinstance(entry.event, ConsolidationBegun):
        after = _begun(entry.event, entry)
    else:
        assert state is not None
        after = CONSOLIDATION_FOLDS[type(entry.event)](state, entry.event, entry)
    after = counted(after, entry)
    caused = letters_of_consolidation(after, entry)
    return changed(after, letters={**after.letters, **{letter.id: letter for letter in caused}})


def fold_consolidation(
    entries: Iterable[Entry], state: ConsolidationState | None = None
) -> ConsolidationState | None:
    """The state after a run of entries."""
    for entry in entries:
        state = apply_consolidation(state, entry)
    return state


def _begun(event: ConsolidationBegun, entry: Entry) -> ConsolidationState:
    return ConsolidationState(
        seq=entry.seq,
        edition=event.briefing.edition,
        calendar=event.calendar,
        consolidation_mark=event.mark,
        organisation=event.briefing.authorized_body,
        briefing=event.briefing,
    )


@registered(CONSOLIDATION_FOLDS, ConsolidationBriefed)
def consolidation_briefed(
    state: ConsolidationState, event: ConsolidationBriefed, _: Entry
) -> ConsolidationState:
    return changed(state, briefing=event.briefing)


@registered(CONSOLIDATION_FOLDS, ReportReceived)
def report_received(state: ConsolidationState, event: ReportReceived, _: Entry) -> ConsolidationState:
    return _with(state, event.report)


@registered(CONSOLIDATION_FOLDS, PaperReportRegistered)
def paper_report_registered(
    state: ConsolidationState, event: PaperReportRegistered, _: Entry
) -> ConsolidationState:
    return _with(state, event.report)


@registered(CONSOLIDATION_FOLDS, ReceivedReportConsidered)
def received_report_considered(
    state: ConsolidationState, event: ReceivedReportConsidered, _: Entry
) -> ConsolidationState:
    return _with(state, state.inbox[event.report].model_copy(update={"considered": event.considered}))


@registered(CONSOLIDATION_FOLDS, ReviewRoundBegun)
def review_round_begun(state: ConsolidationState, event: ReviewRoundBegun, _: Entry) -> ConsolidationState:
    return with_deadline(changed(state, round=event.round, edition=event.edition), event.deadline)


@registered(CONSOLIDATION_FOLDS, ReviewRoundCompleted)
def review_round_completed(
    state: ConsolidationState, event: ReviewRoundCompleted, entry: Entry
) -> ConsolidationState:
    """What the round awaited has come: its deadline speaks no more."""
    completion = Completion(
        completed_on=event.completed_on,
        note=event.note,
        reports=event.reports,
        unconsidered=event.unconsidered,
    )
    deadline = state.deadlines[deadline_id(DeadlineSubject.REVIEW, str(event.round))]
    met = meet(deadline, state.calendar.local_date(entry.at))
    return with_deadline(changed(state, completion=completion), met)


@registered(CONSOLIDATION_FOLDS, ReviewRoundEnded)
def review_round_ended(state: ConsolidationState, event: ReviewRoundEnded, _: Entry) -> ConsolidationState:
    assert state.round is not None
    past = PastRound(round=state.round, outcome=event.outcome, completion=state.completion)
    return changed(state, past=(*state.past, past), round=None, completion=None)


@registered(CONSOLIDATION_FOLDS, ConsolidationEnded)
def consolidation_ended(
    state: ConsolidationState, event: ConsolidationEnded, entry: Entry
) -> ConsolidationState:
    today = state.calendar.local_date(entry.at)
    for deadline in state.deadlines.values():
        if deadline.status in {DeadlineStatus.OPEN, DeadlineStatus.PASSED}:
            state = with_deadline(state, withdraw(deadline, today))
    return changed(state, ended_on=event.ended_on)


def _with(state: ConsolidationState, report: ReceivedReport) -> ConsolidationState:
    return changed(state, inbox={**state.inbox, report.id: report})
