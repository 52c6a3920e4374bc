"""The two stores of a proceeding."""

from enum import StrEnum


class Store(StrEnum):
    """Where a proceeding is kept; a restore may set back one of the two."""

    JOURNAL = "journal"
    WORKFLOW = "workflow"
