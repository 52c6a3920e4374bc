"""What waits for the receipt of a report: the Code's term counts from it (art. 76 of the Code)."""

from models.agenda.deadline import Deadline
from models.agenda.terms import reply_term
from models.letters.kinds import LETTERS
from models.letters.letter import Letter
from models.monitoring.state import Addressee, MonitoringState
from models.vocabulary.access import Action
from models.vocabulary.editions import ReplyTerm
from models.vocabulary.procedure import ConductorKind, Ground


def code_binds(state: MonitoringState) -> bool:
    """Whether the Code's term is law for this sender's report: between bodies it hardly is."""
    return state.conductor_kind is ConductorKind.OTHER_SUBJECT


def deadline_told(state: MonitoringState, letter: Letter) -> Deadline | None:
    """The deadline a letter tells of; a report's own letter left before the receipt had the term begin."""
    addressee = state.addressees.get(letter.subject)
    begun_since = letter.deadline is None and LETTERS[letter.kind].asks is Action.ANSWER_REPORT
    if begun_since and addressee is not None and addressee.version == letter.version:
        return state.deadlines.get(addressee.deadline or "")
    return state.deadlines.get(letter.deadline or "")


def term_awaiting_receipt(state: MonitoringState, addressee: Addressee) -> ReplyTerm | None:
    """The term that begins on the day the addressee received the report; None where none waits for that."""
    term = reply_term(state.edition, addressee.preset)
    begun = addressee.deadline is not None or addressee.answered_on is not None
    otherwise = addressee.reply_by is not None or addressee.ground is Ground.CONSOLIDATION
    waits = term is not None and term.from_receipt and not begun and not otherwise
    return term if waits else None
