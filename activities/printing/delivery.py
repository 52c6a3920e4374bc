"""The certificate of delivery of a letter as PDF/A-2b and PDF/UA-1, set by Typst. Pure."""

import typst

from activities.printing.form import FORMS, STANDARDS
from activities.printing.form_words import typed
from activities.printing.glyphs import FONTS, printable
from activities.printing.sheet import Said
from models.vocabulary.base import Model
from models.vocabulary.procedure import Language


class DeliveryFact(Model):
    """A name and what stands behind it; `code` is a hash, an address of a message."""

    name: str
    value: Said
    code: bool = False


class DeliveryEntry(Model):
    """An attempt, a statement, a line of the journal."""

    said: str
    facts: tuple[DeliveryFact, ...] = ()


class DeliverySheet(Model):
    """Everything the template prints, in words of the language."""

    language: Language
    labels: dict[str, str]
    dated: tuple[int, int, int]  # year, month, day
    heading: str
    foot: str
    facts: tuple[DeliveryFact, ...]
    attempts: tuple[DeliveryEntry, ...]
    heard: tuple[DeliveryEntry, ...]
    journal: tuple[DeliveryEntry, ...]
    notes: tuple[str, ...]


def fact(language: Language, name: str, value: str, *, code: bool = False) -> DeliveryFact:
    """A fact as it can be printed; words of another language are marked as such."""
    plain = Said(text=printable(value), language=language)
    return DeliveryFact(name=name, value=plain if code else typed(value, language), code=code)


def entry(said: str, facts: tuple[DeliveryFact, ...] = ()) -> DeliveryEntry:
    return DeliveryEntry(said=printable(said), facts=tuple(each for each in facts if each.value.text))


def render_delivery(sheet: DeliverySheet) -> bytes:
    """The certificate on paper. Raises `typst.TypstError` where data do not fit: a fault of ours."""
    return typst.compile(
        FORMS / "delivery" / "certificate.typ",
        root=FORMS,
        font_paths=FONTS,
        ignore_system_fonts=True,
        sys_inputs={"sheet": sheet.model_dump_json()},
        pdf_standards=list(STANDARDS),
    )
