"""What is written of a proceeding with the lines of its journal."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Delete, Text, Update, cast, literal
from sqlalchemy.dialects.postgresql import JSON, Insert

from activities.database.rows import OnlyIf, Row
from models.proceeding.state import Proceeding

Beside = Callable[[OnlyIf], Insert | Update | Delete]
"""What is written beside the row of a proceeding, where that row is written."""


@dataclass(frozen=True)
class Projection:
    """What a state says: the columns of its row, what is written beside it, how long it is as JSON.

    What a beginning fixes for good is in its first projection only.
    """

    columns: Row
    length: int
    beside: tuple[Beside, ...] = ()


def state_as_json(state: Proceeding) -> tuple[ColumnElement[object], int]:
    """A state for its column, written once and not by way of dictionaries; and how long it is."""
    written = state.model_dump_json()
    return cast(literal(written, Text), JSON), len(written)
