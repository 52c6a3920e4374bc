"""What the authorized body's people ask of its consolidation (rules 17, 18)."""

from datetime import date

from models.commands.command import Command
from models.report.inbox import InboxRead, RoundRead
from models.vocabulary.base import Model
from models.vocabulary.bodies import Body
from models.vocabulary.procedure import Id, Kind, Sha256
from models.vocabulary.texts import NoteHash


class PaperItem(Model):
    """Rule 16: an item of a paper report, and the facts about the body that it asks something of."""

    item: Id
    addressee: Body


class RegisterPaperReport(Command):
    """Rule 17: a report that came on paper or by e-mail is registered by hand. All its days are local dates.

    `report` is the number the API gave it; `content` the frozen content it was registered with; `read` what
    the inbox said of its file. Whether a body is a special state body is said of the day on which the conduct
    began: of the conductor, the objects and the addressees of its items alike (rule 5).
    """

    report: Id
    conductor: Body
    kind: Kind
    received_on: date
    started_on: date | None = None
    ended_on: date | None = None
    approved_on: date | None = None
    content: Sha256
    file: Sha256
    read: InboxRead | None = None
    objects: tuple[Body, ...] = ()
    items: tuple[PaperItem, ...] = ()


class ConsiderReceivedReport(Command):
    """Rule 18: a report that was registered by hand is considered and analysed; `read` is what lies there."""

    report: Id
    note: NoteHash
    read: InboxRead | None = None


class CompleteReviewRound(Command):
    """Rule 18, A4: what was received is reviewed; this round is done, the next one begins."""

    round: int
    note: NoteHash
    read: RoundRead | None = None
