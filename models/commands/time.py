"""Time given, refused and stopped: beyond the Rules, which set one dated duty only (rule 13)."""

from datetime import date

from models.commands.command import Command
from models.vocabulary.actors import Authority
from models.vocabulary.procedure import Id
from models.vocabulary.texts import NoteHash


class ExtendDeadline(Command):
    """Beyond the Rules: more time until a later local date, with a reason, before it is over.

    A second extension (`override`) names who allows it, by which act (`authority`).
    """

    deadline: Id
    until: date
    reason: NoteHash
    override: bool = False
    authority: Authority | None = None


class RefuseExtension(Command):
    """Beyond the Rules: the time asked for is not given, and why."""

    deadline: Id
    reason: NoteHash


class PauseDeadline(Command):
    """Beyond the Rules: the clock stops, e.g. while we owe the other side an answer; days left are kept."""

    deadline: Id
    reason: NoteHash


class ResumeDeadline(Command):
    """Beyond the Rules: the clock of a paused deadline runs on, with the working days it had left."""

    deadline: Id
