"""Questions as data: each knows how it is asked, read from what was typed, and said in words.

A form names its questions once (`question_form.py`). What was answered is had by the question: `said[UNTIL]`
is a date where `UNTIL` is a `DayQuestion`.
"""

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, Final, Generic, TypeVar, cast

from api.content.notes import Note, noted
from api.http.requests import EARLIEST, LATEST
from api.pages.desk.sitting import Sitting
from api.pages.forms.form import Line
from api.pages.forms.typed import BOUNDS, Reader, Typed
from api.pages.forms.uploads import ATTACHED, UPLOAD, File, files_by_id
from api.register.choices import Choice
from locales.catalogue import text
from locales.dates import say_date, say_instant
from models.calendar.zone import COUNTRY_ZONE, zone_of
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Sha256

V = TypeVar("V")
MISSING: Final = "desk_question_missing"
YES: Final = "yes"
_MOMENTS: Final = ("%d.%m.%Y %H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M")
_SOME_WORDS: Final = "1"


@dataclass(frozen=True)
class Asking:
    """What was typed, before whom it is read, and the `label` of the question that is read."""

    reader: Reader
    typed: Typed
    sitting: Sitting
    label: str

    def missing(self, field: str) -> None:
        self.reader.fault(field, MISSING, question=self.label)


class Question(ABC, Generic[V]):
    """`name` is its field's, and its text's: `page.desk.<key>.<name>`, with a hint where `…_hint` exists."""

    kind: str  # the macro of `desk/questions.html` that asks it

    def __init__(self, name: str) -> None:
        self.name = name

    @abstractmethod
    async def read(self, asking: Asking) -> V | None:
        """The answer; what is wrong with it is the reader's to tell, and None then."""

    @abstractmethod
    def any(self, today: date) -> V:
        """An answer that could be given, where the rules mind only the moment."""

    @abstractmethod
    async def said(self, value: V, label: str, sitting: Sitting) -> Line:
        """The answer in words."""

    def begun(self, value: V) -> tuple[str, ...]:
        """The values of its field, where an answer stands in the form at first."""
        return (str(value),)

    def empty(self, typed: Typed) -> bool:
        """Whether nothing was answered."""
        return not typed.one(self.name).strip()

    async def options(self, sitting: Sitting, typed: Typed) -> tuple[Choice, ...]:
        """What can be chosen from."""
        return ()

    def in_words(self, label: str, value: str) -> Line:
        return Line(label=label, value=value, field=self.name)


AnyQuestion = Question[Any]


class Answers(Model):
    """What was answered, by the names of the questions."""

    given: dict[str, object]

    def __getitem__(self, question: Question[V]) -> V:
        return cast(V, self.given[question.name])

    def notes(self) -> tuple[Note, ...]:
        """The texts, which commands name by their hashes."""
        return tuple(value.note for value in self.given.values() if isinstance(value, Words))


class Words(Model):
    """A text as typed; a command carries its hash."""

    text: str

    @property
    def note(self) -> Note:
        return noted(self.text)

    @property
    def sha256(self) -> Sha256:
        return self.note.sha256


class DayQuestion(Question[date]):
    """A local date."""

    kind = "day"

    async def read(self, asking: Asking) -> date | None:
        return asking.reader.day(self.name, MISSING, question=asking.label)

    def any(self, today: date) -> date:
        return today

    async def said(self, value: date, label: str, sitting: Sitting) -> Line:
        return self.in_words(label, say_date(sitting.language, value))

    def begun(self, value: date) -> tuple[str, ...]:
        return (value.isoformat(),)


class TextQuestion(Question[Words]):
    """A text of several lines: a reason, a note. It is kept under its hash."""

    kind = "area"

    async def read(self, asking: Asking) -> Words | None:
        said = asking.reader.text(self.name, MISSING, question=asking.label)
        return Words(text=said) if said else None

    def any(self, today: date) -> Words:
        return Words(text=_SOME_WORDS)

    async def said(self, value: Words, label: str, sitting: Sitting) -> Line:
        return self.in_words(label, value.text)

    def begun(self, value: Words) -> tuple[str, ...]:
        return (value.text,)


class LineQuestion(Question[str]):
    """A text of one line that stands in the command itself: a number, an address."""

    kind = "line"

    async def read(self, asking: Asking) -> str | None:
        return asking.reader.line(self.name, MISSING, question=asking.label)

    def any(self, today: date) -> str:
        return _SOME_WORDS

    async def said(self, value: str, label: str, sitting: Sitting) -> Line:
        return self.in_words(label, value)


