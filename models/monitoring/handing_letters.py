"""Letters about what is handed over: to whoever has it now, and to whoever had it."""

from collections.abc import Iterable

from models.events import ConflictDeclared, ConflictLifted, Entry, LetterHandedOn, MonitoringReassigned
from models.letters.letter import Letter, ordered
from models.monitoring.state import MonitoringState
from models.monitoring.watching_letters import head_of
from models.vocabulary.letters import LetterKind, LetterStatus, RecipientKind
from models.vocabulary.procedure import Role


def reassigned(state: MonitoringState, event: MonitoringReassigned, _: Entry) -> Iterable[Letter]:
    """Where nobody coordinated it, the head was asked, and hears that somebody does."""
    former = (event.previous, RecipientKind.ACCOUNT) if event.previous else head_of(event.organisation)
    for reader, kind in ((event.to, RecipientKind.ACCOUNT), former):
        yield ordered(LetterKind.MONITORING_REASSIGNED, reader, kind, event.organisation)


def handed_on(state: MonitoringState, event: LetterHandedOn, _: Entry) -> Iterable[Letter]:
    """The letter whole, to the colleague; and where it went before, that it was handed on."""
    held = state.letters[event.letter]
    fresh = {"status": LetterStatus.DUE, "attempt": 1, "failure": "", "handed_on_as": None}
    to = {"colleague": event.colleague, "copy_of": held.original, "confirms": event.confirms}
    yield held.model_copy(update={**fresh, **to})
    told = ordered(LetterKind.LETTER_HANDED_ON, held.recipient, held.recipient_kind, held.subject)
    yield told.model_copy(update={"colleague": held.colleague})


def conflict_declared(state: MonitoringState, event: ConflictDeclared, entry: Entry) -> Iterable[Letter]:
    """The head, who names another where the coordinator stepped aside; of the head's own its body, where
    somebody acts for the head."""
    if entry.actor.role is Role.HEAD:
        body = state.responsible
        yield ordered(LetterKind.HEAD_CONFLICT_DECLARED, body, RecipientKind.ORGANISATION, body)
        return
    reader, kind = head_of(state.responsible)
    yield ordered(LetterKind.CONFLICT_DECLARED, reader, kind, state.responsible)


def conflict_lifted(state: MonitoringState, event: ConflictLifted, _: Entry) -> Iterable[Letter]:
    yield ordered(LetterKind.CONFLICT_LIFTED, event.account, RecipientKind.ACCOUNT, state.responsible)
