"""Time is given, refused, stopped and let run on: each time the new day and the letters are told before."""

from collections.abc import Iterable
from typing import Any

from activities.registries.lookup import Lookup
from api.commands.idempotency import RequestKey
from api.pages.desk.body_asked import BodyQuestion
from api.pages.desk.coordinating import MonitoringSitting
from api.pages.desk.question_form import MonitoringQuestions
from api.pages.desk.questions import (
    MISSING,
    Answers,
    AnyQuestion,
    DayQuestion,
    LineQuestion,
    Perhaps,
    TextQuestion,
)
from api.pages.desk.term_day import TermDayQuestion
from api.pages.forms.form import Line, Reading
from api.pages.forms.typed import Fault, Typed
from locales.catalogue import text
from locales.dates import say_date
from locales.due import basis_said
from locales.terms import term
from models.agenda.deadline import AgendaRefusal, Deadline, DeadlineStatus, DeadlineSubject
from models.commands import ExtendDeadline, PauseDeadline, RefuseExtension, ResumeDeadline
from models.monitoring.grounds import day_ground
from models.monitoring.state import MonitoringState
from models.vocabulary.actors import Authority
from models.vocabulary.procedure import Id

UNTIL, REASON = TermDayQuestion("until"), TextQuestion("reason")
ALLOWED_BY, ACT, DATED = (
    Perhaps(BodyQuestion("allowed_by")),
    Perhaps(LineQuestion("act")),
    Perhaps(DayQuestion("dated")),
)
_AUTHORITY: tuple[Perhaps[Any], ...] = (ALLOWED_BY, ACT, DATED)
_ENDED = frozenset({"monitoring_ended", "deadline_unknown", AgendaRefusal.DEADLINE_NOT_OPEN.value})


class DeadlineForm(MonitoringQuestions):
    """About one deadline: what is awaited of whom, until when and on what ground."""

    def things(self, state: MonitoringState) -> Iterable[Id]:
        return state.deadlines

    async def about_lines(self, sitting: MonitoringSitting) -> tuple[Line, ...]:
        language, deadline = sitting.language, sitting.state.deadlines[sitting.about]
        said = {"awaited": term(language, deadline.subject_kind)}
        if (whom := await _whom(sitting, deadline)) is not None:
            said["whom"] = whom
        said |= {
            "due": f"{say_date(language, deadline.due_on)}, {term(language, deadline.status)}",
            "basis": basis_said(language, deadline, day_ground(sitting.state, deadline)),
        }
        return tuple(
            Line(label=text(language, f"page.desk.deadline.{name}"), value=value)
            for name, value in said.items()
        )


async def _whom(sitting: MonitoringSitting, deadline: Deadline) -> str | None:
    """The body that it is awaited of, where it is a body."""
    state, subject = sitting.state, deadline.subject
    match deadline.subject_kind:
        case DeadlineSubject.REPLY | DeadlineSubject.RECEIPT:
            body: Id | None = subject
        case DeadlineSubject.INFORMATION_REQUEST:
            body = state.requests[subject].holder if subject in state.requests else None
        case DeadlineSubject.IMPLEMENTATION:
            body = state.items[subject].addressee if subject in state.items else None
        case _:
            body = None
    if body is None:
        return None
    return await Lookup(sitting.session, sitting.language, sitting.today).name(body)