class MomentQuestion(Question[datetime]):
    """A local date with a time of day, as people write them: 10.12.2026 15:00. The instant is in UTC."""

    kind = "line"

    async def read(self, asking: Asking) -> datetime | None:
        typed = asking.reader.line(self.name, MISSING, question=asking.label)
        if not typed:
            return None
        for pattern in _MOMENTS:
            try:
                local = datetime.strptime(typed, pattern).replace(tzinfo=zone_of(COUNTRY_ZONE))
            except ValueError:
                continue
            if EARLIEST <= local.date() <= LATEST:
                return local.astimezone(UTC)
            asking.reader.fault(self.name, "date_bounds", question=asking.label, **BOUNDS)
            return None
        asking.reader.fault(self.name, "desk_moment_unreadable", question=asking.label)
        return None

    def any(self, today: date) -> datetime:
        return datetime.combine(today, time.max, tzinfo=zone_of(COUNTRY_ZONE)).astimezone(UTC)

    async def said(self, value: datetime, label: str, sitting: Sitting) -> Line:
        return self.in_words(label, say_instant(sitting.language, value))


class BoxQuestion(Question[bool]):
    """Something that is stated, or is not."""

    kind = "box"

    async def read(self, asking: Asking) -> bool:
        return asking.typed.one(self.name) == YES

    def any(self, today: date) -> bool:
        return True

    async def said(self, value: bool, label: str, sitting: Sitting) -> Line:
        key = "page.desk.question.stated" if value else "page.desk.question.not_stated"
        return self.in_words(label, text(sitting.language, key))

    def begun(self, value: bool) -> tuple[str, ...]:
        return (YES,) if value else ()


Offers = Callable[[Any], Awaitable[tuple[Choice, ...]]]


class PickQuestion(Question[Id]):
    """One of what there is to choose from at that bench: a council, a member."""

    kind = "list"

    def __init__(self, name: str, offers: Offers) -> None:
        super().__init__(name)
        self._offers = offers

    async def read(self, asking: Asking) -> Id | None:
        chosen = asking.typed.one(self.name)
        if chosen in {each.value for each in await self._offers(asking.sitting)}:
            return chosen
        asking.missing(self.name)
        return None

    def any(self, today: date) -> Id:
        return _SOME_WORDS

    async def said(self, value: Id, label: str, sitting: Sitting) -> Line:
        names = {each.value: each.name for each in await self._offers(sitting)}
        return self.in_words(label, names.get(value, value))

    async def options(self, sitting: Sitting, typed: Typed) -> tuple[Choice, ...]:
        return await self._offers(sitting)


class FileQuestion(Question[tuple[File, ...]]):
    """Files, kept beside the draft at once; how many are taken, the form says (`one_file`)."""

    kind = "upload"

    @property
    def attached(self) -> str:
        return f"{ATTACHED}-{self.name}"

    @property
    def upload(self) -> str:
        return f"{UPLOAD}-{self.name}"

    async def read(self, asking: Asking) -> tuple[File, ...] | None:
        files = await files_by_id(asking.sitting, asking.typed.all(self.attached))
        if not files:
            asking.missing(self.upload)
        return files or None

    def any(self, today: date) -> tuple[File, ...]:
        return ()

    async def said(self, value: tuple[File, ...], label: str, sitting: Sitting) -> Line:
        return Line(label=label, value="", field=self.upload, files=value)

    def empty(self, typed: Typed) -> bool:
        return not typed.all(self.attached)


class Perhaps(Question[V | None]):
    """A question that may be left without an answer."""

    def __init__(self, question: Question[V]) -> None:
        super().__init__(question.name)
        self.question, self.kind = question, question.kind

    async def read(self, asking: Asking) -> V | None:
        return None if self.question.empty(asking.typed) else await self.question.read(asking)

    def any(self, today: date) -> None:
        return None

    async def said(self, value: V | None, label: str, sitting: Sitting) -> Line:
        if value is None:
            return self.in_words(label, text(sitting.language, "page.desk.nothing"))
        return await self.question.said(value, label, sitting)

    def begun(self, value: V | None) -> tuple[str, ...]:
        return () if value is None else self.question.begun(value)

    def empty(self, typed: Typed) -> bool:
        return self.question.empty(typed)

    async def options(self, sitting: Sitting, typed: Typed) -> tuple[Choice, ...]:
        return await self.question.options(sitting, typed)
