"""What a line fixed for ever by its hash, and the texts it refers to."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Final

from models.commands import NewAddressee
from models.events import Document
from models.report.facts import ContentPin
from models.report.received import Considered, ReceivedReport
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Language, Sha256


class PinKind(StrEnum):
    """What lies under a pinned hash."""

    CONTENT = "content"  # the content of a stage or of a version, frozen
    DOCUMENT = "document"  # a printed file of a version
    EXCERPT = "excerpt"  # an excerpt of a council's minutes
    ACT = "act"  # by which a co-conductor, the lead says, agreed
    PAPER = "paper"  # the scan or the file of a report that came on paper


class Pin(Model):
    """One thing under its hash; `rendition`, `language` and `size` are those of a printed file."""

    kind: PinKind
    sha256: Sha256
    rendition: str = ""
    language: Language | None = None
    size: int | None = None


class TextKind(StrEnum):
    """What a text is, by the field that refers to it."""

    TITLE = "title"
    NOTE = "note"
    REASON = "reason"
    QUESTION = "question"
    ANSWER = "answer"
    REPLY = "reply"
    WORDS = "words"  # of whoever reports what was carried out
    COLLEAGUE = "colleague"  # what is said to whom a letter is handed on


class TextRef(Model):
    """A text the line refers to; `about` is the body it concerns where there are several."""

    kind: TextKind
    sha256: Sha256
    about: Id | None = None


_FILES: Final = {kind.value: kind for kind in (PinKind.EXCERPT, PinKind.ACT)}
_TEXTS: Final = {kind.value: kind for kind in TextKind}


def pins_of(event: Model) -> tuple[Pin, ...]:
    """Everything an event pinned, in the order of its fields."""
    return tuple(pin for name in type(event).model_fields for pin in _pins(name, getattr(event, name)))


def texts_of(event: Model) -> tuple[TextRef, ...]:
    """Every text an event refers to by its hash."""
    return tuple(ref for name in type(event).model_fields for ref in _texts(name, getattr(event, name)))


def _pins(name: str, value: object) -> Iterator[Pin]:
    match value:
        case ContentPin():
            yield Pin(kind=PinKind.CONTENT, sha256=value.sha256)
        case Document():
            yield Pin(
                kind=PinKind.DOCUMENT,
                sha256=value.sha256,
                rendition=value.rendition,
                language=value.language,
                size=value.size,
            )
        case ReceivedReport():
            yield Pin(kind=PinKind.CONTENT, sha256=value.content)
            if value.file is not None:
                yield Pin(kind=PinKind.PAPER, sha256=value.file)
        case tuple():
            for each in value:
                yield from _pins(name, each)
        case str() if name in _FILES:
            yield Pin(kind=_FILES[name], sha256=value)


def _texts(name: str, value: object) -> Iterator[TextRef]:
    if name in _TEXTS and isinstance(value, str):
        yield TextRef(kind=_TEXTS[name], sha256=value)
    elif isinstance(value, Considered):
        yield TextRef(kind=TextKind.NOTE, sha256=value.note)
    elif isinstance(value, tuple):
        for each in value:
            if isinstance(each, NewAddressee) and each.reason is not None:
                yield TextRef(kind=TextKind.REASON, sha256=each.reason, about=each.body.organisation)
