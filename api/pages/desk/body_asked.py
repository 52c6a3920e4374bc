"""A body that is typed by its name, a part of it, or its code: a country has too many for a list."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.bodies import versions_on
from api.pages.desk.naming import bodies_named, body_choices
from api.pages.desk.questions import Asking, Question
from api.pages.desk.sitting import Sitting
from api.pages.forms.form import Line
from api.pages.forms.typed import Typed
from api.register.choices import Choice
from models.tables.bodies import OrganisationRow
from models.vocabulary.procedure import Id
from models.words.order import by_name

_MOST: Final = 20
_SOME_BODY: Final = "some-body"


@dataclass(frozen=True)
class Found:
    """The bodies that what was typed can mean, at most so many; `more` where there are others."""

    bodies: tuple[Id, ...]
    more: bool = False


async def bodies_found(session: AsyncSession, today: date, said: str) -> Found:
    """The bodies of today that are called so, else those whose names have every word of it."""
    wanted = " ".join(said.split()).casefold()
    if not wanted:
        return Found(())
    codes = dict((await session.exec(select(OrganisationRow.id, OrganisationRow.code))).all())
    called: dict[Id, tuple[str, ...]] = {
        body: tuple(each.casefold() for each in (body, codes[body], row.name_kk, row.name_ru, row.name_en))
        for body, row in (await versions_on(session, today)).items()
    }
    exactly = tuple(body for body, names in called.items() if wanted in names)
    if exactly:
        return Found(exactly[:_MOST], len(exactly) > _MOST)
    words = wanted.split()
    partly = [
        body
        for body, names in called.items()
        if any(all(word in name for word in words) for name in names[2:])
    ]
    return Found(tuple(partly[:_MOST]), len(partly) > _MOST)


class BodyQuestion(Question[Id]):
    """A body of the registry, as it stands today. Where several are meant, it is asked which one."""

    kind = "body"
    not_found: ClassVar[str] = "desk_body_not_found"
    several: ClassVar[str] = "desk_body_several"
    too_many: ClassVar[str] = "desk_body_too_many"

    @property
    def meant(self) -> str:
        """The field in which one of several is chosen."""
        return f"{self.name}-meant"

    async def found(self, sitting: Sitting, said: str) -> Found:
        """Whatever can be meant by what was typed."""
        return await bodies_found(sitting.session, sitting.today, said)

    async def named(self, sitting: Sitting, known: tuple[Id, ...]) -> dict[Id, str]:
        """The names of those, by their ids."""
        return await bodies_named(sitting.session, sitting.language, sitting.today, known)

    async def read(self, asking: Asking) -> Id | None:
        if self.empty(asking.typed):
            asking.missing(self.name)
            return None
        sitting = asking.sitting
        found = await self.found(sitting, asking.typed.one(self.name))
        meant = asking.typed.one(self.meant)
        if len(found.bodies) == 1 or meant in found.bodies:
            return meant if meant in found.bodies else found.bodies[0]
        if not found.bodies:
            asking.reader.fault(self.name, self.not_found, question=asking.label)
        elif found.more:
            asking.reader.fault(self.name, self.too_many, question=asking.label)
        else:
            asking.reader.fault(self.meant, self.several, question=asking.label)
        return None

    def any(self, today: date) -> Id:
        return _SOME_BODY

    async def said(self, value: Id, label: str, sitting: Sitting) -> Line:
        names = await self.named(sitting, (value,))
        return self.in_words(label, names[value])

    async def options(self, sitting: Sitting, typed: Typed) -> tuple[Choice, ...]:
        """The bodies that can be meant, where there are several."""
        found = await self.found(sitting, typed.one(self.name))
        if len(found.bodies) < 2 or found.more:
            return ()
        names = await self.named(sitting, found.bodies)
        return tuple(Choice(value=body, name=name) for body, name in by_name(names, sitting.language))


class StudiedBodyQuestion(BodyQuestion):
    """A body that is there, or else was: what existed in the period studied can be studied."""

    async def found(self, sitting: Sitting, said: str) -> Found:
        there = await super().found(sitting, said)
        words = said.casefold().split()
        if there.bodies or not words:
            return there
        known = await body_choices(sitting.session, sitting.language, sitting.today)
        called = [each.value for each in known if each.value == said.strip()]
        partly = [each.value for each in known if all(word in each.name.casefold() for word in words)]
        found = called or partly
        return Found(tuple(found[:_MOST]), len(found) > _MOST)


def pairs(choices: tuple[Choice, ...]) -> tuple[tuple[str, str], ...]:
    """As radio buttons are offered."""
    return tuple((each.value, each.name) for each in choices)
