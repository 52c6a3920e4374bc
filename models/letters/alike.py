"""Letters that ask one and the same: a reminder as the letter before it, a copy as what was handed on.

Whoever has the link of any of them fills in one form together.
"""

from collections.abc import Mapping

from models.letters.letter import Letter, place_of
from models.vocabulary.procedure import Id


def asking_alike(letters: Mapping[Id, Letter], letter: Letter) -> tuple[Id, ...]:
    """The letters that ask what this one does, the first of them first; one that asks nothing is alone.

    A corrected report asks anew: its letters are others than those of the version before.
    """
    if letter.purpose is None:
        return (letter.id,)
    what = (letter.purpose, letter.subject, letter.version)
    alike = (each.id for each in letters.values() if (each.purpose, each.subject, each.version) == what)
    return tuple(sorted(alike, key=place_of))
