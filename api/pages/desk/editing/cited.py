"""The sources that an indicator or a finding rests on, as they are chosen and named.

A few are chosen by boxes; of many, their numbers in the list are typed.
"""

from typing import Final

from api.content.building import current_sources
from api.pages.desk.editing.seat import EditSitting
from api.pages.forms.form import Line
from api.pages.forms.typed import Reader, Typed
from api.register.choices import Choice
from locales.catalogue import text
from models.vocabulary.procedure import Id
from models.words.numbers_listed import numbers_listed

NUMBERS: Final = "source_numbers"


async def source_choices(sitting: EditSitting) -> tuple[Choice, ...]:
    """The sources as they stand, in the order in which they were entered."""
    sources = await current_sources(sitting.session, sitting.number)
    return tuple(Choice(value=each.id, name=each.title.best(sitting.language) or each.id) for each in sources)


async def cited(reader: Reader, typed: Typed, sitting: EditSitting) -> tuple[Id, ...]:
    """The chosen ones."""
    return cited_of(reader, typed, tuple(each.value for each in await source_choices(sitting)))


def cited_of(reader: Reader, typed: Typed, known: tuple[Id, ...]) -> tuple[Id, ...]:
    """The chosen ones of those that are known, in the order of their list."""
    if NUMBERS not in typed.fields:
        return tuple(each for each in typed.all("source") if each in known)
    numbers = numbers_listed(typed.one(NUMBERS))
    if numbers is None or not numbers <= set(range(1, len(known) + 1)):
        reader.fault(NUMBERS, "desk_source_numbers", count=len(known))
        return ()
    return tuple(known[number - 1] for number in sorted(numbers))


async def said_cited(sources: tuple[Id, ...], sitting: EditSitting) -> tuple[Line, ...]:
    """One line, where any is cited."""
    if not sources:
        return ()
    names = {each.value: each.name for each in await source_choices(sitting)}
    value = "; ".join(names.get(each, each) for each in sources)
    return (Line(label=text(sitting.language, "page.desk.content.sources"), value=value),)
