"""Names of files as people gave them, in one line."""

from typing import Final

from models.vocabulary.texts import kept, one_line

LONGEST_NAME: Final = 150


class Nameless(ValueError):
    """Nothing is left of a file's name."""


def safe_name(given: str) -> str:
    """The last part of a file's name, in one line. Raises Nameless."""
    try:
        name = one_line(given.replace("\\", "/").rpartition("/")[2])
    except ValueError:
        raise Nameless from None
    stem, dot, suffix = name.rpartition(".")
    if not kept(name) or not stem:
        raise Nameless
    return stem[: LONGEST_NAME - len(suffix) - 1] + dot + suffix[:10]
