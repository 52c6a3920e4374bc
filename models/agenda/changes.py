"""How a deadline comes to be and changes. Every function returns a new one; none reads a clock.

`today` is always the local date. Refusals carry an `AgendaRefusal` and, where the deadline rests on a rule,
that rule.
"""

from datetime import date

from models.agenda.deadline import (
    AgendaRefusal,
    Basis,
    BasisKind,
    Deadline,
    DeadlineStatus,
    DeadlineSubject,
    LegalEffect,
    Roll,
)
from models.calendar.working import WorkingCalendar
from models.vocabulary.ladders import Rung, RungName
from models.vocabulary.procedure import Id
from models.vocabulary.refusal import refuse_if

_UNFINISHED = (DeadlineStatus.OPEN, DeadlineStatus.PAUSED, DeadlineStatus.PASSED)


def open_deadline(
    calendar: WorkingCalendar,
    *,
    deadline_id: Id,
    subject: Id,
    subject_kind: DeadlineSubject,
    basis: Basis,
    effect: LegalEffect,
    anchor: date,
    budget: int | None = None,
    fixed_on: date | None = None,
    roll: Roll = Roll.FOLLOWING,
    rungs: tuple[Rung, ...] = (),
) -> Deadline:
    """A running deadline of `budget` working days counted from the day after `anchor`, or until `fixed_on`.

    Raises pydantic's ValidationError if it has both, neither, or a statutory effect without a norm.
    """
    deadline = Deadline(
        id=deadline_id,
        subject=subject,
        subject_kind=subject_kind,
        basis=basis,
        effect=effect,
        anchor=anchor,
        budget=budget,
        fixed_on=fixed_on,
        roll=roll,
        running_since=anchor,
        rungs=rungs,
        calendar=calendar.edition,
        due_on=anchor,
    )
    return told(deadline, calendar)


def due_on(deadline: Deadline, calendar: WorkingCalendar) -> date:
    """The due day under a calendar; while paused, the day it was last told to be."""
    if deadline.fixed_on is not None:
        kept = deadline.roll is Roll.KEPT
        return deadline.fixed_on if kept else calendar.working_day_from(deadline.fixed_on)
    if deadline.running_since is None or deadline.budget is None:
        return deadline.due_on
    left = max(deadline.budget - deadline.consumed, 0)
    # With nothing left the day of resumption itself remains, if people work on it.
    return calendar.working_day_from(calendar.add_working_days(deadline.running_since, left))


def told(deadline: Deadline, calendar: WorkingCalendar) -> Deadline:
    """The deadline with its due day computed anew: from here on people are told this day."""
    due = due_on(deadline, calendar)
    return deadline.model_copy(
        update={"due_on": due, "provisional": calendar.provisional(due), "calendar": calendar.edition}
    )


def remaining(deadline: Deadline, calendar: WorkingCalendar, today: date) -> int:
    """Working days left after today; 0 once the due day has come."""
    if deadline.running_since is None and deadline.budget is not None:
        return max(deadline.budget - deadline.consumed, 0)
    return max(calendar.working_days_between(today, deadline.due_on), 0)


def reach(deadline: Deadline, rung: RungName) -> Deadline:
    """The deadline after a rung; EXPIRED makes an open one passed. A rung reached twice is reached once."""
    if rung in deadline.reached:
        return deadline
    passes = rung is RungName.EXPIRED and deadline.status is DeadlineStatus.OPEN
    status = DeadlineStatus.PASSED if passes else deadline.status
    return deadline.model_copy(update={"reached": (*deadline.reached, rung), "status": status})


