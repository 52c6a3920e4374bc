"""The timetable in words of one language: the sentences are those of the timeline that auditors read."""

from collections.abc import Sequence
from datetime import date
from enum import Enum

from activities.database.sessions import Sessions
from api.history.names import Names, names_for
from api.history.words import say, sentence
from local.rehearsal.timetable import Happened
from models.letters.letter import Letter
from models.timeline.sayings import Mention, mentions
from models.vocabulary.procedure import Language


def recipient_of(letter: Letter) -> Mention:
    """Whom a letter is for."""
    return Mention(registry=letter.recipient_kind, id=letter.recipient)


class Words:
    """Says lines and terms in one language."""

    def __init__(self, names: Names) -> None:
        self._names = names

    @property
    def language(self) -> Language:
        return self._names.language

    def of(self, line: Happened) -> str:
        """A sentence; of a letter its kind and whom it is for."""
        if line.letter is not None:
            return f"{self.term(line.letter.kind)} → {self._names.of(recipient_of(line.letter))}"
        return sentence(line.entry.event, line.sayings, self._names)

    def term(self, word: Enum) -> str:
        return say(word, self._names)


async def words_for(sessions: Sessions, language: Language, today: date, lines: Sequence[Happened]) -> Words:
    """The names of all that the lines speak of, looked up at once; `today` is the local date."""
    spoken_of = {m for line in lines for saying in line.sayings.values() for m in mentions(saying)}
    spoken_of |= {recipient_of(line.letter) for line in lines if line.letter}
    async with sessions() as session:
        return Words(await names_for(session, language, today, spoken_of))
