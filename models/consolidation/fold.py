"""The fold of a consolidation's journal (rules 17, 18)."""

from collections.abc import Iterable

from models.agenda.deadline import DeadlineSubject, deadline_id
from models.consolidation.lately import Lately
from models.consolidation.letters import letters_of_consolidation
from models.consolidation.state import Completion, ConsolidationState, PastRound
from models.events import (
    ConsolidationBegun,
    ConsolidationBriefed,
    ConsolidationEnded,
    Entry,
    InboxKeptApart,
    PaperReportRegistered,
    ReceivedReportConsidered,
    ReportReceived,
    ReviewRoundBegun,
    ReviewRoundCompleted,
    ReviewRoundEnded,
)
from models.proceeding.fold import (
    all_withdrawn,
    check_follows,
    common_folds,
    counted,
    met,
    with_deadline,
    with_letters,
)
from models.proceeding.registry import Folds, changed, registered
from models.report.inbox import KnownReport, known_of
from models.report.received import ReceivedReport

CONSOLIDATION_FOLDS: Folds[ConsolidationState] = common_folds()


def apply_consolidation(state: ConsolidationState | None, entry: Entry) -> ConsolidationState:
    """The state after one entry. Raises `BrokenJournal` if the entry does not follow the state."""
    check_follows(state.seq if state else None, entry, isinstance(entry.event, ConsolidationBegun))
    if isinstance(entry.event, ConsolidationBegun):
        after = _begun(entry.event, entry)
    else:
        assert state is not None
        after = CONSOLIDATION_FOLDS[type(entry.event)](state, entry.event, entry)
    after = counted(after, entry)
    return with_letters(after, letters_of_consolidation(after, entry))


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


@registered(CONSOLIDATION_FOLDS, InboxKeptApart)
def inbox_kept_apart(state: ConsolidationState, _: InboxKeptApart, entry: Entry) -> ConsolidationState:
    """Nothing of it is remembered here: what is asked of it from now on is read first. Of an empty one, whose
    list nobody can have read too early, everything that changes is known."""
    return changed(state, inbox={}, lately=Lately(since=entry.seq if state.inbox else 0))


@registered(CONSOLIDATION_FOLDS, ReportReceived)
def report_received(state: ConsolidationState, event: ReportReceived, entry: Entry) -> ConsolidationState:
    return _with(state, event.report, entry)


@registered(CONSOLIDATION_FOLDS, PaperReportRegistered)
def paper_report_registered(
    state: ConsolidationState, event: PaperReportRegistered, entry: Entry
) -> ConsolidationState:
    return _with(state, event.report, entry)


@registered(CONSOLIDATION_FOLDS, ReceivedReportConsidered)
def received_report_considered(
    state: ConsolidationState, event: ReceivedReportConsidered, entry: Entry
) -> ConsolidationState:
    if state.lately is None:
        known = state.inbox[event.report].model_copy(update={"considered": event.considered})
        return _with(state, known, entry)
    assert event.way is not None, "what is kept apart is considered as it was read"
    assert event.version is not None, "what is kept apart is considered as it was read"
    considered = KnownReport(
        id=event.report, way=event.way, version=event.version, considered_on=event.considered.on
    )
    return changed(state, lately=state.lately.with_change(entry.seq, considered))


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
        considered_besides=event.considered_besides,
        unconsidered_besides=event.unconsidered_besides,
    )
    awaited = deadline_id(DeadlineSubject.REVIEW, str(event.round))
    return met(changed(state, completion=completion), awaited, entry)


@registered(CONSOLIDATION_FOLDS, ReviewRoundEnded)
def review_round_ended(state: ConsolidationState, event: ReviewRoundEnded, _: Entry) -> ConsolidationState:
    assert state.round is not None
    past = PastRound(round=state.round, outcome=event.outcome, completion=state.completion)
    return changed(state, past=(*state.past, past), round=None, completion=None)


@registered(CONSOLIDATION_FOLDS, ConsolidationEnded)
def consolidation_ended(
    state: ConsolidationState, event: ConsolidationEnded, entry: Entry
) -> ConsolidationState:
    return changed(all_withdrawn(state, entry), ended_on=event.ended_on)


def _with(state: ConsolidationState, report: ReceivedReport, entry: Entry) -> ConsolidationState:
    if state.lately is None:
        return changed(state, inbox={**state.inbox, report.id: report})
    return changed(state, lately=state.lately.with_change(entry.seq, known_of(report)))
