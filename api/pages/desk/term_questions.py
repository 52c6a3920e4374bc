"""Questions that a vocabulary answers: one of its members, or several, by their terms."""

from datetime import date
from enum import Enum
from typing import TypeVar

from api.pages.desk.questions import Asking, Question
from api.pages.desk.sitting import Sitting
from api.pages.forms.form import Line
from api.pages.forms.typed import Typed
from api.register.choices import Choice
from locales.terms import term

E = TypeVar("E", bound=Enum)


class ChoiceQuestion(Question[E]):
    """One of the members of a vocabulary, by its terms."""

    kind = "radios"

    def __init__(self, name: str, members: type[E]) -> None:
        super().__init__(name)
        self.members = tuple(members)

    async def read(self, asking: Asking) -> E | None:
        chosen = asking.typed.one(self.name)
        found = next((each for each in self.members if str(each.value) == chosen), None)
        if found is None:
            asking.missing(self.name)
        return found

    def any(self, today: date) -> E:
        return self.members[0]

    async def said(self, value: E, label: str, sitting: Sitting) -> Line:
        return self.in_words(label, term(sitting.language, value))

    def begun(self, value: E) -> tuple[str, ...]:
        return (str(value.value),)

    async def options(self, sitting: Sitting, typed: Typed) -> tuple[Choice, ...]:
        return _by_terms(sitting, self.members)


def _by_terms(sitting: Sitting, members: tuple[Enum, ...]) -> tuple[Choice, ...]:
    return tuple(Choice(value=str(each.value), name=term(sitting.language, each)) for each in members)


class BoxesQuestion(Question[tuple[E, ...]]):
    """At least one of the members of a vocabulary, by their terms."""

    kind = "boxes"

    def __init__(self, name: str, members: type[E]) -> None:
        super().__init__(name)
        self.members = tuple(members)

    async def read(self, asking: Asking) -> tuple[E, ...] | None:
        ticked = asking.typed.all(self.name)
        found = tuple(each for each in self.members if str(each.value) in ticked)
        if not found:
            asking.missing(self.name)
        return found or None

    def any(self, today: date) -> tuple[E, ...]:
        return self.members

    async def said(self, value: tuple[E, ...], label: str, sitting: Sitting) -> Line:
        return self.in_words(label, "; ".join(term(sitting.language, each) for each in value))

    def begun(self, value: tuple[E, ...]) -> tuple[str, ...]:
        return tuple(str(each.value) for each in value)

    async def options(self, sitting: Sitting, typed: Typed) -> tuple[Choice, ...]:
        return _by_terms(sitting, self.members)
