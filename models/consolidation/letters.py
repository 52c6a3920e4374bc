"""Which letters a consolidation's journal causes: reminders of its rounds, to the authorized body's head."""

from models.consolidation.state import ConsolidationState
from models.events import Entry, RungReached
from models.letters.letter import Letter, letter_id
from models.vocabulary.ladders import RungName
from models.vocabulary.letters import LetterKind, RecipientKind

_SAYS = {
    RungName.REMINDER: LetterKind.REVIEW_REMINDER,
    RungName.LAST_CALL: LetterKind.REVIEW_LAST_CALL,
    RungName.EXPIRED: LetterKind.REVIEW_LAPSED,
}


def letters_of_consolidation(state: ConsolidationState, entry: Entry) -> tuple[Letter, ...]:
    """The letters due after an entry; `state` is the state after it."""
    event = entry.event
    if not isinstance(event, RungReached) or event.silent:
        return ()
    letter = Letter(
        id=letter_id(entry.seq),
        kind=_SAYS[event.rung],
        recipient=state.organisation,
        recipient_kind=RecipientKind.HEAD,
        subject=state.deadlines[event.deadline].subject,
        deadline=event.deadline,
    )
    return (letter,)
