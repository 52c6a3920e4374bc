"""What nobody leads any more is taken over."""

from models.commands.command import Command
from models.vocabulary.texts import NoteHash


class TakeOverMonitoring(Command):
    """Beyond the Rules: the authorized body leads on what has nobody, and by which act (`reason`)."""

    reason: NoteHash
