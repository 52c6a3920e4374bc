"""What becomes of accepted proposals and recommendations: beyond the Rules."""

from datetime import date

from models.commands.command import Command
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Verdict
from models.vocabulary.texts import NoteHash


class ItemImplementation(Model):
    """What an addressee says of one item it accepted; `done_on` is the local date it was done, if it was."""

    item: Id
    claim: Verdict
    done_on: date | None = None


class ReportImplementation(Command):
    """Beyond the Rules: an addressee reports what it carried out of the items it accepted.

    `words` is the hash of the document with its words and the evidence.
    """

    addressee: Id
    items: tuple[ItemImplementation, ...]
    words: NoteHash


class JudgeImplementation(Command):
    """Beyond the Rules: the monitor's judgement. With `due_on` (a local date) it stays open until then."""

    item: Id
    verdict: Verdict
    reason: NoteHash
    due_on: date | None = None
