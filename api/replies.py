"""A reply to a report as it is kept: the words of the addressee, on the whole and on each item."""

from models.base import Model
from models.procedure import Id, Sha256


class ItemReply(Model):
    """What was said of one proposal or recommendation."""

    item: Id
    text: str


class ReplyNote(Model):
    """The document behind `AnswerReport.reply`; what it decides is in the command itself."""

    text: str
    items: tuple[ItemReply, ...] = ()
    attachments: tuple[Sha256, ...] = ()
