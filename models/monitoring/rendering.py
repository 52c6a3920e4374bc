"""What the procedure asks of the documents' queue, and what comes back: hashes, never bytes."""

from models.events import Document
from models.vocabulary.base import Model
from models.vocabulary.procedure import Number, Sha256


class RenderOrder(Model):
    """Print this version of a report from the content frozen under this hash."""

    number: Number
    version: int
    content: Sha256


class RenderedReport(Model):
    """The printed files, kept in `files` under their hashes."""

    documents: tuple[Document, ...]
