"""Letters by what people know of them: their number, their kind, to whom they are."""

from collections.abc import Iterable
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from api.history.names import Names, names_for, recipient_of
from api.history.words import say
from models.letters.letter import Letter
from models.proceeding.state import Proceeding
from models.vocabulary.procedure import Id, Language


async def letters_named(
    session: AsyncSession, state: Proceeding, language: Language, today: date, wanted: Iterable[Id]
) -> dict[Id, str]:
    """«L12-0 · report for consideration → Polyclinic No. 2» by the letter's id; `today` is the local date."""
    letters = [state.letters[each] for each in dict.fromkeys(wanted) if each in state.letters]
    names = await names_for(session, language, today, map(recipient_of, letters))
    return {each.id: f"{each.id} · {_said(each, names)}" for each in letters}


def _said(letter: Letter, names: Names) -> str:
    return f"{say(letter.kind, names)} → {names.of(recipient_of(letter))}"
