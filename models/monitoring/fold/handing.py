"""A monitoring is handed to another coordinator, a letter to another reader."""

from models.events import ConflictDeclared, ConflictLifted, Entry, LetterHandedOn, MonitoringReassigned
from models.letters.letter import letter_id
from models.monitoring.fold.registry import folds
from models.monitoring.handing import Coordinator
from models.monitoring.state import MonitoringState
from models.proceeding.fold import letter_now
from models.proceeding.registry import changed


@folds(MonitoringReassigned)
def monitoring_reassigned(state: MonitoringState, event: MonitoringReassigned, _: Entry) -> MonitoringState:
    return changed(state, handed_to=Coordinator(account=event.to, organisation=event.organisation))


@folds(LetterHandedOn)
def letter_handed_on(state: MonitoringState, event: LetterHandedOn, entry: Entry) -> MonitoringState:
    """The letter to the colleague is the first that the entry causes (`handing_letters`)."""
    return letter_now(state, event.letter, {"handed_on_as": letter_id(entry.seq)})


@folds(ConflictDeclared)
def conflict_declared(state: MonitoringState, event: ConflictDeclared, _: Entry) -> MonitoringState:
    return changed(state, stepped_aside=(*state.stepped_aside, event.account))


@folds(ConflictLifted)
def conflict_lifted(state: MonitoringState, event: ConflictLifted, _: Entry) -> MonitoringState:
    left = tuple(each for each in state.stepped_aside if each != event.account)
    return changed(state, stepped_aside=left, given_back=(*state.given_back, event.account))
