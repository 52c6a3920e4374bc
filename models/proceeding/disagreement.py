"""What a journal and its workflow may disagree on: one of the two stores was set back by a restore."""

from enum import StrEnum

from models.vocabulary.base import Model
from models.vocabulary.procedure import Mark


class StoreFault(StrEnum):
    """What is wrong between the two."""

    JOURNAL_BEHIND = "journal_behind"  # the workflow has entries that are not on record
    WORKFLOW_BEHIND = "workflow_behind"  # the journal has entries that the workflow does not know
    DIFFER = "differ"  # under one number they have different entries


class Disagreement(Model):
    """One proceeding whose stores disagree; `seq` is the first entry in question."""

    workflow_id: str
    mark: Mark
    fault: StoreFault
    seq: int
