"""What the workflow hands to the recorder."""

from models.events import Entry
from models.vocabulary.base import Model
from models.vocabulary.procedure import Mark


class RecordOrder(Model):
    """Entries of one workflow's journal, in order; those recorded before are skipped, a gap is refused."""

    number: Mark
    workflow_id: str
    run_id: str
    entries: tuple[Entry, ...]


class Recorded(Model):
    """The last recorded line and the head of the chain after it."""

    seq: int
    head_hash: str
