"""How a monitoring stands, read in the statement that says who calls: most requests ask both."""

import re
import time
from dataclasses import dataclass, field
from typing import Final

from fastapi import Request
from sqlalchemy import ScalarSelect, Text, bindparam, cast
from sqlmodel import col, select

from models.tables.monitorings import MonitoringRow
from models.vocabulary.procedure import Number

_OF_A_MONITORING: Final = re.compile(r"/api/v1/monitorings/([^/]{1,40})")
_FRESH_SECONDS: Final = 1.0
"""A body is read between; of one that took its time the monitoring is read anew."""
STATE: Final[ScalarSelect[str]] = (
    select(cast(MonitoringRow.state, Text))
    .where(col(MonitoringRow.number) == bindparam("number"))
    .scalar_subquery()
)


@dataclass(frozen=True)
class ReadBeside:
    """A monitoring as the caller's token was looked up, and the version of the registries then."""

    number: Number
    state: str | None
    version: str
    at: float = field(default_factory=time.monotonic)


def number_in(request: Request) -> Number | None:
    """The monitoring a request to the API is about."""
    found = _OF_A_MONITORING.match(request.url.path)
    return found[1] if found else None


def keep_beside(request: Request, read: ReadBeside) -> None:
    """For whoever asks next in this request."""
    request.state.read_beside = read


def read_beside(request: Request, number: Number) -> ReadBeside | None:
    """What was read of this monitoring, if that was just now; told once."""
    read: ReadBeside | None = getattr(request.state, "read_beside", None)
    request.state.read_beside = None
    if read is None or read.number != number or time.monotonic() - read.at > _FRESH_SECONDS:
        return None
    return read
