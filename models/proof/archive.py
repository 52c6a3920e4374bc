"""What the archive keeps of a closed run, and what it is asked to do."""

from datetime import datetime
from enum import StrEnum

from models.vocabulary.base import Model
from models.vocabulary.procedure import Sha256

PRODUCT_WORKFLOWS = ("monitoring/", "duty/", "consolidation/")
"""How the ids of the workflows begin whose histories are kept for good."""


class RunStatus(StrEnum):
    """How a run stands; the names are Temporal's."""

    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELED = "canceled"
    TERMINATED = "terminated"
    CONTINUED_AS_NEW = "continued_as_new"
    TIMED_OUT = "timed_out"


class ArchiveOrder(Model):
    """Keep the history of this closed run."""

    workflow_id: str
    run_id: str


class ArchivedRun(Model):
    """What is stored and verified: the hash and the size of the history as it came from the server."""

    sha256: Sha256
    size: int
    events: int


def is_product(workflow_id: str) -> bool:
    """Whether histories under this id are kept."""
    return workflow_id.startswith(PRODUCT_WORKFLOWS)


def archive_workflow_id(order: ArchiveOrder) -> str:
    """One archiving per run."""
    return f"archive/{order.workflow_id}/{order.run_id}"


class WaitingRuns(Model):
    """Closed runs that are not in the archive yet: how many, and since when the oldest waits."""

    count: int
    oldest: datetime | None
