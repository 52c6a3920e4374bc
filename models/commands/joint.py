"""Joint conduct (rule 2): who was named a co-conductor says whether it is one."""

from models.commands.command import Command
from models.vocabulary.procedure import Id, Sha256
from models.vocabulary.texts import NoteHash


class ConfirmConduct(Command):
    """Rule 2: a body that was named a co-conductor confirms it or declines.

    The body itself speaks, or the lead on its behalf: then `act` is the file with its act, by its hash.
    """

    organisation: Id
    confirms: bool
    note: NoteHash | None = None
    act: Sha256 | None = None


class WithdrawCoConductor(Command):
    """Rule 2: the lead names a body a co-conductor no longer, and why."""

    organisation: Id
    reason: NoteHash
