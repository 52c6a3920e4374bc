"""What every form can do: read what was typed, show it for checking, become a command."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from pydantic import BaseModel

from activities.files.types import EVIDENCE, Taken
from api.commands.desk import CommandDesk
from api.commands.idempotency import RequestKey
from api.content.notes import Note
from api.pages.forms.bench import Bench
from api.pages.forms.typed import Fault, Typed, written
from api.pages.forms.uploads import MOST_FILES, Choosing, File
from models.commands import command_name
from models.commands.command import Command
from models.report.content import ReportContent
from models.tables.journal import EntryRow
from models.vocabulary.base import Model
from models.vocabulary.procedure import Language

A = TypeVar("A", bound=BaseModel)
B = TypeVar("B", bound=Bench)


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
    words: bool = False  # what somebody wrote, in a language of theirs
    at: str = ""  # the address where it can be changed, where that is a page of its own


@dataclass(frozen=True)
class Order:
    """What is sent: a command, and the texts and the content it refers to by their hashes."""

    command: Command
    notes: tuple[Note, ...] = ()
    content: ReportContent | None = None


@dataclass(frozen=True)
class View:
    """What a form's template needs besides what was typed. Each form has a view of its own."""


@dataclass(frozen=True)
class AnswerOnRecord(Generic[A]):
    """An answer as it is on record, with its line in the journal."""

    answer: A
    line: EntryRow


class Form(ABC, Generic[A, B]):
    """One form for one thing to do. Forms hold no state: all is at the bench and in what was typed."""

    name: ClassVar[str] = "answer"  # among the forms of one bench
    template: ClassVar[str]
    key: ClassVar[str]  # of its texts
    fields_of_refusals: ClassVar[Mapping[str, str]] = {}  # a rule's refusal, and its field, by the params
    closing: ClassVar[frozenset[str]] = frozenset()  # refusals that no other words would help
    not_there: ClassVar[frozenset[str]] = frozenset()  # those that say there is no such thing (404)
    writes_beside: ClassVar[bool] = False  # content, with the command and in its transaction
    one_file: ClassVar[bool] = False  # a chosen file takes the place of the one before
    takes: ClassVar[Taken] = EVIDENCE  # the kinds of files that may be chosen
    check_template: ClassVar[str] = "check.html"

    @abstractmethod
    async def read(self, typed: Typed, bench: B) -> Reading[A]:
        """The answer in what was typed."""

    @abstractmethod
    async def lines(self, answer: A, bench: B) -> tuple[Line, ...]:
        """The answer in words, for checking and for the record."""

    @abstractmethod
    def asked(self, bench: B) -> str:
        """What is asked for, as its key says it."""

    @abstractmethod
    async def ask(self, answer: A, bench: B, key: RequestKey) -> None:
        """Whether it would be taken if it were sent now. Raises Refused or Failed."""

    @abstractmethod
    async def happen(self, answer: A, bench: B, key: RequestKey) -> str:
        """Send it; tells what it was about. Raises Refused or Failed."""

    def field_at(self, pointer: str) -> str | None:
        """The field that a fault of what is sent is about; None where the refusal itself says it."""
        return None

    async def as_typed(self, typed: Typed, reading: Reading[A], bench: B) -> tuple[Line, ...]:
        """What was typed, in the words of an answer where it is one, else as it stands."""
        if reading.answer is not None:
            return await self.lines(reading.answer, bench)
        return tuple(Line(label="", value=value) for value in written(typed))

    async def doubts(self, answer: A, bench: B) -> tuple[str, ...]:
        """What forbids nothing and is said before it is sent."""
        return ()

    async def checked(self, answer: A, bench: B) -> dict[str, object]:
        """What else the page of «check your answers» shows."""
        return {}

    async def leads(self, bench: B) -> None:
        """Raises Stopped where the way leads nowhere any more, whatever was answered before."""

    async def asks(self, bench: B) -> None:
        """Raises Stopped where nothing can be answered now, if nothing was answered before."""

    async def recorded(self, bench: B) -> AnswerOnRecord[A] | None:
        """The answer on record, where it is given once and shown ever after."""
        return None

    async def beside(self, recorded: AnswerOnRecord[A], bench: B) -> dict[str, object]:
        """What else the page of an answer on record shows."""
        return {}

    async def possible(self, bench: B) -> None:
        """Raises Refused or Failed where nothing can be sent now, whatever it says."""

    async def begin(self, bench: B) -> Typed:
        """What stands in the form at first."""
        return Typed()

    def at_field(self, language: Language, field: str, sentence: str) -> str:
        """What is wrong with a field, by its name where the form knows it: it stands above the form, too."""
        return sentence

    def any_answer(self, bench: B) -> A | None:
        """Where the rules mind when it is sent, and never what it says: they are asked as it is opened."""
        return None

    async def view(self, typed: Typed, bench: B) -> View:
        """What the template shows."""
        return View()

    def above(self, bench: B) -> dict[str, object]:
        """What else the template shows, the same for every form of a kind."""
        return {}

    def with_rows(self, typed: Typed) -> Typed:
        """With the rows that were asked for."""
        return typed

    async def gathered(self, typed: Typed, bench: B) -> tuple[Typed, tuple[Fault, ...]]:
        """All that was typed, where pages of its parts hold it; and why it is not sent as it was checked."""
        return typed, ()

    def most_files(self, bench: B) -> int:
        """How many files may be chosen in all."""
        return MOST_FILES

    def choosing(self, bench: B) -> Choosing:
        """Which files may be chosen."""
        return Choosing(
            bench.language,
            bench.services.settings.upload_limit_bytes,
            self.takes,
            self.most_files(bench),
            self.one_file,
        )


class CommandForm(Form[A, B]):
    """A form for one command."""

    command: ClassVar[type[Command]]

    @abstractmethod
    async def order(self, answer: A, bench: B, key: RequestKey) -> Order:
        """The command that gives the answer, built once for a request. Raises Refused or Failed."""

    async def ask(self, answer: A, bench: B, key: RequestKey) -> None:
        """The rules are asked of the very command that would be sent."""
        order = await self.order(answer, bench, key)
        bench.to.ask(order.command, bench.now)

    async def happen(self, answer: A, bench: B, key: RequestKey) -> str:
        order = await self.order(answer, bench, key)
        return await self.send(
            answer, order, CommandDesk(bench.services, bench.session, key, bench.now), bench
        )

    async def send(self, answer: A, order: Order, desk: CommandDesk, bench: B) -> str:
        """Send the command; tells what it was about. Raises Failed as the desk does."""
        await desk.send(bench.to, order.command, notes=order.notes, content=order.content)
        return bench.about

    def attempt(self, bench: B) -> str:
        """Which of several possible askings this is; most forms are sent once in a lifetime."""
        return ""

    def asked(self, bench: B) -> str:
        return f"{command_name(self.command)}/{self.attempt(bench)}"


AnyForm = Form[Any, Any]
