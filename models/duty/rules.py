"""Rule 13: comprehensive monitoring at least once a year (1), thematic monitoring regularly (2).

The year is read by the switches of A3; «regularly» (A4) is an interval that reminds and is never breached.
"""

from datetime import date, timedelta

from models.agenda.changes import open_deadline
from models.agenda.deadline import Basis, BasisKind, Deadline, DeadlineSubject, LegalEffect, Roll, deadline_id
from models.agenda.terms import months_later
from models.calendar.working import WorkingCalendar
from models.duty.counting import counted_by
from models.duty.state import DutyState
from models.events import (
    Briefing,
    CountedReportPublished,
    DutyBegun,
    DutyBreached,
    DutyBriefed,
    DutyCorrected,
    DutyEnded,
    DutyEvent,
    DutyFulfilled,
    DutyPeriod,
    DutyPeriodBegun,
    DutyPeriodEnded,
    MonitoringCounted,
    PeriodVerdict,
)
from models.proceeding.succession import succeeded
from models.vocabulary.editions import Edition, YearScope, YearWindow
from models.vocabulary.procedure import Kind, Mark, OrganisationKind

_ONE_DAY = timedelta(days=1)
_YEAR_MONTHS = 12


def owes(kind: OrganisationKind, edition: Edition) -> bool:
    """Rule 13: the authorized body and, unless the year is counted for the whole system, each division."""
    if kind is OrganisationKind.AUTHORIZED_BODY:
        return True
    each = edition.switches.year_scope is YearScope.EACH_CONDUCTOR
    return kind is OrganisationKind.TERRITORIAL_DIVISION and each


def begin_duty(
    mark: Mark, kind: Kind, briefing: Briefing, calendar: WorkingCalendar, today: date
) -> tuple[DutyEvent, ...]:
    """The duty and its first period: the calendar year in course, or an interval from today.

    A duty that is taken up in mid-year warns of what lies ahead, not of what it could not have said. What was
    done before the installation was founded counts like any other.
    """
    period = period_from(kind, briefing, _first_day(kind, briefing.edition, today))
    return (
        DutyBegun(mark=mark, kind=kind, briefing=briefing, calendar=calendar),
        _period_begun(kind, briefing, calendar, period, today),
        *_done_before(kind, briefing, period),
    )


def _done_before(kind: Kind, briefing: Briefing, period: DutyPeriod) -> tuple[DutyEvent, ...]:
    counted = counted_before(kind, briefing)
    inside = next((each for each in counted if period.contains(each.counted_on)), None)
    return (*counted, DutyFulfilled(period=period.id, number=inside.number)) if inside else counted


def counted_before(kind: Kind, briefing: Briefing) -> tuple[MonitoringCounted, ...]:
    """What was done before the founding and counts: by the body, and by those whose duty it carries on."""
    return tuple(
        MonitoringCounted(
            number=done.number,
            version=1,
            counted_on=day,
            approved_on=done.approved_on,
            publication_due=False,  # it was not conducted in this system: rule 19 is not followed here
        )
        for done in briefing.done_before
        if done.kind is kind
        and (day := counted_by(briefing.edition, done.started_on, done.ended_on, done.approved_on))
    )


def brief_duty(state: DutyState, briefing: Briefing, today: date) -> tuple[DutyEvent, ...]:
    """What the registries say now. A body that is gone ends the duty: exempt, or judged as it stands (A3)."""
    if briefing == state.briefing:
        return ()
    told = DutyBriefed(briefing=briefing)
    passed = succeeded(state, briefing.succession)
    gone = briefing.exists_until is not None and briefing.exists_until < today
    if not gone and owes(briefing.body.kind, briefing.edition):
        return (told, *passed, *_taken_on(state, briefing, today))
    last_day = briefing.exists_until or today
    ended = DutyEnded(ended_on=last_day)
    if state.period is None:
        return (told, *passed, ended)
    closing = state.model_copy(update={"briefing": briefing})
    exempt = gone and briefing.edition.switches.year_prorated and not state.fulfilled
    verdict = PeriodVerdict.EXEMPT if exempt else verdict_of(closing, state.period)
    return (told, *passed, *_ended(closing, state.period, verdict), ended)


def _taken_on(state: DutyState, briefing: Briefing, today: date) -> tuple[DutyPeriodBegun, ...]:
    """A3: whoever carries another body's duty on is as old as that, also where it was on file before it.

    Its first year, begun as that of a younger body, is exempt no more.
    """
    period = state.period
    if period is None or not period.exempt or not briefing.carries_on:
        return ()
    owed = period_from(state.kind, briefing, period.begins_on)
    if owed.exempt:
        return ()
    begun = _period_begun(state.kind, briefing, state.calendar, owed, today)
    settled = {"deadline": None} if state.fulfilled else {}
    return (begun.model_copy(update={"taken_on": True, **settled}),)


