"""Time passing and time given (docs/architecture.md, Time)."""

from models.agenda.deadline import Deadline, DeadlineSubject
from models.events import (
    CalendarChanged,
    DeadlineExtended,
    DeadlineMoved,
    DeadlinePaused,
    DeadlineResumed,
    Entry,
    ExtensionRefused,
    MoreTimeAsked,
    ProceedingReconciled,
    RungReached,
)
from models.monitoring.fold.registry import folds
from models.monitoring.state import MonitoringState
from models.proceeding import fold as proceeding
from models.proceeding.fold import with_deadline
from models.proceeding.registry import changed
from models.vocabulary.ladders import RungName
from models.vocabulary.procedure import Consent, Id

folds(CalendarChanged)(proceeding.calendar_changed)
folds(DeadlineMoved)(proceeding.deadline_moved)
folds(ProceedingReconciled)(proceeding.proceeding_reconciled)


@folds(RungReached)
def rung_reached(state: MonitoringState, event: RungReached, entry: Entry) -> MonitoringState:
    """A rung reminds; only an invitation's expiry decides: no answer, which is not consent (rule 12)."""
    state = proceeding.rung_reached(state, event, entry)
    deadline = state.deadlines[event.deadline]
    group = state.working_group
    invited = deadline.subject_kind is DeadlineSubject.INVITATION
    if event.rung is not RungName.EXPIRED or not invited or group is None:
        return state
    member = group.members[deadline.subject]
    if member.consent is not Consent.INVITED:
        return state
    silent = member.model_copy(update={"consent": Consent.NO_ANSWER})
    members = {**group.members, member.id: silent}
    return changed(state, working_group=group.model_copy(update={"members": members}))


@folds(MoreTimeAsked)
def more_time_asked(state: MonitoringState, event: MoreTimeAsked, _: Entry) -> MonitoringState:
    return _with_more_time(state, event.addressee, until=event.until)


@folds(DeadlineExtended)
def deadline_extended(state: MonitoringState, event: DeadlineExtended, _: Entry) -> MonitoringState:
    return _more_time_settled(with_deadline(state, event.deadline), event.deadline)


@folds(DeadlinePaused)
def deadline_paused(state: MonitoringState, event: DeadlinePaused, _: Entry) -> MonitoringState:
    return with_deadline(state, event.deadline)


@folds(DeadlineResumed)
def deadline_resumed(state: MonitoringState, event: DeadlineResumed, _: Entry) -> MonitoringState:
    return with_deadline(state, event.deadline)


@folds(ExtensionRefused)
def extension_refused(state: MonitoringState, event: ExtensionRefused, _: Entry) -> MonitoringState:
    return _more_time_settled(state, state.deadlines[event.deadline])


def _more_time_settled(state: MonitoringState, deadline: Deadline) -> MonitoringState:
    if deadline.subject_kind is not DeadlineSubject.REPLY:
        return state
    return _with_more_time(state, deadline.subject, until=None)


def _with_more_time(state: MonitoringState, subject: Id, until: object) -> MonitoringState:
    asked = state.addressees[subject].model_copy(update={"more_time_until": until})
    return changed(state, addressees={**state.addressees, subject: asked})
