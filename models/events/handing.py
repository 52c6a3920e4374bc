"""What somebody had is handed over: a monitoring to a colleague to coordinate, a letter to answer."""

from typing import Literal

from models.vocabulary.base import Model
from models.vocabulary.procedure import Id
from models.vocabulary.texts import NoteHash


class MonitoringReassigned(Model):
    """Beyond the Rules: another account of the body that leads coordinates it from here on.

    Without `previous` nobody did, and the head was asked.
    """

    type: Literal["monitoring_reassigned"] = "monitoring_reassigned"
    to: Id
    organisation: Id
    previous: Id | None = None
    reason: NoteHash


class LetterHandedOn(Model):
    """Beyond the Rules: a letter goes whole, with a link of its own, to a colleague of whoever holds it.

    `confirms`: an answer by that link is confirmed to the colleague, too.
    """

    type: Literal["letter_handed_on"] = "letter_handed_on"
    letter: Id
    colleague: NoteHash
    confirms: bool = False


class ConflictDeclared(Model):
    """Beyond the Rules: somebody of the body that leads steps aside for a conflict of interest."""

    type: Literal["conflict_declared"] = "conflict_declared"
    account: Id
    reason: NoteHash


class ConflictLifted(Model):
    """Beyond the Rules: whoever stepped aside may act on the monitoring again, by the head's word."""

    type: Literal["conflict_lifted"] = "conflict_lifted"
    account: Id
    reason: NoteHash