def extend(
    deadline: Deadline,
    calendar: WorkingCalendar,
    *,
    today: date,
    reason_given: bool,
    until: date | None = None,
    more_days: int | None = None,
    bound: int | None = None,
    override: bool = False,
) -> Deadline:
    """More time, by a date (`until`) or by working days (`more_days`): exactly one of the two.

    `bound` is the most working days an extension may add, None for no bound. `override` allows a second
    extension; neither the bound nor an expiry can be overridden. Rungs that lie ahead again are re-armed:
    a reminder of the old date is none of the new one.

    Raises Refused (EXTENSION_…, DEADLINE_PAUSED, DEADLINE_NOT_OPEN), ValueError if both or neither length
    is given.
    """
    if (until is None) == (more_days is None):
        raise ValueError("an extension is given by a date or by working days")
    _refuse_extension_itself(deadline, today, reason_given, override)
    later = told(_with_more_time(deadline, calendar, until, more_days), calendar)
    added = calendar.working_days_between(deadline.due_on, later.due_on)
    facts = {"due_on": deadline.due_on.isoformat(), "until": later.due_on.isoformat()}
    refuse_if(later.due_on <= deadline.due_on, AgendaRefusal.EXTENSION_NOT_LATER, _rule(deadline), **facts)
    too_long = bound is not None and added > bound
    refuse_if(too_long, AgendaRefusal.EXTENSION_TOO_LONG, _rule(deadline), bound=str(bound), **facts)
    return _rearmed(later.model_copy(update={"extensions": deadline.extensions + 1}), calendar, today)


def extended_by_addressee(
    deadline: Deadline,
    calendar: WorkingCalendar,
    *,
    today: date,
    decided_on: date,
    until: date,
    notice_days: int,
    bound: int | None,
) -> Deadline:
    """More time that whoever considers gave itself, `decided_on` a local date of its own act.

    It has to be told within `notice_days` working days of that, and may be told when the term is over.

    Raises Refused (EXTENSION_TOLD_LATE, and what `extend` raises).
    """
    told_by = calendar.add_working_days(decided_on, notice_days)
    facts = {"decided_on": decided_on.isoformat(), "told_by": told_by.isoformat()}
    refuse_if(today > told_by, AgendaRefusal.EXTENSION_TOLD_LATE, _rule(deadline), **facts)
    running = deadline
    if deadline.status is DeadlineStatus.PASSED and decided_on <= deadline.due_on:
        running = deadline.model_copy(update={"status": DeadlineStatus.OPEN})
    return extend(running, calendar, today=decided_on, reason_given=True, until=until, bound=bound)


def pause(deadline: Deadline, calendar: WorkingCalendar, today: date) -> Deadline:
    """Stop counting: today still counts, the working days left are kept, no rung is reached meanwhile.

    A deadline by date becomes one by working days: a kept date could pass while nobody was to act.
    Raises Refused (ALREADY_PAUSED, PAUSE_AFTER_EXPIRY, DEADLINE_NOT_OPEN).
    """
    paused = deadline.status is DeadlineStatus.PAUSED
    rule, awaited = _rule(deadline), deadline.subject_kind.value
    refuse_if(paused, AgendaRefusal.ALREADY_PAUSED, rule, deadline=deadline.id, awaited=awaited)
    due = deadline.due_on.isoformat()
    refuse_if(_expired(deadline, today), AgendaRefusal.PAUSE_AFTER_EXPIRY, rule, awaited=awaited, due_on=due)
    closed = not _open(deadline)
    refuse_if(closed, AgendaRefusal.DEADLINE_NOT_OPEN, rule, deadline=deadline.id, awaited=awaited)
    since = deadline.running_since or deadline.anchor
    used = max(calendar.working_days_between(since, today), 0)
    left = max(calendar.working_days_between(max(since, today), deadline.due_on), 0)
    return deadline.model_copy(
        update={
            "status": DeadlineStatus.PAUSED,
            "budget": deadline.consumed + used + left,
            "fixed_on": None,
            "consumed": deadline.consumed + used,
            "running_since": None,
        }
    )


