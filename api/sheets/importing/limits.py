"""How much is taken of an imported file, and how the rest is told."""

from http import HTTPStatus
from typing import Final

from api.problems.problem import Failed, ProblemCode, invalid
from models.report.importing.table import MOST_ROWS

MOST_LINES: Final = MOST_ROWS + 100
"""Lines that are read of a sheet: headings, titles and notes stand around the rows."""


def unreadable() -> Failed:
    """422: the file is not what its ending says, or is broken."""
    return invalid(ProblemCode.IMPORT_UNREADABLE, "/file")


def unfolds_too_far() -> Failed:
    """413: packed or not, there is more in it than is read."""
    return Failed(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, ProblemCode.IMPORT_TOO_LARGE)
