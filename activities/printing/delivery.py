"""The certificate of delivery of a letter, printed."""

from activities.printing.facts import PrintedFact
from activities.printing.glyphs import printable
from activities.printing.typeset import FORMS, typeset
from models.vocabulary.base import Model
from models.vocabulary.procedure import Language


class DeliveryEntry(Model):
    """An attempt, a statement, a line of the journal."""

    said: str
    facts: tuple[PrintedFact, ...] = ()


class DeliverySheet(Model):
    """Everything the template prints, in words of the language."""

    language: Language
    labels: dict[str, str]
    dated: tuple[int, int, int]  # year, month, day
    heading: str
    foot: str
    facts: tuple[PrintedFact, ...]
    attempts: tuple[DeliveryEntry, ...]
    heard: tuple[DeliveryEntry, ...]
    journal: tuple[DeliveryEntry, ...]
    notes: tuple[str, ...]


def entry(said: str, facts: tuple[PrintedFact, ...] = ()) -> DeliveryEntry:
    return DeliveryEntry(said=printable(said), facts=tuple(each for each in facts if each.value.text))


def render_delivery(sheet: DeliverySheet) -> bytes:
    """The certificate on paper. Raises as `typeset`."""
    return typeset(FORMS / "delivery" / "certificate.typ", sheet)
