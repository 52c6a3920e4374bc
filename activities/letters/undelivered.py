"""What is told of a letter that could not be delivered: which one, for whom, and why."""

from activities.registries.lookup import Lookup, NotOnRecord
from locales.catalogue import text
from locales.terms import term
from models.events import LetterUndelivered
from models.letters.letter import Letter
from models.letters.post import UndeliveredReason
from models.letters.row import FactName
from models.monitoring.letters import seq_of
from models.proceeding.state import Proceeding
from models.vocabulary.procedure import Language


async def undelivered_facts(lookup: Lookup, state: Proceeding, letter: Letter) -> dict[FactName, str]:
    """The particulars of a letter about another one, whose id is its subject.

    Why is what its cause says: the other letter may be under way again by now.
    """
    failed = state.letters[letter.subject]
    cause = (await lookup.entry(state.workflow_id, seq_of(letter.id))).event
    if not isinstance(cause, LetterUndelivered):
        raise NotOnRecord("undelivered letter")
    return {
        FactName.UNDELIVERED_LETTER: term(lookup.language, failed.kind),
        FactName.UNDELIVERED_TO: await lookup.recipient(failed),
        FactName.UNDELIVERED_WHY: why_undelivered(lookup.language, cause.code),
    }


def undelivered_said(language: Language, letter: Letter) -> str:
    """In one phrase, for lists of what is open."""
    kind = term(language, letter.kind)
    return text(language, "letter.undelivered", letter=kind, why=why_undelivered(language, letter.failure))


def why_undelivered(language: Language, failure: str) -> str:
    """In words of ours, or as the mail server answered."""
    if failure in set(UndeliveredReason):
        return term(language, UndeliveredReason(failure))
    return text(language, "letter.undelivered.answer", code=failure)
