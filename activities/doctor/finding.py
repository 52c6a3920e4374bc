"""What is found in an installation: a sentence, how bad it is, what to do, and where that is written."""

from enum import IntEnum

from models.vocabulary.base import Model


class Gravity(IntEnum):
    """The worst of all is the program's exit code."""

    SOUND = 0
    DOUBTFUL = 1  # works, and should not stay so
    BROKEN = 2


class Finding(Model):
    """`section` is a heading of docs/operations.md; `todo` is empty where nothing is to be done."""

    gravity: Gravity
    about: str
    said: str
    todo: str = ""
    section: str = ""


def sound(about: str, said: str) -> Finding:
    return Finding(gravity=Gravity.SOUND, about=about, said=said)


def doubtful(about: str, said: str, todo: str, section: str) -> Finding:
    return Finding(gravity=Gravity.DOUBTFUL, about=about, said=said, todo=todo, section=section)


def broken(about: str, said: str, todo: str, section: str) -> Finding:
    return Finding(gravity=Gravity.BROKEN, about=about, said=said, todo=todo, section=section)
