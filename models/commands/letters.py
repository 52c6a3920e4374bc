"""What people do about a letter that has left or could not leave."""

from datetime import date

from models.commands.command import Command
from models.vocabulary.procedure import Id
from models.vocabulary.texts import NoteHash


class ResendLetter(Command):
    """Beyond the Rules: send a letter once more, e.g. after its address was mended in the registry.

    `special_now` where it would go to a body that is a special state body by now (rule 5).
    """

    letter: Id
    special_now: bool = False


class RecordHandDelivery(Command):
    """Beyond the Rules: a letter was handed over on paper on a local date; the note says to whom."""

    letter: Id
    delivered_on: date
    note: NoteHash
