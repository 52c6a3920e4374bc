"""What stands on a certificate as a name and what is behind it, in words that can be printed."""

from activities.printing.form_words import typed
from activities.printing.glyphs import printable
from activities.printing.sheet import Said
from models.vocabulary.base import Model
from models.vocabulary.procedure import Language


class PrintedFact(Model):
    """A name and what stands behind it; `code` is a hash, an address of a message."""

    name: str
    value: Said
    code: bool = False


def fact(language: Language, name: str, value: str, *, code: bool = False) -> PrintedFact:
    """A fact as it can be printed; words of another language are marked as such."""
    plain = Said(text=printable(value), language=language)
    return PrintedFact(name=name, value=plain if code else typed(value, language), code=code)
