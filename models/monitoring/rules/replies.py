"""Addressees' answers and the time they are given. The Rules set no reply time and no duty to answer."""

from datetime import date

from models.agenda.changes import extend, pause, remaining, resume
from models.agenda.deadline import Basis, BasisKind, Deadline, DeadlineStatus, DeadlineSubject, LegalEffect
from models.agenda.terms import extension_bound
from models.commands import (
    AmendReply,
    AnswerReport,
    AskMoreTime,
    ExtendDeadline,
    ItemAnswer,
    PauseDeadline,
    RefuseExtension,
    ResumeDeadline,
)
from models.events import (
    DeadlineExtended,
    DeadlinePaused,
    DeadlineResumed,
    Event,
    ExtensionRefused,
    MoreTimeAsked,
    ReplyAmended,
    ReportAnswered,
)
from models.monitoring.follow_up import plans_as
from models.monitoring.rules.follow_up import implementations_planned
from models.monitoring.rules.receipt import addressee_of
from models.monitoring.rules.registry import decides
from models.monitoring.state import MonitoringState
from models.vocabulary.procedure import Id, Response
from models.vocabulary.refusal import Refusal, refuse_all, refuse_if

_GIVEN_BY_SENDER = {"basis": Basis(kind=BasisKind.AGREED), "effect": LegalEffect.NONE}


@decides(AnswerReport)
def answer_report(state: MonitoringState, command: AnswerReport, today: date) -> tuple[Event, ...]:
    """One answer for all items of the decision that concern the body; a late one still counts."""
    addressee = addressee_of(state, command.addressee)
    refuse_if(addressee.answered_on is not None, "answered_already", "17", on=str(addressee.answered_on))
    own = {item.id: item for item in state.items.values() if item.addressee == command.addressee}
    standing = frozenset(known for known, item in own.items() if item.answer is not None)
    _refuse_answers(command.answers, frozenset(own), standing)
    answered = ReportAnswered(addressee=command.addressee, answers=command.answers, reply=command.reply)
    return (answered, *implementations_planned(state, command.answers, today))


@decides(AmendReply)
def amend_reply(state: MonitoringState, command: AmendReply, today: date) -> tuple[Event, ...]:
    """All of it anew, until the monitor has judged what came of any of its items."""
    addressee = addressee_of(state, command.addressee)
    refuse_if(addressee.answered_on is None, "not_answered_yet", "17")
    own = [item for item in state.items.values() if item.addressee == command.addressee]
    judged = next((item.id for item in own if item.judged is not None), "")
    refuse_if(bool(judged), "reply_assessed", "16", item=judged)
    _refuse_answers(command.answers, frozenset(item.id for item in own))
    anew = tuple(
        answer
        for answer in command.answers
        if not plans_as(state.items[answer.item], answer) and state.items[answer.item].reported is None
    )
    amended = ReplyAmended(addressee=command.addressee, answers=command.answers, reply=command.reply)
    return (amended, *implementations_planned(state, anew, today))


def _refuse_answers(
    answers: tuple[ItemAnswer, ...], own: frozenset[Id], standing: frozenset[Id] = frozenset()
) -> None:
    """One answer on each item of the body; `standing` ones need none, and take none."""
    given = [answer.item for answer in answers]
    refuse_if(len(set(given)) < len(given), "item_answered_twice", "16")
    missing = sorted(own - standing - set(given))
    found = [Refusal(code="item_not_yours", rule="16", params={"item": i}) for i in given if i not in own]
    found += [Refusal(code="item_answered", rule="16", params={"item": i}) for i in given if i in standing]
    found += [Refusal(code="item_unanswered", rule="16", params={"item": i}) for i in missing]
    found += [refusal for answer in answers for refusal in _answer_refusals(answer)]
    refuse_all(tuple(found))


def _answer_refusals(answer: ItemAnswer) -> tuple[Refusal, ...]:
    """Whoever declines, or accepts a part, says why."""
    if answer.response is not Response.ACCEPTED and not answer.reasoned:
        return (Refusal(code="reason_missing", rule="16", params={"item": answer.item}),)
    return ()


@decides(AskMoreTime)
def ask_more_time(state: MonitoringState, command: AskMoreTime, today: date) -> tuple[Event, ...]:
    addressee = addressee_of(state, command.addressee)
    refuse_if(addressee.answered_on is not None, "answered_already", "17", on=str(addressee.answered_on))
    refuse_if(addressee.deadline is None, "no_reply_date", "17")
    refuse_if(addressee.more_time_until is not None, "more_time_asked_already", "")
    deadline = state.deadlines[addressee.deadline or ""]
    due = deadline.due_on
    refuse_if(deadline.status is DeadlineStatus.PAUSED, "reply_date_paused", "")
    late = deadline.status is not DeadlineStatus.OPEN or today > due
    refuse_if(late, "reply_date_passed", "", due=due.isoformat())
    refuse_if(command.until <= max(due, today), "date_not_later", "", due=due.isoformat())
    return (MoreTimeAsked(addressee=command.addressee, until=command.until, reason=command.reason),)


@decides(ExtendDeadline)
def extend_deadline(state: MonitoringState, command: ExtendDeadline, today: date) -> tuple[Event, ...]:
    """Before expiry, with a reason, once (unless a named authority allows it again), within the bound."""
    deadline = _deadline(state, command.deadline)
    refuse_if(command.override and command.authority is None, "override_without_authority", "")
    extended = extend(
        deadline,
        state.calendar,
        today=today,
        reason_given=True,
        until=command.until,
        bound=extension_bound(state.edition, deadline, state.calendar),
        override=command.override,
    )
    if deadline.by_law and state.edition.times.appc_76.from_receipt:
        # The Code lets whoever considers extend its term; what the sender gives is the sender's word.
        extended = extended.model_copy(update=_GIVEN_BY_SENDER)
    authority = command.authority if command.override else None
    return (
        DeadlineExtended(
            deadline=extended, previous=deadline.due_on, reason=command.reason, authority=authority
        ),
    )


@decides(PauseDeadline)
def pause_deadline(state: MonitoringState, command: PauseDeadline, today: date) -> tuple[Event, ...]:
    """Today still counts; what is left afterwards is kept until somebody resumes it."""
    deadline = _deadline(state, command.deadline)
    paused = pause(deadline, state.calendar, today)
    left = remaining(paused, state.calendar, today)
    return (DeadlinePaused(deadline=paused, left=left, reason=command.reason),)


@decides(ResumeDeadline)
def resume_deadline(state: MonitoringState, command: ResumeDeadline, today: date) -> tuple[Event, ...]:
    return (DeadlineResumed(deadline=resume(_deadline(state, command.deadline), state.calendar, today)),)


@decides(RefuseExtension)
def refuse_extension(state: MonitoringState, command: RefuseExtension, today: date) -> tuple[Event, ...]:
    deadline = _deadline(state, command.deadline)
    of_reply = deadline.subject_kind is DeadlineSubject.REPLY  # a member may bear an addressee's id
    addressee = state.addressees.get(deadline.subject) if of_reply else None
    asked = addressee is not None and addressee.more_time_until is not None
    refuse_if(not asked, "more_time_not_asked", "")
    return (ExtensionRefused(deadline=deadline.id, reason=command.reason),)


def _deadline(state: MonitoringState, deadline: Id) -> Deadline:
    refuse_if(deadline not in state.deadlines, "deadline_unknown", "", deadline=deadline)
    return state.deadlines[deadline]
