"""Rule 2: nobody is made a conductor by another. A body that was named says so itself; or the lead says it,
with the body's act as a file, and that is marked as the lead's word wherever it counts (decision 0018)."""

from datetime import date

from models.commands import ConfirmConduct, WithdrawCoConductor
from models.events import CoConductorWithdrawn, ConductConfirmed, ConductDeclined, Event
from models.monitoring.rules.registry import decides
from models.monitoring.state import CoConductor, MonitoringState
from models.vocabulary.procedure import Conducting, Id
from models.vocabulary.refusal import Refusal, refuse_if


@decides(ConfirmConduct)
def confirm_conduct(state: MonitoringState, command: ConfirmConduct, today: date) -> tuple[Event, ...]:
    """A body's own word counts whenever it comes; after the approval about what is printed only.

    Whoever is printed by the lead's word may decline until it confirmed, after the approval, too: nobody is
    bound by another's word. The approved report is to be corrected then (`open_work`, A12).
    """
    named = _named(state, command.organisation)
    own = _own_word(state, command)
    _may_be_said(state, named, command, own)
    if not command.confirms:
        return (ConductDeclined(organisation=command.organisation, note=command.note),)
    confirmed = ConductConfirmed(
        organisation=command.organisation, own_word=own, act=command.act, note=command.note
    )
    return (confirmed,)


@decides(WithdrawCoConductor)
def withdraw_co_conductor(
    state: MonitoringState, command: WithdrawCoConductor, today: date
) -> tuple[CoConductorWithdrawn, ...]:
    """Before the approval: an approved report names who conducted, and is only corrected."""
    named = _named(state, command.organisation)
    refuse_if(not state.before_approval, "report_approved_already", "2")
    refuse_if(
        not (named.conducts or named.waits), "co_conductor_gone", "2", organisation=command.organisation
    )
    return (CoConductorWithdrawn(organisation=command.organisation, reason=command.reason),)


def conduct_warnings(state: MonitoringState) -> tuple[Refusal, ...]:
    """What does not forbid a report: a body was named and is not printed, because nothing confirms it; or it
    is printed, and was not heard itself: it may still decline, and the report is to be corrected then."""
    found = []
    for organisation, named in state.co_conductors.items() if state.before_approval else ():
        params = {"organisation": organisation}
        if named.waits:
            found.append(Refusal(code="conduct_not_confirmed", rule="2", params=params))
        elif named.conducting is Conducting.LEADS_WORD:
            found.append(Refusal(code="conductor_not_heard", rule="2", params=params))
    return tuple(found)


def _own_word(state: MonitoringState, command: ConfirmConduct) -> bool:
    """By the link of its letter, which is for its own matter only, or by an account of its own, or of whoever
    came after it."""
    actor = command.actor
    itself = actor.organisation in {command.organisation, state.stands_for(command.organisation)}
    return actor.letter is not None or (actor.organisation is not None and itself)


def _may_be_said(state: MonitoringState, named: CoConductor, command: ConfirmConduct, own: bool) -> None:
    conducting, who = named.conducting, named.body.organisation
    refuse_if(conducting is Conducting.WITHDRAWN, "co_conductor_gone", "2", organisation=who)
    unheard = conducting is Conducting.LEADS_WORD
    printed = own and named.conducts and (command.confirms or unheard)
    refuse_if(not state.before_approval and not printed, "report_approved_already", "2")
    behalf = command.actor.on_behalf
    itself = {command.organisation, state.stands_for(command.organisation)}
    spoken_for = own or (behalf is not None and behalf.organisation in itself)
    refuse_if(not spoken_for, "conduct_said_by_another", "2", organisation=who)
    refuse_if(not own and command.act is None, "co_conductor_act_missing", "2", organisation=who)
    refuse_if(not own and not named.waits, "co_conductor_answered", "2", organisation=who)
    again = Conducting.CONFIRMED if command.confirms else Conducting.DECLINED
    refuse_if(conducting is again, "co_conductor_answered", "2", organisation=who)
    appointed = conducting is Conducting.APPOINTED and not command.confirms
    refuse_if(appointed, "division_appointed", "2", organisation=who)


def _named(state: MonitoringState, organisation: Id) -> CoConductor:
    refuse_if(organisation not in state.co_conductors, "not_named", "2", organisation=organisation)
    return state.co_conductors[organisation]
