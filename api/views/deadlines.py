"""Deadlines as they are shown: what each rests on, how far it binds, how it came about."""

from datetime import date, datetime

from pydantic import BaseModel, Field

from api.access.policy import Access
from api.calendar.sentences import said_of
from locales.due import basis_said
from models.agenda.changes import remaining
from models.agenda.deadline import Basis, Deadline, DeadlineStatus, DeadlineSubject, LegalEffect
from models.agenda.explained import DeadlineExplanation, explain_deadline
from models.agenda.rungs import rung_at
from models.calendar.edition import CalendarEdition
from models.calendar.explained import CountedDay
from models.calendar.working import WorkingCalendar
from models.monitoring.grounds import day_ground
from models.monitoring.state import MonitoringState
from models.vocabulary.access import Action
from models.vocabulary.ladders import RungName
from models.vocabulary.procedure import Id, Language


class RungView(BaseModel):
    """A step at which the deadline speaks. `at` is absent while the deadline is paused."""

    name: RungName
    working_days: int = Field(description="Before (negative) or after the due day.")
    at: datetime | None
    reached: bool
    left_out: bool = Field(description="It would precede the first day: a short deadline has no room for it.")


class DeadlineView(BaseModel):
    """One deadline. Only a statutory one may be called “by law”."""

    id: Id
    subject_kind: DeadlineSubject
    subject: Id
    status: DeadlineStatus
    late: bool
    basis: Basis
    effect: LegalEffect
    by_law: bool
    said: str = Field(description="The basis in a sentence, as letters say it.")
    anchor: date
    due_on: date = Field(description="What people were told.")
    provisional: bool = Field(description="Transfers of days off in that year are not announced yet.")
    remaining_working_days: int | None = Field(description="After today; absent once it has ended.")
    extensions: int
    ended_on: date | None
    calendar: str = Field(description="The edition of the calendar it was computed with.")
    rungs: tuple[RungView, ...]


class DeadlineExplanationView(BaseModel):
    """How the due day came about, day by day, with names and acts of the edition it was computed with."""

    deadline: DeadlineView
    explanation: DeadlineExplanation
    days: tuple[CountedDay, ...]
    named: bool = Field(description="Whether the edition is at hand; else days have no names.")
    said: tuple[str, ...] = Field(description="The same in sentences.")


def deadlines_seen(access: Access) -> tuple[Deadline, ...]:
    """All of them for whoever sees everything or reads as a member, else the deadline of the own reply."""
    deadlines = tuple(access.state.deadlines.values())
    if access.sees_everything or Action.READ_AS_MEMBER in access.may:
        return deadlines
    return tuple(
        each
        for each in deadlines
        if each.subject_kind is DeadlineSubject.REPLY and access.answers_for(each.subject)
    )


def deadline_view(
    deadline: Deadline, state: MonitoringState, today: date, language: Language
) -> DeadlineView:
    """A deadline of a monitoring, whose own calendar moves its rungs."""
    calendar = state.calendar
    unfinished = deadline.status in (DeadlineStatus.OPEN, DeadlineStatus.PAUSED, DeadlineStatus.PASSED)
    return DeadlineView(
        id=deadline.id,
        subject_kind=deadline.subject_kind,
        subject=deadline.subject,
        status=deadline.status,
        late=deadline.late,
        basis=deadline.basis,
        effect=deadline.effect,
        by_law=deadline.by_law,
        said=basis_said(language, deadline, day_ground(state, deadline)),
        anchor=deadline.anchor,
        due_on=deadline.due_on,
        provisional=deadline.provisional,
        remaining_working_days=remaining(deadline, calendar, today) if unfinished else None,
        extensions=deadline.extensions,
        ended_on=deadline.ended_on,
        calendar=deadline.calendar,
        rungs=_rungs(deadline, calendar),
    )


def _rungs(deadline: Deadline, calendar: WorkingCalendar) -> tuple[RungView, ...]:
    paused = deadline.status is DeadlineStatus.PAUSED
    moments = [(rung, rung_at(deadline, rung, calendar)) for rung in deadline.rungs]
    return tuple(
        RungView(
            name=rung.name,
            working_days=rung.working_days,
            at=None if paused else at,
            reached=rung.name in deadline.reached,
            left_out=calendar.local_date(at) <= deadline.anchor,
        )
        for rung, at in moments
    )


def explained(
    deadline: Deadline,
    state: MonitoringState,
    edition: CalendarEdition | None,
    extended: tuple[str, ...],
    today: date,
    language: Language,
) -> DeadlineExplanationView:
    """The explanation by the `edition` the deadline was computed with; without it, by the calendar held.
    `extended` says by whom it was, and why."""
    calendar = edition.working_calendar() if edition else state.calendar
    explanation = explain_deadline(deadline, calendar, edition.named() if edition else None)
    return DeadlineExplanationView(
        deadline=deadline_view(deadline, state, today, language),
        explanation=explanation,
        days=explanation.count.all_days if explanation.count else (),
        named=edition is not None,
        said=(*said_of(language, explanation), *extended),
    )
