"""A person of the registry that is typed by the name or a part of it."""

from datetime import date
from typing import Final

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from api.pages.desk.questions import Asking, Question
from api.pages.desk.sitting import Sitting
from api.pages.forms.form import Line
from api.pages.forms.typed import Typed
from api.register.choices import Choice
from models.tables.people import PersonRow
from models.vocabulary.procedure import Id

_MOST: Final = 20


async def people_found(session: AsyncSession, said: str) -> tuple[PersonRow, ...]:
    """Those of that id, else those in whose names every word of it is; one more than can be shown."""
    known = await session.get(PersonRow, said.strip())
    if known is not None:
        return (known,)
    words = said.split()
    if not words:
        return ()
    found = select(PersonRow)
    for word in words:
        found = found.where(col(PersonRow.name).icontains(word, autoescape=True))
    return tuple(await session.exec(found.order_by(col(PersonRow.name)).limit(_MOST + 1)))


class PersonQuestion(Question[Id]):
    """A person of the registry. Where several are meant, it is asked which one."""

    kind = "body"

    async def read(self, asking: Asking) -> Id | None:
        if self.empty(asking.typed):
            asking.missing(self.name)
            return None
        found = [each.id for each in await people_found(asking.sitting.session, asking.typed.one(self.name))]
        meant = asking.typed.one(f"{self.name}-meant")
        if len(found) == 1 or meant in found:
            return meant if meant in found else found[0]
        if not found:
            asking.reader.fault(self.name, "registries_person_not_found", question=asking.label)
        elif len(found) > _MOST:
            asking.reader.fault(self.name, "registries_people_too_many", question=asking.label)
        else:
            asking.reader.fault(f"{self.name}-meant", "registries_people_several", question=asking.label)
        return None

    def any(self, today: date) -> Id:
        return "–"

    async def said(self, value: Id, label: str, sitting: Sitting) -> Line:
        known = await sitting.session.get(PersonRow, value)
        return self.in_words(label, _told(known) if known else value)

    async def options(self, sitting: Sitting, typed: Typed) -> tuple[Choice, ...]:
        found = await people_found(sitting.session, typed.one(self.name))
        if not 1 < len(found) <= _MOST:
            return ()
        return tuple(Choice(value=each.id, name=_told(each)) for each in found)


def _told(person: PersonRow) -> str:
    return f"{person.name} ({person.post})" if person.post else person.name
