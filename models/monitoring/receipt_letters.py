"""Letters about the receipt of a report, and about the term that begins with it (beyond the Rules)."""

from collections.abc import Iterable

from models.events import Entry, ReplyTermExtended, ReportAcknowledged
from models.letters.letter import Letter, ordered
from models.monitoring.state import MonitoringState
from models.vocabulary.letters import LetterKind, Purpose, RecipientKind
from models.vocabulary.procedure import Id


def receipt_reminder(state: MonitoringState, addressee: Id) -> Letter:
    """Did the report come, under which number, on which day? It asks for no reply."""
    return to_addressee(state, addressee, LetterKind.RECEIPT_REMINDER)


def receipt_recorded(state: MonitoringState, event: ReportAcknowledged, _: Entry) -> Iterable[Letter]:
    """Told where a term begins with it: until when, and that the addressee may extend it."""
    if event.deadline is not None:
        yield to_addressee(state, event.addressee, LetterKind.RECEIPT_RECORDED)


def reply_term_extended(state: MonitoringState, event: ReplyTermExtended, _: Entry) -> Iterable[Letter]:
    """The notice that the Code asks for goes to the sender; the addressee is told what is on record."""
    told, kind = coordinator_of(state)
    addressee = state.addressees[event.addressee]
    yield ordered(
        LetterKind.REPLY_TERM_EXTENDED, told, kind, event.addressee, addressee.deadline, addressee.version
    )
    yield to_addressee(state, event.addressee, LetterKind.DEADLINE_EXTENDED)


def coordinator_of(state: MonitoringState) -> tuple[Id, RecipientKind]:
    """Whoever coordinates it: the account that it was handed to, or that started it, while its body leads;
    else the head."""
    account = state.coordinator
    return (account, RecipientKind.ACCOUNT) if account else (state.responsible, RecipientKind.HEAD)


def to_addressee(state: MonitoringState, addressee: Id, kind: LetterKind) -> Letter:
    known = state.addressees[addressee]
    return ordered(
        kind,
        addressee,
        RecipientKind.ORGANISATION,
        addressee,
        known.deadline,
        known.version,
        Purpose.ANSWER_REPORT,
    )
