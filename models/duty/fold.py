"""The fold of a duty's journal (rule 13)."""

from collections.abc import Iterable

from models.agenda.deadline import DeadlineSubject, deadline_id
from models.duty.letters import letters_of_duty
from models.duty.state import DutyState, Evidence, PastPeriod
from models.events import (
    CountedReportPublished,
    DutyBegun,
    DutyBreached,
    DutyBriefed,
    DutyCorrected,
    DutyEnded,
    DutyFulfilled,
    DutyPeriodBegun,
    DutyPeriodEnded,
    Entry,
    MonitoringCounted,
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
from models.vocabulary.procedure import Id

DUTY_FOLDS: Folds[DutyState] = common_folds()


def apply_duty(state: DutyState | None, entry: Entry) -> DutyState:
    """The state after one entry. Raises `BrokenJournal` if the entry does not follow the state."""
    check_follows(state.seq if state else None, entry, isinstance(entry.event, DutyBegun))
    if isinstance(entry.event, DutyBegun):
        after = _begun(entry.event, entry)
    else:
        assert state is not None
        after = DUTY_FOLDS[type(entry.event)](state, entry.event, entry)
    after = counted(after, entry)
    return with_letters(after, letters_of_duty(after, entry))


def fold_duty(entries: Iterable[Entry], state: DutyState | None = None) -> DutyState | None:
    """The state after a run of entries."""
    for entry in entries:
        state = apply_duty(state, entry)
    return state


def _begun(event: DutyBegun, entry: Entry) -> DutyState:
    return DutyState(
        seq=entry.seq,
        edition=event.briefing.edition,
        calendar=event.calendar,
        duty_mark=event.mark,
        kind=event.kind,
        briefing=event.briefing,
    )


@registered(DUTY_FOLDS, DutyBriefed)
def duty_briefed(state: DutyState, event: DutyBriefed, _: Entry) -> DutyState:
    return changed(state, briefing=event.briefing)


@registered(DUTY_FOLDS, DutyPeriodBegun)
def duty_period_begun(state: DutyState, event: DutyPeriodBegun, _: Entry) -> DutyState:
    state = changed(state, period=event.period, edition=event.edition)
    return with_deadline(state, event.deadline) if event.deadline else state


@registered(DUTY_FOLDS, MonitoringCounted)
def monitoring_counted(state: DutyState, event: MonitoringCounted, _: Entry) -> DutyState:
    evidence = Evidence(
        number=event.number,
        version=event.version,
        counted_on=event.counted_on,
        approved_on=event.approved_on,
        publication_due=event.publication_due,
    )
    return changed(state, evidence={**state.evidence, event.number: evidence})


@registered(DUTY_FOLDS, DutyFulfilled)
def duty_fulfilled(state: DutyState, event: DutyFulfilled, entry: Entry) -> DutyState:
    return _settled(state, event.period, entry)


@registered(DUTY_FOLDS, CountedReportPublished)
def counted_report_published(state: DutyState, event: CountedReportPublished, _: Entry) -> DutyState:
    known = state.evidence[event.number].model_copy(update={"published_on": event.published_on})
    return changed(state, evidence={**state.evidence, event.number: known})


@registered(DUTY_FOLDS, DutyBreached)
def duty_breached(state: DutyState, _: DutyBreached, __: Entry) -> DutyState:
    """A fact on record; the period's end, which follows, holds the verdict."""
    return state


@registered(DUTY_FOLDS, DutyPeriodEnded)
def duty_period_ended(state: DutyState, event: DutyPeriodEnded, _: Entry) -> DutyState:
    assert state.period is not None
    past = PastPeriod(period=state.period, verdict=event.verdict)
    return changed(state, past=(*state.past, past), period=None)


@registered(DUTY_FOLDS, DutyCorrected)
def duty_corrected(state: DutyState, event: DutyCorrected, entry: Entry) -> DutyState:
    past = tuple(
        p.model_copy(update={"corrected": event.verdict}) if p.period.id == event.period else p
        for p in state.past
    )
    return _settled(changed(state, past=past), event.period, entry)


@registered(DUTY_FOLDS, DutyEnded)
def duty_ended(state: DutyState, event: DutyEnded, entry: Entry) -> DutyState:
    return changed(all_withdrawn(state, entry), ended_on=event.ended_on)


def _settled(state: DutyState, period: Id, entry: Entry) -> DutyState:
    """What the period awaited has come: its deadline speaks no more."""
    return met(state, deadline_id(DeadlineSubject.DUTY, period), entry)
