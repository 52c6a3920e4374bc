"""How letters of a monitoring fare (docs/architecture.md, Letters).

A dispatch is complete when what is due has left (rules 17, 20).
"""

from models.events import Entry, HandDeliveryRecorded, LetterResent, LetterSent, LetterUndelivered
from models.monitoring.fold.registry import folds
from models.monitoring.open_work import dispatch_complete
from models.monitoring.recipients import recipient_today
from models.monitoring.state import MonitoringState
from models.proceeding import fold as proceeding
from models.proceeding.registry import changed
from models.vocabulary.letters import LetterStatus, Purpose
from models.vocabulary.procedure import Id, Stage

folds(LetterUndelivered)(proceeding.letter_undelivered)

_IDLE = frozenset({LetterStatus.DUE, LetterStatus.UNDELIVERABLE})


@folds(LetterSent)
def letter_sent(state: MonitoringState, event: LetterSent, entry: Entry) -> MonitoringState:
    return dispatched_if_complete(proceeding.letter_sent(state, event, entry))


@folds(LetterResent)
def letter_resent(state: MonitoringState, event: LetterResent, entry: Entry) -> MonitoringState:
    """Again, and to whoever stands for its recipient today."""
    recipient = recipient_today(state, state.letters[event.letter])
    state = proceeding.letter_resent(state, event, entry)
    return proceeding.letter_now(state, event.letter, {"recipient": recipient}) if recipient else state


@folds(HandDeliveryRecorded)
def hand_delivery_recorded(state: MonitoringState, event: HandDeliveryRecorded, _: Entry) -> MonitoringState:
    by_hand = {"status": LetterStatus.DELIVERED_BY_HAND}
    state = proceeding.failure_forgotten(state, event.letter)
    return dispatched_if_complete(proceeding.letter_now(state, event.letter, by_hand))


def letters_withdrawn(state: MonitoringState, subject: Id, *purposes: Purpose) -> MonitoringState:
    """Letters about a settled matter that never left need nobody's care any more.

    Ids of different matters may be alike, so the purpose of the letters' links is asked for too.
    """
    for letter in state.letters.values():
        if letter.subject == subject and letter.purpose in purposes and letter.status in _IDLE:
            state = proceeding.failure_forgotten(state, letter.id)
            state = proceeding.letter_now(state, letter.id, {"status": LetterStatus.WITHDRAWN})
    return state


def dispatched_if_complete(state: MonitoringState) -> MonitoringState:
    """Rules 17, 20: the stage follows when everybody has it."""
    if state.stage is Stage.APPROVED and dispatch_complete(state):
        return changed(state, stage=Stage.DISPATCHED)
    return state
