"""Registers that are made as files on a schedule: which, how, how often, and what came of each making."""

from datetime import timedelta
from enum import StrEnum
from typing import Final

LOG_KEPT: Final = timedelta(days=400)
"""How long it is kept what came of makings; files themselves by their number."""


class ScheduledRegister(StrEnum):
    """Which register. `term.scheduled_register.<register>`."""

    CONSOLIDATED = "consolidated"  # rules 17, 18
    PUBLISHED = "published"  # rule 19
    DUTIES = "duties"  # rule 13


class FileFormat(StrEnum):
    """How it is written. `term.file_format.<format>`."""

    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"
    PDF = "pdf"  # of the consolidated register alone


class Rhythm(StrEnum):
    """On which days, by the working calendar. `term.rhythm.<rhythm>`."""

    WORKING_DAYS = "working_days"
    WEEKS = "weeks"  # on the first working day of each
    MONTHS = "months"  # likewise


class FileOutcome(StrEnum):
    """What came of one making. `term.file_outcome.<outcome>`."""

    KEPT = "kept"
    UNCHANGED = "unchanged"  # the same content as in the file before
    NOT_PERMITTED = "not_permitted"  # the account may not read it, or opens nothing any more
    FAILED = "failed"
