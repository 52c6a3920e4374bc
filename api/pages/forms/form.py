"""What every form behind a link can do: read what was typed, show it for checking, become a command."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import ClassVar, Generic, TypeVar

from sqlmodel import col, select

from api.content.notes import Note
from api.pages.forms.drafts import FormName
from api.pages.forms.typed import Fault, Typed
from api.pages.forms.uploads import File
from api.pages.links.opened import Matter
from models.commands.command import Command
from models.tables.journal import EntryRow
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, monitoring_workflow_id

A = TypeVar("A", bound=Model)


@dataclass(frozen=True)
class Reading(Generic[A]):
    """An answer, or the faults that keep it from being one."""

    answer: A | None
    faults: tuple[Fault, ...] = ()


class Line(Model):
    """One line of «check your answers»; `field` is where it can be changed."""

    label: str
    value: str
    field: str = ""
    files: tuple[File, ...] = ()
    heading: str = ""  # the group that begins with this line


@dataclass(frozen=True)
class Order:
    """What is sent: a command, and the texts it refers to by their hashes."""

    command: Command
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class View:
    """What a form's template needs besides what was typed. Each form has a view of its own."""

    files: dict[str, tuple[File, ...]] = field(default_factory=dict)  # by field


@dataclass(frozen=True)
class AnswerOnRecord(Generic[A]):
    """An answer as it is on record, with its line in the journal."""

    answer: A
    line: EntryRow


class LetterForm(ABC, Generic[A]):
    """One form. Forms hold no state: everything is in the matter and in what was typed."""

    name: ClassVar[FormName] = FormName.ANSWER
    template: ClassVar[str]
    key: ClassVar[str]  # of its texts, `page.<key>.…`
    fields_of_refusals: ClassVar[dict[str, str]] = {}  # a rule's refusal, and its field, by the params

    @abstractmethod
    async def read(self, typed: Typed, matter: Matter) -> Reading[A]:
        """The answer in what was typed."""

    @abstractmethod
    async def lines(self, answer: A, matter: Matter) -> tuple[Line, ...]:
        """The answer in words, for checking and for the record."""

    @abstractmethod
    def order(self, answer: A, matter: Matter, command: Id) -> Order:
        """The command that gives the answer, under an id."""

    @abstractmethod
    async def recorded(self, matter: Matter) -> AnswerOnRecord[A] | None:
        """The answer on record, if there is one."""

    async def view(self, typed: Typed, matter: Matter) -> View:
        """What the template shows."""
        return View()

    async def before_sending(self, answer: A, matter: Matter, command: Id) -> None:
        """What must be in the database before the command is sent."""

    async def after_refusal(self, answer: A, matter: Matter, command: Id) -> None:
        """Take back what `before_sending` wrote."""

    def attempt(self, matter: Matter) -> str:
        """Which of several possible askings this is; most forms are sent once in a lifetime."""
        return ""


async def journal_line(matter: Matter, event: type[Model], field: str, subject: Id) -> EntryRow | None:
    """The newest line of the journal that says this event of a subject."""
    kind = event.model_fields["type"].default
    lines = (
        select(EntryRow)
        .where(EntryRow.workflow_id == monitoring_workflow_id(matter.number), EntryRow.type == kind)
        .where(col(EntryRow.event)[field].astext == subject)
        .order_by(col(EntryRow.seq).desc())
        .limit(1)
    )
    return (await matter.session.exec(lines)).first()
