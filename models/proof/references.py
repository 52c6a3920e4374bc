"""What the events of a journal refer to by hash: texts (notes), frozen contents, documents, files."""

from collections.abc import Iterator

from pydantic import BaseModel

from models.events import ConductConfirmed, ConsiderationRecorded, Document, Entry, ExcerptAdded
from models.report.facts import ContentPin
from models.report.received import ReceivedReport
from models.vocabulary.procedure import Sha256

NOTE_FIELDS = frozenset({"title", "note", "reason", "question", "answer", "reply", "words", "colleague"})
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


def frozen_of(entry: Entry) -> Iterator[Sha256]:
    """All contents an entry names: those it froze, and those of reports that came as they were frozen."""
    yield from (pin.sha256 for pin in pins_of(entry))
    yield from (report.content for report in received_of(entry))


def received_of(entry: Entry) -> Iterator[ReceivedReport]:
    """The reports an entry says reached the authorized body (rule 17)."""
    return (model for model in _models(entry.event) if isinstance(model, ReceivedReport))


def files_of(entry: Entry) -> Iterator[Sha256]:
    """Files that were attached: excerpts of minutes, acts of co-conductors, scans of reports on paper."""
    if isinstance(entry.event, ConsiderationRecorded | ExcerptAdded) and entry.event.excerpt is not None:
        yield entry.event.excerpt
    if isinstance(entry.event, ConductConfirmed) and entry.event.act is not None:
        yield entry.event.act
    yield from (report.file for report in received_of(entry) if report.file is not None)


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
