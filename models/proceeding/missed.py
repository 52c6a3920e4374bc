"""Moments that came and brought nothing: what the watch outside Temporal finds (docs/operations.md)."""

from datetime import datetime
from enum import StrEnum

from models.vocabulary.base import Model
from models.vocabulary.procedure import Mark


class MissedFault(StrEnum):
    """Why a moment has brought nothing, while workers work."""

    SILENT = "silent"  # it waits for a timer that does not come: it is to be told to look at the clock
    HALTED = "halted"  # its task fails again and again: a fault of the program
    GONE = "gone"  # no run of it is under way: the stores are to be reconciled


class MissedMoment(Model):
    """One proceeding whose next moment is over; `due_at` (UTC) is that moment."""

    workflow_id: str
    mark: Mark
    fault: MissedFault
    due_at: datetime


class ClockNotice(Model):
    """What a workflow is told that is to look at the clock: which moment seems to have been missed (UTC)."""

    due_at: datetime
