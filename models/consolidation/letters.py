"""Which letters a consolidation's journal causes: reminders of its rounds, to the authorized body's head."""

from collections.abc import Iterable

from models.consolidation.state import ConsolidationState
from models.events import Entry, Event, LetterUndelivered, RungReached
from models.letters.letter import Letter, letter_id, ordered
from models.proceeding.undelivered import telling
from models.vocabulary.ladders import RungName
from models.vocabulary.letters import LetterKind, RecipientKind

_SAYS = {
    RungName.REMINDER: LetterKind.REVIEW_REMINDER,
    RungName.LAST_CALL: LetterKind.REVIEW_LAST_CALL,
    RungName.EXPIRED: LetterKind.REVIEW_LAPSED,
}


def letters_of_consolidation(state: ConsolidationState, entry: Entry) -> tuple[Letter, ...]:
    """The letters due after an entry; `state` is the state after it."""
    return tuple(
        letter.model_copy(update={"id": letter_id(entry.seq, index)})
        for index, letter in enumerate(_caused(state, entry.event))
    )


def _caused(state: ConsolidationState, event: Event) -> Iterable[Letter]:
    if isinstance(event, RungReached) and not event.silent:
        subject = state.deadlines[event.deadline].subject
        head = state.organisation
        yield ordered(_SAYS[event.rung], head, RecipientKind.HEAD, subject, event.deadline)
    elif isinstance(event, LetterUndelivered):
        # The head could not be reached: the office, by its own address.
        yield from telling(state, event, state.organisation, RecipientKind.ORGANISATION)