class ExtendDeadlineForm(DeadlineForm):
    """More time before it is over, once; a second time only where an act of a named body allows it."""

    command = ExtendDeadline
    path, key = "deadlines/{about}/extension", "extend_deadline"
    questions = (UNTIL, REASON, *_AUTHORITY)
    closing = _ENDED | {AgendaRefusal.EXTENSION_AFTER_EXPIRY.value, AgendaRefusal.DEADLINE_PAUSED.value}
    fields_of_refusals = {
        AgendaRefusal.EXTENSION_NOT_LATER.value: UNTIL.name,
        AgendaRefusal.EXTENSION_TOO_LONG.value: UNTIL.name,
        "asked_too_far_ahead": UNTIL.name,
        "act_in_future": DATED.name,
        "document_unnamed": ACT.name,
    }

    def asked_at(self, sitting: MonitoringSitting) -> tuple[AnyQuestion, ...]:
        return self.questions if _again(sitting) else (UNTIL, REASON)

    def abouts(self, state: MonitoringState) -> Iterable[Id]:
        return _standing(state, DeadlineStatus.OPEN)

    def any_answer(self, sitting: MonitoringSitting) -> Answers:
        state, today = sitting.state, sitting.today
        given = {each.name: each.any(today) for each in self.questions}
        if _again(sitting):
            given |= {each.name: each.question.any(today) for each in _AUTHORITY}
        later = max(state.deadlines[sitting.about].due_on, today)
        return Answers(given={**given, UNTIL.name: state.calendar.add_working_days(later, 1)})

    async def read(self, typed: Typed, sitting: MonitoringSitting) -> Reading[Answers]:
        """An act that allows it is named in whole."""
        reading = await super().read(typed, sitting)
        without = [each for each in _AUTHORITY if each.empty(typed)]
        if len(without) == len(_AUTHORITY):
            return reading
        lacking = (
            Fault(field=each.name, key=MISSING, params={"question": self.label(sitting.language, each)})
            for each in without
        )
        faults = (*reading.faults, *lacking)
        return Reading(None, faults) if faults else reading

    async def filled(self, said: Answers, sitting: MonitoringSitting, key: RequestKey) -> ExtendDeadline:
        by, act, dated = said[ALLOWED_BY], said[ACT], said[DATED]
        authority = Authority(organisation=by, act=act, dated=dated) if by and act and dated else None
        return ExtendDeadline(
            **sitting.by(key),
            deadline=sitting.about,
            until=said[UNTIL],
            reason=said[REASON].sha256,
            override=authority is not None,
            authority=authority,
        )


class RefuseExtensionForm(DeadlineForm):
    """The time that an addressee asked for is not given, and why."""

    command = RefuseExtension
    path, key = "deadlines/{about}/extension-refusal", "refuse_extension"
    questions = (REASON,)
    closing = _ENDED | {"more_time_not_asked"}

    def abouts(self, state: MonitoringState) -> Iterable[Id]:
        asked = (each.deadline for each in state.addressees.values() if each.more_time_until is not None)
        return tuple(deadline for deadline in asked if deadline is not None)

    async def about_lines(self, sitting: MonitoringSitting) -> tuple[Line, ...]:
        addressee = sitting.state.addressees.get(sitting.state.deadlines[sitting.about].subject)
        asked = addressee.more_time_until if addressee else None
        lines = await super().about_lines(sitting)
        if asked is None:
            return lines
        label = text(sitting.language, "page.desk.deadline.asked_until")
        return (*lines, Line(label=label, value=say_date(sitting.language, asked)))

    async def filled(self, said: Answers, sitting: MonitoringSitting, key: RequestKey) -> RefuseExtension:
        return RefuseExtension(**sitting.by(key), deadline=sitting.about, reason=said[REASON].sha256)


class PauseDeadlineForm(DeadlineForm):
    """The clock stops, e.g. while we owe the other side an answer; the days left are kept."""

    command = PauseDeadline
    path, key = "deadlines/{about}/pause", "pause_deadline"
    questions = (REASON,)
    closing = _ENDED | {AgendaRefusal.ALREADY_PAUSED.value, AgendaRefusal.PAUSE_AFTER_EXPIRY.value}

    def abouts(self, state: MonitoringState) -> Iterable[Id]:
        return _standing(state, DeadlineStatus.OPEN)

    async def filled(self, said: Answers, sitting: MonitoringSitting, key: RequestKey) -> PauseDeadline:
        return PauseDeadline(**sitting.by(key), deadline=sitting.about, reason=said[REASON].sha256)


class ResumeDeadlineForm(DeadlineForm):
    """The clock runs on from the next day, with the working days that were kept."""

    command = ResumeDeadline
    path, key = "deadlines/{about}/resumption", "resume_deadline"
    closing = _ENDED | {AgendaRefusal.NOT_PAUSED.value}

    def abouts(self, state: MonitoringState) -> Iterable[Id]:
        return _standing(state, DeadlineStatus.PAUSED)

    async def filled(self, said: Answers, sitting: MonitoringSitting, key: RequestKey) -> ResumeDeadline:
        return ResumeDeadline(**sitting.by(key), deadline=sitting.about)


def _again(sitting: MonitoringSitting) -> bool:
    return sitting.state.deadlines[sitting.about].extensions > 0


def _standing(state: MonitoringState, status: DeadlineStatus) -> tuple[Id, ...]:
    return tuple(known for known, deadline in state.deadlines.items() if deadline.status is status)
