"""What somebody had is handed over: a monitoring to a colleague to coordinate, a letter to answer."""

from models.commands.command import Command
from models.vocabulary.procedure import Id, Role
from models.vocabulary.texts import NoteHash


class ReassignMonitoring(Command):
    """Beyond the Rules: another account of the body that leads coordinates it from here on, and why.

    `organisation` and `role` are the account's, as the registry has them; None where it is not in use.
    """

    to: Id
    organisation: Id | None
    role: Role | None
    reason: NoteHash


class HandOnLetter(Command):
    """Beyond the Rules: whoever holds a letter hands it on to a colleague, whose address the note holds.

    `confirms`: where the colleague answers, its confirmation goes there too.
    """

    letter: Id
    colleague: NoteHash
    confirms: bool = False


class DeclareConflict(Command):
    """Beyond the Rules: an analyst or head of the body that leads steps aside for a conflict of interest."""

    reason: NoteHash


class LiftConflict(Command):
    """Beyond the Rules: the head gives somebody who stepped aside the monitoring back, and why."""

    account: Id
    reason: NoteHash
