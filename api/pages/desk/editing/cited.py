"""The sources that an indicator or a finding rests on, as they are chosen and named."""

from api.content.building import current_sources
from api.pages.desk.editing.seat import EditSitting
from api.pages.forms.form import Line
from api.pages.forms.typed import Typed
from api.register.choices import Choice
from locales.catalogue import text
from models.vocabulary.procedure import Id


async def source_choices(sitting: EditSitting) -> tuple[Choice, ...]:
    """The sources as they stand, in the order in which they were entered."""
    sources = await current_sources(sitting.session, sitting.number)
    return tuple(Choice(value=each.id, name=each.title.best(sitting.language) or each.id) for each in sources)


async def cited(typed: Typed, sitting: EditSitting) -> tuple[Id, ...]:
    """The chosen ones."""
    known = {each.value for each in await source_choices(sitting)}
    return tuple(each for each in typed.all("source") if each in known)


async def said_cited(sources: tuple[Id, ...], sitting: EditSitting) -> tuple[Line, ...]:
    """One line, where any is cited."""
    if not sources:
        return ()
    names = {each.value: each.name for each in await source_choices(sitting)}
    value = "; ".join(names.get(each, each) for each in sources)
    return (Line(label=text(sitting.language, "page.desk.content.sources"), value=value),)
