"""Whom a letter goes to today: whoever came after the body it is for, if that is no more."""

from models.letters.letter import Letter
from models.monitoring.state import MonitoringState
from models.vocabulary.letters import RecipientKind
from models.vocabulary.procedure import Id


def recipient_today(state: MonitoringState, letter: Letter) -> Id | None:
    """The id to write to; None where there is nobody any more."""
    match letter.recipient_kind:
        case RecipientKind.HEAD if letter.recipient == state.lead.organisation:
            return state.leading
        case RecipientKind.ORGANISATION | RecipientKind.HEAD:
            return state.stands_for(letter.recipient)
    return letter.recipient
