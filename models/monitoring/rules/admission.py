"""What is refused of new commands only: histories hold some that were accepted before, and replay them."""

from collections.abc import Iterator
from datetime import date, timedelta

from models.agenda.terms import extends_itself
from models.commands import (
    AcknowledgeReport,
    AmendReply,
    AnswerInformationRequest,
    AnswerReport,
    AskMoreTime,
    BeginCollection,
    CloseMonitoring,
    CreateWorkingGroup,
    DispatchReport,
    ExtendDeadline,
    ExtendReplyTerm,
    JudgeImplementation,
    RecordConsideration,
    ReportImplementation,
    RequestInformation,
    SubmitReport,
    WithdrawInformationRequest,
)
from models.commands.command import Command
from models.monitoring.one_body import has_it, told_twice
from models.monitoring.rules.acts import authority_refusals, named_refusals
from models.monitoring.rules.closing import closing_refusals
from models.monitoring.rules.items import day_refusals
from models.monitoring.state import MonitoringState
from models.vocabulary.procedure import Id, OrganisationKind
from models.vocabulary.refusal import Refusal, refuse_all


def check_admission(state: MonitoringState, command: Command, today: date) -> None:
    """Asked once, when a command comes in.

    Raises `Refused` (stepped_aside, represented_stepped_aside, began_before_the_rules, done_before_conduct,
    planned_before_dispatch, planned_too_far_ahead, asked_too_far_ahead, extend_it_yourself,
    item_due_before_conduct_ended, item_due_before_conduct_began, decision_before_the_rules, document_unnamed,
    act_in_future, paper_before_asked, addressee_natural_person,
    holder_special_state_body, addressee_has_it, addressee_twice, report_approved_already, and what keeps a
    monitoring open).

    Nothing happens before there was a reason for it, nothing is planned for a day before it was asked for,
    and nothing so far ahead that nobody will see it: how far, the edition says (beyond the Rules).
    """
    refuse_all(
        (
            *_stepped_aside(state, command),
            *_began_early(state, command),
            *_done_early(state, command),
            *_planned_early(state, command),
            *_planned_too_far_ahead(state, command, today),
            *_asked_too_far_ahead(state, command, today),
            *_asks_what_is_its_own(state, command),
            *_of_report(state, command, today),
            *_still_open(state, command),
            *_over_already(state, command),
            *_decision(command),
            *_acts(command, today),
            *_papers(state, command),
            *_persons(command),
            *_special(command),
            *_has_it_already(state, command),
        )
    )


def _stepped_aside(state: MonitoringState, command: Command) -> Iterator[Refusal]:
    """Whoever has a conflict of interest does nothing in the matter, whatever their body may do."""
    actor = command.actor
    if actor.account in state.stepped_aside:
        yield Refusal(code="stepped_aside")
    elif actor.right_of in state.stepped_aside:  # nor does anybody in the stead of one who has
        yield Refusal(code="represented_stepped_aside")


def _of_report(state: MonitoringState, command: Command, today: date) -> tuple[Refusal, ...]:
    return day_refusals(state, command.content.facts, today) if isinstance(command, SubmitReport) else ()


def _still_open(state: MonitoringState, command: Command) -> tuple[Refusal, ...]:
    return closing_refusals(state) if isinstance(command, CloseMonitoring) else ()


def _over_already(state: MonitoringState, command: Command) -> Iterator[Refusal]:
    """With the approval nobody is asked for information any more: there is nothing to be taken back."""
    if not isinstance(command, WithdrawInformationRequest) or command.request not in state.requests:
        return
    if not state.before_approval:
        yield Refusal(code="report_approved_already", rule="8")


def _decision(command: Command) -> Iterator[Refusal]:
    """Rule 12: the head decides under the Rules, so not before there were any."""
    if not isinstance(command, CreateWorkingGroup):
        return
    decision, since = command.decision, command.rules_since
    yield from named_refusals(decision.post, decision.decision_number, rule="12")
    if since is not None and decision.decided_on < since:
        yield Refusal(code="decision_before_the_rules", rule="12", params={"date": since.isoformat()})


def _acts(command: Command, today: date) -> Iterator[Refusal]:
    yield from authority_refusals(command.actor.on_behalf, today)
    match command:
        case ExtendDeadline():
            yield from authority_refusals(command.authority, today)
        case RecordConsideration():
            yield from named_refusals(command.minutes_number, rule="21")


def _papers(state: MonitoringState, command: Command) -> Iterator[Refusal]:
    """A paper that the conductor records for a body answers what was sent to it: so it is not older."""
    paper, since = command.actor.on_behalf, _asked_since(state, command)
    if paper is None or since is None or paper.dated >= since:
        return
    if state.stands_for(paper.organisation) == command.actor.organisation:
        return  # its own people speak, by whatever act they may
    params = {"date": paper.dated.isoformat(), "since": since.isoformat()}
    yield Refusal(code="paper_before_asked", params=params)


