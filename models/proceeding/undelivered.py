"""Letters that could not be delivered: whoever conducts the matter is told, once for each attempt."""

from collections.abc import Iterable
from typing import Final

from models.events import LetterUndelivered
from models.letters.letter import Letter, ordered
from models.proceeding.state import Proceeding
from models.vocabulary.letters import LetterKind, LetterStatus, RecipientKind
from models.vocabulary.procedure import Id

_NEVER_LEFT: Final = frozenset({LetterStatus.DUE, LetterStatus.UNDELIVERABLE})


def is_told(letter: Letter) -> bool:
    """Every letter's failure, but for that of the letter which tells it: nothing goes round in a circle."""
    return letter.kind is not LetterKind.LETTER_NOT_DELIVERED


def telling(
    state: Proceeding, event: LetterUndelivered, recipient: Id, recipient_kind: RecipientKind
) -> Iterable[Letter]:
    """The letter about a failure that still stands: what was handed over or taken back since is no news."""
    failed = state.letters[event.letter]
    stands = failed.status is LetterStatus.UNDELIVERABLE and failed.attempt == event.attempt
    if event.told and stands and is_told(failed):
        yield ordered(LetterKind.LETTER_NOT_DELIVERED, recipient, recipient_kind, failed.id)


def outdated(state: Proceeding, letter: Id) -> tuple[Id, ...]:
    """Letters about the failure of one that is under way again, or has arrived; those which never left."""
    return tuple(
        known.id
        for known in state.letters.values()
        if not is_told(known) and known.subject == letter and known.status in _NEVER_LEFT
    )
