"""What the events of a journal refer to by hash: texts (notes), frozen contents, documents, excerpts."""

from collections.abc import Iterator

from pydantic import BaseModel

from models.events import ConsiderationRecorded, Document, Entry
from models.facts import ContentPin
from models.procedure import Sha256

NOTE_FIELDS = frozenset({"title", "note", "reason", "question", "answer", "reply", "words"})
"""The names of fields of type `Note` in events; a test holds them to the fields' types."""


def notes_of(entry: Entry) -> Iterator[Sha256]:
    """The texts an entry refers to."""
    for model in _models(entry.event):
        for name in sorted(NOTE_FIELDS & type(model).model_fields.keys()):
            value = getattr(model, name)
            if isinstance(value, str):
                yield value


def pins_of(entry: Entry) -> Iterator[ContentPin]:
    """The contents an entry froze."""
    return (model for model in _models(entry.event) if isinstance(model, ContentPin))


def documents_of(entry: Entry) -> Iterator[Document]:
    """The files an entry says were printed."""
    return (model for model in _models(entry.event) if isinstance(model, Document))


def excerpts_of(entry: Entry) -> Iterator[Sha256]:
    """Minutes' excerpts that were attached."""
    if isinstance(entry.event, ConsiderationRecorded) and entry.event.excerpt is not None:
        yield entry.event.excerpt


def _models(value: object) -> Iterator[BaseModel]:
    """A model and all models inside it."""
    if isinstance(value, BaseModel):
        yield value
        for name in type(value).model_fields:
            yield from _models(getattr(value, name))
    elif isinstance(value, tuple | list):
        for each in value:
            yield from _models(each)
    elif isinstance(value, dict):
        for each in value.values():
            yield from _models(each)
