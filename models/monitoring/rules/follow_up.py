"""Whether accepted items are carried out: reported by the addressee, judged by the monitor.

Beyond the Rules, which end with the report's way; on where the edition says so. A declined item keeps its
reason and is not followed. Closing a monitoring (rules 17-21) does not wait for any of this.
"""

from datetime import date

from models.agenda.deadline import DeadlineStatus, DeadlineSubject, deadline_id
from models.commands import ItemAnswer, JudgeImplementation, ReportImplementation
from models.events import (
    Event,
    FollowUpEnded,
    ImplementationJudged,
    ImplementationPlanned,
    ImplementationReported,
)
from models.monitoring.deadlines import implementation_deadline
from models.monitoring.follow_up import OPEN_STANDINGS, ItemStanding, open_items_of, standing_of
from models.monitoring.rules.registry import decides
from models.monitoring.state import MonitoringState
from models.vocabulary.procedure import Id, Response, Verdict
from models.vocabulary.refusal import Refusal, refuse_all, refuse_if


def implementations_planned(
    state: MonitoringState, answers: tuple[ItemAnswer, ...], today: date
) -> tuple[ImplementationPlanned, ...]:
    """A deadline for each accepted item that has a day ahead: the addressee's own, else the report's."""
    if not state.edition.switches.follow_up_of_recommendations:
        return ()
    planned = []
    for answer in answers:
        day = answer.planned_on or state.items[answer.item].due_on
        if answer.response is not Response.DECLINED and day is not None and day > today:
            deadline = implementation_deadline(state.edition, state.calendar, answer.item, today, day)
            planned.append(ImplementationPlanned(item=answer.item, deadline=deadline))
    return tuple(planned)


@decides(ReportImplementation)
def report_implementation(
    state: MonitoringState, command: ReportImplementation, today: date
) -> tuple[Event, ...]:
    """One or several items at once; what is not yet carried out is left out, or said to be so."""
    refuse_if(
        command.addressee not in state.addressees, "not_an_addressee", "17", organisation=command.addressee
    )
    given = [said.item for said in command.items]
    refuse_if(not given, "nothing_reported")
    refuse_if(len(set(given)) < len(given), "item_answered_twice", "16")
    found = [refusal for item in given for refusal in _report_refusals(state, command.addressee, item)]
    found += [
        Refusal(code="done_in_future", params={"item": said.item, "today": today.isoformat()})
        for said in command.items
        if said.done_on is not None and said.done_on > today
    ]
    refuse_all(tuple(found))
    return (ImplementationReported(addressee=command.addressee, items=command.items, words=command.words),)


@decides(JudgeImplementation)
def judge_implementation(
    state: MonitoringState, command: JudgeImplementation, today: date
) -> tuple[Event, ...]:
    """The last word on an item, or what is missing and a new day. «Implemented» rests on a report."""
    refuse_if(command.item not in state.items, "decision_item_unknown", "16", item=command.item)
    item = state.items[command.item]
    standing = standing_of(state, item)
    refuse_if(standing not in OPEN_STANDINGS, "item_not_followed", standing=standing.value, item=item.id)
    implemented = command.verdict is Verdict.IMPLEMENTED
    refuse_if(implemented and item.reported is None, "implementation_not_reported", item=item.id)
    refuse_if(implemented and command.due_on is not None, "implemented_needs_no_date", item=item.id)
    past = command.due_on is not None and command.due_on <= today
    refuse_if(past, "new_date_passed", today=today.isoformat())
    judged = _judged(state, command, today)
    return (judged, *_last_judged(state, judged))


def _judged(state: MonitoringState, command: JudgeImplementation, today: date) -> ImplementationJudged:
    anew = (
        implementation_deadline(state.edition, state.calendar, command.item, today, command.due_on)
        if command.due_on
        else None
    )
    return ImplementationJudged(
        item=command.item,
        verdict=command.verdict,
        judged_on=today,
        reason=command.reason,
        deadline=anew,
    )


def _last_judged(state: MonitoringState, judged: ImplementationJudged) -> tuple[FollowUpEnded, ...]:
    """A closed monitoring whose waiting time is over ends with the last open item."""
    deadline = state.deadlines.get(deadline_id(DeadlineSubject.FOLLOW_UP, state.number))
    waited = deadline is not None and deadline.status is DeadlineStatus.PASSED
    still_open = judged.deadline is not None or any(i.id != judged.item for i in open_items_of(state))
    return (FollowUpEnded(),) if waited and not still_open else ()


def _report_refusals(state: MonitoringState, addressee: Id, item: Id) -> tuple[Refusal, ...]:
    known = state.items.get(item)
    if known is None or known.addressee != addressee:
        return (Refusal(code="item_not_yours", rule="16", params={"item": item}),)
    standing = standing_of(state, known)
    if standing is ItemStanding.REPORTED:
        return (Refusal(code="implementation_reported_already", params={"item": item}),)
    if standing is not ItemStanding.AWAITED:
        params = {"item": item, "standing": standing.value}
        return (Refusal(code="item_not_followed", params=params),)
    return ()