def resume(deadline: Deadline, calendar: WorkingCalendar, today: date) -> Deadline:
    """Count on from the day after `today` with the working days left. Raises Refused (NOT_PAUSED)."""
    paused = deadline.status is DeadlineStatus.PAUSED
    awaited = deadline.subject_kind.value
    refuse_if(not paused, AgendaRefusal.NOT_PAUSED, _rule(deadline), deadline=deadline.id, awaited=awaited)
    running = {"status": DeadlineStatus.OPEN, "running_since": today}
    return told(deadline.model_copy(update=running), calendar)


def meet(deadline: Deadline, on: date) -> Deadline:
    """What was awaited was received `on` a local date, which may lie back.

    Raises Refused (DEADLINE_NOT_OPEN).
    """
    return _ended(deadline, DeadlineStatus.MET, on)


def withdraw(deadline: Deadline, on: date) -> Deadline:
    """Nothing is awaited any more. Raises Refused (DEADLINE_NOT_OPEN)."""
    return _ended(deadline, DeadlineStatus.WITHDRAWN, on)


def _ended(deadline: Deadline, status: DeadlineStatus, on: date) -> Deadline:
    unfinished = deadline.status in _UNFINISHED
    rule, awaited = _rule(deadline), deadline.subject_kind.value
    refuse_if(not unfinished, AgendaRefusal.DEADLINE_NOT_OPEN, rule, deadline=deadline.id, awaited=awaited)
    return deadline.model_copy(update={"status": status, "ended_on": on})


def _refuse_extension_itself(deadline: Deadline, today: date, reason_given: bool, override: bool) -> None:
    """The checks that do not depend on the new date."""
    rule, due = _rule(deadline), deadline.due_on.isoformat()
    awaited = deadline.subject_kind.value
    refuse_if(_expired(deadline, today), AgendaRefusal.EXTENSION_AFTER_EXPIRY, rule, due_on=due)
    paused = deadline.status is DeadlineStatus.PAUSED
    refuse_if(paused, AgendaRefusal.DEADLINE_PAUSED, rule, deadline=deadline.id, awaited=awaited)
    closed = not _open(deadline)
    refuse_if(closed, AgendaRefusal.DEADLINE_NOT_OPEN, rule, deadline=deadline.id, awaited=awaited)
    refuse_if(not reason_given, AgendaRefusal.EXTENSION_WITHOUT_REASON, rule, due_on=due)
    refuse_if(deadline.extensions > 0 and not override, AgendaRefusal.EXTENSION_TWICE, rule, due_on=due)


def _with_more_time(
    deadline: Deadline, calendar: WorkingCalendar, until: date | None, more_days: int | None
) -> Deadline:
    if until is None and deadline.budget is not None:
        longer = deadline.model_copy(update={"budget": deadline.budget + (more_days or 0)})
        # Nothing was left, and a day off was resumed on: the day people were told is the last one used up.
        spent = deadline.budget <= deadline.consumed
        return longer.model_copy(update={"running_since": deadline.due_on}) if spent else longer
    date_told = until or calendar.add_working_days(deadline.due_on, max(more_days or 0, 0))
    # Whoever is given a date is held to that date, not to a number of days it happened to be.
    return deadline.model_copy(update={"budget": None, "fixed_on": date_told})


def _rearmed(deadline: Deadline, calendar: WorkingCalendar, today: date) -> Deadline:
    ahead = {
        rung.name
        for rung in deadline.rungs
        if calendar.working_days_between(today, deadline.due_on) + rung.working_days > 0
    }
    return deadline.model_copy(update={"reached": tuple(r for r in deadline.reached if r not in ahead)})


def _expired(deadline: Deadline, today: date) -> bool:
    return deadline.status is DeadlineStatus.PASSED or (_open(deadline) and today > deadline.due_on)


def _open(deadline: Deadline) -> bool:
    return deadline.status is DeadlineStatus.OPEN


def _rule(deadline: Deadline) -> str:
    return deadline.basis.reference if deadline.basis.kind is BasisKind.RULE else ""
