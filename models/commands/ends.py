"""The ends of a monitoring: beyond the Rules, which know none."""

from models.commands.command import Command
from models.vocabulary.texts import NoteHash


class CancelMonitoring(Command):
    """Beyond the Rules: the monitoring is given up before its report is approved, and why."""

    reason: NoteHash


class CloseMonitoring(Command):
    """Beyond the Rules: nothing that is due is open any more. What comes late is still taken."""


class EndFollowUp(Command):
    """Beyond the Rules: nothing late is awaited any more, and why; with it the workflow ends."""

    reason: NoteHash
