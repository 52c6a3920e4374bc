"""A reply to a report, item by item, printed."""

from activities.printing.facts import PrintedFact
from activities.printing.sheet import Said
from activities.printing.typeset import FORMS, typeset
from models.vocabulary.base import Model
from models.vocabulary.procedure import Language, Sha256


class PrintedFile(Model):
    """A file that came with the reply: its name and size, and what it is compared by."""

    said: str
    sha256: Sha256


class RepliedPart(Model):
    """What was said of one item, or of the report as a whole; `text` is the item's own."""

    heading: str
    text: Said | None = None
    facts: tuple[PrintedFact, ...] = ()
    files: tuple[PrintedFile, ...] = ()


class ReplySheet(Model):
    """Everything the template prints, in words of the language."""

    language: Language
    labels: dict[str, str]
    dated: tuple[int, int, int]  # year, month, day
    heading: str
    foot: str
    facts: tuple[PrintedFact, ...]
    parts: tuple[RepliedPart, ...]
    notes: tuple[str, ...]


def render_reply(sheet: ReplySheet) -> bytes:
    """The reply on paper. Raises as `typeset`."""
    return typeset(FORMS / "reply" / "reply.typ", sheet)
