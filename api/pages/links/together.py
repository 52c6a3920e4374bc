"""Who has the same letter: whom it was handed on to and by whom, and whose link saved what of the answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.recipients import colleagues_on_file
from locales.catalogue import text
from models.letters.alike import asking_alike
from models.letters.letter import Letter
from models.monitoring.state import MonitoringState
from models.report.notes import ColleagueNote
from models.vocabulary.letters import LetterStatus
from models.vocabulary.procedure import Id, Language


@dataclass(frozen=True)
class Together:
    """The letters that ask what one does, the first of them first, and who reads each.

    `told` is what the page says of how this one was handed on.
    """

    letters: tuple[Id, ...]
    readers: Mapping[Id, str] = field(default_factory=dict)
    told: tuple[str, ...] = ()

    @property
    def shared(self) -> bool:
        """Whether somebody beside the recipient itself has one of them."""
        return bool(self.readers)


async def together(
    session: AsyncSession, state: MonitoringState, letter: Letter, language: Language, body: str
) -> Together:
    """Of one letter; `body` is its recipient as the page names it."""
    alike = asking_alike(state.letters, letter)
    known = [state.letters[each] for each in alike]
    notes = await colleagues_on_file(session, (each.colleague for each in known))
    if not notes:
        return Together(alike)
    readers = {each.id: _reader(notes.get(each.colleague or ""), language, body) for each in known}
    return Together(alike, readers, _told(state, letter, notes, language))


def _reader(note: ColleagueNote | None, language: Language, body: str) -> str:
    return text(language, "letter.for_colleague", name=note.name, body=body) if note else body


def _told(
    state: MonitoringState, letter: Letter, notes: Mapping[Id, ColleagueNote], language: Language
) -> tuple[str, ...]:
    """By whom its reader got it, and to whom that one gave it on."""
    came = notes.get(letter.colleague or "") if letter.copy_of else None
    handed = state.letters.get(letter.handed_on_as or "")
    arrives = handed is not None and handed.status is not LetterStatus.UNDELIVERABLE
    went = notes.get(handed.colleague or "") if handed is not None and arrives else None
    said = []
    if came is not None:
        by = ", ".join(part for part in (came.respondent, came.post) if part)
        said.append(text(language, "page.together.received", by=by))
    if went is not None:
        said.append(text(language, "page.together.handed_on", name=went.name))
    return tuple(said)
