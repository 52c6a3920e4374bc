"""What other systems are told of an entry: an event of CloudEvents 1.0, by its type and its place alone.

It tells that something happened to which proceeding, and under which rule. It carries no text, no name and no
person: whoever needs more reads that with rights of their own.
"""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from pydantic import Field

from models.events import EVENT_TYPES
from models.timeline.rules import RULES_OF_EVENTS
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Mark, Role

PREFIX: Final = "monitoring."
TESTED: Final = f"{PREFIX}webhook_tested"
"""Of a delivery that was asked for to try an address: nothing happened in any proceeding."""
TYPES: Final = tuple(f"{PREFIX}{word}" for word in sorted(EVENT_TYPES))
"""Every type there is: the word of the event behind the product's own prefix."""

KNOWN_WITH_THE_REPORT: Final = frozenset(
    {
        *("report_approved", "report_dispatched", "report_published"),
        *("correction_begun", "correction_given_up", "monitoring_closed"),
    }
)
"""What whoever was sent a report is told of it, besides what their own body did."""

PATHS: Final[Mapping[str, str]] = MappingProxyType(
    {"monitoring": "/api/v1/monitorings/{mark}", "duty": "/api/v1/duties/{mark}"}
)
_CONSOLIDATION: Final = "/api/v1/consolidation"


class Happened(Model):
    """Of which proceeding, in which place of its journal, under which rules, by whom in which role."""

    mark: Mark = Field(description="A monitoring's number, or the mark of a duty or a consolidation.")
    seq: int = Field(description="The place in its own journal, from 1.", examples=[12])
    rules: tuple[str, ...] = Field(description="Paragraphs of the Rules; none for what is beyond them.")
    role: Role = Field(description="In which role whoever did it acted; `system` where time did it.")
    organisation: Id | None = Field(description="The body they acted for.")


class CloudEvent(Model):
    """One event (CloudEvents 1.0, JSON format). The pair of `source` and `id` is unique for ever."""

    specversion: Literal["1.0"] = "1.0"
    id: str = Field(examples=["monitoring/2026-SARY-0003/12"])
    source: str = Field(examples=["https://monitoring.example.kz/api/v1/monitorings/2026-SARY-0003"])
    type: str = Field(examples=["monitoring.report_approved"])
    subject: str = Field(examples=["2026-SARY-0003"])
    time: datetime = Field(description="When it happened (UTC).")
    datacontenttype: Literal["application/json"] = "application/json"
    data: Happened


def cloud_event(
    public_url: str, workflow_id: str, mark: Mark, word: str, time: datetime, data: Happened
) -> CloudEvent:
    """An entry of a journal as the world is told of it; `word` is the event's own type."""
    kind = workflow_id.partition("/")[0]
    path = PATHS.get(kind, _CONSOLIDATION).format(mark=mark)
    return CloudEvent(
        id=f"{workflow_id}/{data.seq}",
        source=f"{public_url.rstrip('/')}{path}",
        type=f"{PREFIX}{word}",
        subject=mark,
        time=time,
        data=data,
    )


def rules_of(word: str) -> tuple[str, ...]:
    """The paragraphs an event stands under."""
    return RULES_OF_EVENTS.get(word, ())


if TYPE_CHECKING:
    EventTypeName = str
else:
    EventTypeName = Literal[TYPES]
"""One of `TYPES`, as programs name it."""
