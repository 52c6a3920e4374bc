"""How letters fare (design §8). A dispatch is complete when what is due has left (rules 17, 20)."""

from collections.abc import Mapping

from models.events import Entry, HandDeliveryRecorded, LetterResent, LetterSent, LetterUndelivered
from models.fold.registry import changed, folds
from models.procedure import Id, LetterStatus, Purpose, Stage
from models.standing import dispatch_complete
from models.state import MonitoringState


@folds(LetterSent)
def letter_sent(state: MonitoringState, event: LetterSent, _: Entry) -> MonitoringState:
    """A letter that left counts as sent even where it was taken back meanwhile: it did leave."""
    return _dispatched(_letter_now(state, event.letter, {"status": LetterStatus.SENT, "failure": ""}))


@folds(LetterUndelivered)
def letter_undelivered(state: MonitoringState, event: LetterUndelivered, _: Entry) -> MonitoringState:
    letter = state.letters[event.letter]
    if letter.status is not LetterStatus.DUE or letter.attempt != event.attempt:
        return state  # handed over, taken back or sent anew since: the failure is yesterday's news
    failed = {"status": LetterStatus.UNDELIVERABLE, "failure": event.code}
    return _letter_now(state, event.letter, failed)


@folds(LetterResent)
def letter_resent(state: MonitoringState, event: LetterResent, _: Entry) -> MonitoringState:
    attempt = state.letters[event.letter].attempt + 1
    return _letter_now(state, event.letter, {"status": LetterStatus.DUE, "attempt": attempt, "failure": ""})


@folds(HandDeliveryRecorded)
def hand_delivery_recorded(state: MonitoringState, event: HandDeliveryRecorded, _: Entry) -> MonitoringState:
    return _dispatched(_letter_now(state, event.letter, {"status": LetterStatus.DELIVERED_BY_HAND}))


_IDLE = frozenset({LetterStatus.DUE, LetterStatus.UNDELIVERABLE})


def letters_withdrawn(state: MonitoringState, subject: Id, *purposes: Purpose) -> MonitoringState:
    """Letters about a settled matter that never left need nobody's care any more.

    Ids of different matters may be alike, so the purpose of the letters' links is asked for too.
    """
    for letter in state.letters.values():
        if letter.subject == subject and letter.purpose in purposes and letter.status in _IDLE:
            state = _letter_now(state, letter.id, {"status": LetterStatus.WITHDRAWN})
    return state


def _letter_now(state: MonitoringState, letter: Id, fields: Mapping[str, object]) -> MonitoringState:
    now = state.letters[letter].model_copy(update=fields)
    return changed(state, letters={**state.letters, letter: now})


def _dispatched(state: MonitoringState) -> MonitoringState:
    if state.stage is Stage.APPROVED and dispatch_complete(state):
        return changed(state, stage=Stage.DISPATCHED)
    return state