def count_monitoring(
    state: DutyState, counted: MonitoringCounted, correction_told: bool
) -> tuple[DutyEvent, ...]:
    """Evidence arrives, once per version of its report; what is dated in a past period corrects it.

    `correction_told` is whether a correction is written about to those who heard of the breach.
    """
    known = state.evidence.get(counted.number)
    if known is not None and known.version >= counted.version:
        return ()
    events: list[DutyEvent] = [counted]
    if state.period is not None and state.period.contains(counted.counted_on) and not state.fulfilled:
        events.append(DutyFulfilled(period=state.period.id, number=counted.number))
    for past in state.past:
        inside = past.period.contains(counted.counted_on)
        if inside and past.standing is not PeriodVerdict.FULFILLED:
            told = correction_told and past.standing is PeriodVerdict.BREACHED
            events.append(
                DutyCorrected(
                    period=past.period.id, verdict=PeriodVerdict.FULFILLED, number=counted.number, told=told
                )
            )
    return tuple(events)


def record_publication(state: DutyState, published: CountedReportPublished) -> tuple[DutyEvent, ...]:
    """Rule 19: a report that was still owed to the public is published."""
    known = state.evidence.get(published.number)
    return (published,) if known is not None and known.publication_owed else ()


def period_over(state: DutyState) -> date | None:
    """The first local date after the current period, or after a thematic interval that was fulfilled."""
    if state.ended or state.period is None:
        return None
    return state.period.ends_on + _ONE_DAY


def turn_period(state: DutyState) -> tuple[DutyEvent, ...]:
    """The period's end: its verdict for good, and the next period."""
    period = state.period
    assert period is not None, "a duty that has not ended has a period"
    following = period_from(state.kind, state.briefing, period.ends_on + _ONE_DAY)
    begun = _period_begun(state.kind, state.briefing, state.calendar, following, following.begins_on)
    return (*_ended(state, period, verdict_of(state, period)), begun)


def verdict_of(state: DutyState, period: DutyPeriod) -> PeriodVerdict:
    """How a period stands: what was counted fulfils it, else the kind of duty decides."""
    if state.within(period):
        return PeriodVerdict.FULFILLED
    if period.exempt:
        return PeriodVerdict.EXEMPT
    return PeriodVerdict.BREACHED if state.kind is Kind.COMPREHENSIVE else PeriodVerdict.LAPSED


def _ended(state: DutyState, period: DutyPeriod, verdict: PeriodVerdict) -> tuple[DutyEvent, ...]:
    numbers = tuple(evidence.number for evidence in state.within(period))
    ended = DutyPeriodEnded(period=period.id, verdict=verdict, numbers=numbers)
    return (DutyBreached(period=period.id), ended) if verdict is PeriodVerdict.BREACHED else (ended,)


def _first_day(kind: Kind, edition: Edition, today: date) -> date:
    calendar_year = edition.switches.year_window is YearWindow.CALENDAR_YEAR
    return date(today.year, 1, 1) if kind is Kind.COMPREHENSIVE and calendar_year else today


def period_from(kind: Kind, briefing: Briefing, begins_on: date) -> DutyPeriod:
    """The period that begins on a day. A body younger than the period is exempt where the switch says so, and
    everybody in the year in which duties began to count: what was before it nobody here knows."""
    switches = briefing.edition.switches
    months = _YEAR_MONTHS if kind is Kind.COMPREHENSIVE else switches.thematic_interval_months
    if kind is Kind.COMPREHENSIVE and switches.year_window is YearWindow.CALENDAR_YEAR:
        ends_on, name = date(begins_on.year, 12, 31), str(begins_on.year)
    else:
        ends_on, name = months_later(begins_on, months) - _ONE_DAY, begins_on.isoformat()
    younger = switches.year_prorated and briefing.exists_from > begins_on
    uncounted = briefing.counted_from is not None and briefing.counted_from > begins_on
    exempt = kind is Kind.COMPREHENSIVE and (younger or uncounted)
    return DutyPeriod(id=name, begins_on=begins_on, ends_on=ends_on, exempt=exempt)


def _period_begun(
    kind: Kind, briefing: Briefing, calendar: WorkingCalendar, period: DutyPeriod, today: date
) -> DutyPeriodBegun:
    deadline = None if period.exempt else _deadline(kind, briefing.edition, calendar, period, today)
    return DutyPeriodBegun(period=period, edition=briefing.edition, deadline=deadline)


def _deadline(
    kind: Kind, edition: Edition, calendar: WorkingCalendar, period: DutyPeriod, today: date
) -> Deadline:
    """The one dated duty of the Rules (13.1); for thematic monitoring an interval of the edition (13.2)."""
    yearly = kind is Kind.COMPREHENSIVE
    basis = BasisKind.RULE if yearly else BasisKind.EDITION
    return open_deadline(
        calendar,
        deadline_id=deadline_id(DeadlineSubject.DUTY, period.id),
        subject=period.id,
        subject_kind=DeadlineSubject.DUTY,
        basis=Basis(kind=basis, reference="13.1" if yearly else edition.id),
        effect=LegalEffect.STATUTORY if yearly else LegalEffect.SERVICE,
        anchor=max(period.begins_on, today),
        fixed_on=period.ends_on,
        roll=Roll.KEPT,
        rungs=edition.ladders.yearly_duty if yearly else edition.ladders.thematic_duty,
    )
