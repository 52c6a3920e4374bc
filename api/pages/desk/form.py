"""What every form of the desk can do. As the letters' forms, but for people with an account."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Final, Generic, TypeVar

from pydantic import BaseModel
from starlette.datastructures import FormData

from api.commands.consolidation import ConsolidationDesk
from api.commands.desk import CommandDesk
from api.commands.idempotency import RequestKey
from api.pages.desk.sitting import Sitting
from api.pages.forms.form import Line
from api.pages.forms.typed import Fault, Typed
from api.pages.forms.uploads import File
from models.vocabulary.procedure import Id

A = TypeVar("A", bound=BaseModel)
UNSENT: Id = "unsent"
UNKNOWN: Final = frozenset({"report_not_in_inbox"})  # what a form is about is not there


@dataclass(frozen=True)
class Answer(Generic[A]):
    """What was asked for, or the faults that keep it from being asked."""

    given: A | None
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class View:
    """What a form's template needs besides what was typed."""

    files: dict[str, tuple[File, ...]] = field(default_factory=dict)


class DeskForm(ABC, Generic[A]):
    """One form. It sends its command by the same function as the API's route."""

    template: ClassVar[str]
    key: ClassVar[str]  # of its texts, `page.desk.<key>.…`
    done: ClassVar[str]  # what the inbox says afterwards, `page.desk.done.<done>`
    fields_of_refusals: ClassVar[Mapping[str, str]] = {}
    closing: ClassVar[frozenset[str]] = frozenset({"consolidation_ended"})  # no other words would help

    @property
    @abstractmethod
    def here(self) -> str:
        """The address of the form."""

    @property
    def about(self) -> str:
        """What it is about: a report's number, a round's; nothing where it makes something new."""
        return ""

    @abstractmethod
    async def read(self, typed: Typed, sitting: Sitting) -> Answer[A]:
        """What is asked for, in what was typed."""

    @abstractmethod
    async def lines(self, answer: A, typed: Typed, sitting: Sitting) -> tuple[Line, ...]:
        """The same in words, for checking."""

    @abstractmethod
    async def ahead(self, answer: A, sitting: Sitting) -> None:
        """Ask the rules while checking, not after sending. Raises Refused or Failed."""

    @abstractmethod
    async def send(self, answer: A, sitting: Sitting, key: RequestKey) -> str:
        """Send the command; tells what it was about. Raises Refused or Failed as the route does."""

    async def open(self, sitting: Sitting) -> None:
        """Whether there is anything to fill in yet. Raises Refused where the rules forbid it already."""

    async def begin(self, sitting: Sitting) -> Typed:
        """What stands in the form at first."""
        return Typed()

    async def view(self, typed: Typed, sitting: Sitting) -> View:
        return View()

    async def keep(self, form: FormData, typed: Typed, sitting: Sitting) -> tuple[Typed, tuple[Fault, ...]]:
        """Keep files and rows that came with the form."""
        return typed, ()


def desk_of(sitting: Sitting, key: RequestKey) -> ConsolidationDesk:
    """The desk by which the API sends, for one form."""
    desk = CommandDesk(sitting.services, sitting.session, key, sitting.now)
    return ConsolidationDesk(desk, sitting.services, sitting.session, sitting.now)