def _asked_since(state: MonitoringState, command: Command) -> date | None:
    """The local date from which on a body can have said this; None where nothing was sent to it."""
    match command:
        case AnswerInformationRequest() if command.request in state.requests:
            deadline = state.deadlines.get(state.requests[command.request].deadline)
            return deadline.anchor if deadline else None
        case (
            AcknowledgeReport()
            | AnswerReport()
            | AmendReply()
            | AskMoreTime()
            | ExtendReplyTerm()
            | ReportImplementation()
        ) if command.addressee in state.addressees:
            sent = state.addressees[command.addressee]
            first = next(version for version in state.versions if version.approved_on)
            # A corrected report was sent anew (A12): a paper may answer the one before.
            return sent.dispatched_on if sent.version == first.number else first.approved_on
    return None


def _special(command: Command) -> Iterator[Refusal]:
    """Rule 5: special state bodies are sent nothing under the Rules, no question either."""
    if isinstance(command, RequestInformation) and command.special_now:
        params = {"organisation": command.holder}
        yield Refusal(code="holder_special_state_body", rule="5", params=params)


def _persons(command: Command) -> Iterator[Refusal]:
    """Rules 17 and 20 send the report to bodies; what A7 adds to their lists are bodies too."""
    for new in command.addressees if isinstance(command, DispatchReport) else ():
        if new.body.kind is OrganisationKind.NATURAL_PERSON:
            params = {"organisation": new.body.organisation}
            yield Refusal(code="addressee_natural_person", rule="17", params=params)


def _has_it_already(state: MonitoringState, command: Command) -> Iterator[Refusal]:
    """Whoever came after an addressee has its report: it is sent anew only for what it asks of itself."""
    if not isinstance(command, DispatchReport):
        return
    for new in command.addressees:
        if new.body.organisation not in state.addressees and has_it(state, new.body.organisation, new.ground):
            params = {"organisation": new.body.organisation}
            yield Refusal(code="addressee_has_it", rule="17", params=params)
    if told_twice(state, command.addressees):
        yield Refusal(code="addressee_twice", rule="17")


def _began_early(state: MonitoringState, command: Command) -> Iterator[Refusal]:
    if not isinstance(command, BeginCollection):
        return
    since = command.rules_since or state.edition.in_force_from
    if command.began_on < since:
        yield Refusal(code="began_before_the_rules", rule="1", params={"date": since.isoformat()})


def _done_early(state: MonitoringState, command: Command) -> Iterator[Refusal]:
    began = state.began_on
    if not isinstance(command, ReportImplementation) or began is None:
        return
    for said in command.items:
        if said.done_on is not None and said.done_on < began:
            yield Refusal(code="done_before_conduct", params={"item": said.item, "date": began.isoformat()})


def _planned_early(state: MonitoringState, command: Command) -> Iterator[Refusal]:
    if not isinstance(command, AnswerReport | AmendReply) or command.addressee not in state.addressees:
        return
    sent = state.addressees[command.addressee].dispatched_on
    for answer in command.answers:
        if answer.planned_on is not None and answer.planned_on < sent:
            params = {"item": answer.item, "sent": sent.isoformat()}
            yield Refusal(code="planned_before_dispatch", rule="16", params=params)


def _planned_too_far_ahead(state: MonitoringState, command: Command, today: date) -> Iterator[Refusal]:
    latest = today + timedelta(days=state.edition.times.planned_ahead_days)
    planned: tuple[tuple[Id, date | None], ...] = ()
    if isinstance(command, AnswerReport | AmendReply):
        planned = tuple((answer.item, answer.planned_on) for answer in command.answers)
    elif isinstance(command, JudgeImplementation):
        planned = ((command.item, command.due_on),)
    for item, day in planned:
        if day is not None and day > latest:
            params = {"item": item, "date": day.isoformat(), "until": latest.isoformat()}
            yield Refusal(code="planned_too_far_ahead", params=params)


def _asks_what_is_its_own(state: MonitoringState, command: Command) -> Iterator[Refusal]:
    """Whoever considers extends the Code's term by its own act; the sender is asked once that was done."""
    if not isinstance(command, AskMoreTime) or command.addressee not in state.addressees:
        return
    deadline = state.deadlines.get(state.addressees[command.addressee].deadline or "")
    if extends_itself(deadline):
        yield Refusal(code="extend_it_yourself")


def _asked_too_far_ahead(state: MonitoringState, command: Command, today: date) -> Iterator[Refusal]:
    latest = today + timedelta(days=state.edition.times.asked_ahead_days)
    for asked in _asked_for(command):
        if asked > latest:
            params = {"date": asked.isoformat(), "until": latest.isoformat()}
            yield Refusal(code="asked_too_far_ahead", params=params)


def _asked_for(command: Command) -> tuple[date, ...]:
    """How far the addressee's own extension goes, the Code says (`models.agenda.terms.extension_bound`)."""
    match command:
        case AskMoreTime() | ExtendDeadline():
            return (command.until,)
        case RequestInformation():
            return (command.reply_by,) if command.reply_by else ()
        case DispatchReport():
            return tuple(new.reply_by for new in command.addressees if new.reply_by)
    return ()
