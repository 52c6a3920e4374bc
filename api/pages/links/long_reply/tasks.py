"""A long reply as a list of tasks: each item with how far it is, in words."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from api.pages.forms.drafts import Version
from api.pages.forms.parts import Part
from api.pages.forms.typed import Fault, Reader, Typed
from api.pages.links.long_reply.parts import WHOLE, part_of, places_of
from api.pages.links.matter import Matter
from api.pages.links.questions import Question, name_of
from api.pages.links.reply import read_words
from api.pages.links.words import label, signature
from locales.terms import term
from models.vocabulary.procedure import Id, Response

_LONGEST: Final = 200  # characters of an item's text in the list; all of it is on its page


class Progress(StrEnum):
    """How far a part of a reply is; `page.long_reply.progress.<value>` says it."""

    NOT_BEGUN = "not_begun"
    BEGUN = "begun"
    ANSWERED = "answered"


@dataclass(frozen=True)
class Task:
    """One part of a reply, as the list names it; `saved_at` is UTC."""

    part: Part
    name: str
    text: str
    due: str
    address: str
    progress: Progress
    decision: str = ""
    saved_at: datetime | None = None
    saved_by: str = ""
    differs: bool = False  # several people saved it, each without having seen the other's

    @property
    def done(self) -> bool:
        return self.progress is Progress.ANSWERED


def tasks_of(
    matter: Matter, questions: tuple[Question, ...], typed: Typed, others: tuple[Version, ...] = ()
) -> tuple[Task, ...]:
    """The items in the report's order, then the whole."""
    items = (_item_task(matter, question, typed, others) for question in questions)
    return (*items, _whole_task(matter, typed, others))


def not_begun(questions: tuple[Question, ...], typed: Typed) -> tuple[Question, ...]:
    """The items of which nothing was typed."""
    return tuple(question for question in questions if part_of(question.id).empty(typed))


def places(matter: Matter, questions: tuple[Question, ...]) -> dict[str, str]:
    """By a field of an item the address of where it is typed."""
    return {
        field: f"{address_of(matter, question.id)}#{field}"
        for question in questions
        for field in places_of(question.id)
    }


def address_of(matter: Matter, item: Id = "") -> str:
    """Of the page of an item, or of the whole."""
    return matter.address("items", item) if item else matter.address("whole")


def progress_of(part: Part, typed: Typed) -> Progress:
    """Answered is what could be sent as it stands."""
    if part.empty(typed):
        return Progress.NOT_BEGUN
    return Progress.BEGUN if faults_of(part, typed) else Progress.ANSWERED


def faults_of(part: Part, typed: Typed, name: str = "") -> tuple[Fault, ...]:
    """What keeps a part from being an answer; `name` is what its faults call it."""
    reader = Reader(typed)
    if part is WHOLE:
        reader.text("text")
        signature(reader)
    else:
        read_words(reader, name, part.name)
    return tuple(reader.faults)


def _item_task(matter: Matter, question: Question, typed: Typed, others: tuple[Version, ...]) -> Task:
    part, chosen = part_of(question.id), typed.one(f"response-{question.id}")
    known = chosen in {each.value for each in Response}
    return Task(
        part=part,
        name=name_of(question, matter),
        text=_short(question.text),
        due=question.due,
        address=address_of(matter, question.id),
        progress=progress_of(part, typed),
        decision=term(matter.language, Response(chosen)) if known else "",
        saved_at=part.saved_at(typed),
        saved_by=matter.reader_of(part.saved_by(typed)),
        differs=_differs(part, typed, others),
    )


def _whole_task(matter: Matter, typed: Typed, others: tuple[Version, ...]) -> Task:
    return Task(
        part=WHOLE,
        name=label(matter, "long_reply.whole"),
        text=label(matter, "long_reply.whole_text"),
        due="",
        address=address_of(matter),
        progress=progress_of(WHOLE, typed),
        saved_at=WHOLE.saved_at(typed),
        saved_by=matter.reader_of(WHOLE.saved_by(typed)),
        differs=_differs(WHOLE, typed, others),
    )


def _differs(part: Part, typed: Typed, others: tuple[Version, ...]) -> bool:
    return any(part.mark(each.typed) != part.mark(typed) for each in others)


def _short(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= _LONGEST else plain[:_LONGEST].rpartition(" ")[0] + "…"
