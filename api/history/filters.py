"""Which lines of a timeline are shown. All filters stand in the address, so that a view can be passed on."""

from datetime import datetime
from typing import Annotated, Final, get_args

from fastapi import Query
from pydantic import AfterValidator, BaseModel, Field
from pydantic_core import PydanticCustomError

from api.http.requests import Day
from models.calendar.country import COUNTRY
from models.events import Event
from models.timeline.content import CHANGES, ContentChange
from models.timeline.lines import Line
from models.vocabulary.actors import Actor
from models.vocabulary.procedure import Id

EVENT_TYPES: Final = tuple(event.model_fields["type"].default for event in get_args(get_args(Event)[0]))


def _event_type(name: str) -> str:
    if name not in EVENT_TYPES and name not in CHANGES:
        raise PydanticCustomError("event_unknown", "no event is called so")
    return name


class HistoryFilters(BaseModel):
    """All of them together; what is left out does not narrow."""

    actor: Id | None = Field(
        default=None,
        description="An account, an organisation (also one that was acted for), a letter or a role.",
        examples=["a-sary-head"],
    )
    type: Annotated[str, AfterValidator(_event_type)] | None = Field(
        default=None,
        description="An event, or what was done to the content.",
        examples=["report_approved", "source_entered"],
    )
    rule: Annotated[str, Field(max_length=20)] | None = Field(
        default=None, description="A paragraph of the Rules.", examples=["12"]
    )
    since: Day | None = Field(default=None, description="From this local day on.")
    until: Day | None = Field(default=None, description="Up to this local day, included.")

    def show(self, line: Line) -> bool:
        """Whether a line is shown."""
        return (
            (self.actor is None or self.actor in identities(line.entry.actor))
            and (self.type is None or self.type == line.type)
            and (self.rule is None or self.rule in line.rules)
            and self._in_time(line.entry.at)
        )

    def show_content(self, by: frozenset[str], change: ContentChange, at: datetime) -> bool:
        """Whether a change of the content is shown: it follows from no paragraph."""
        return (
            self.rule is None
            and (self.actor is None or self.actor in by)
            and (self.type is None or self.type == change)
            and self._in_time(at)
        )

    def _in_time(self, at: datetime) -> bool:
        day = at.astimezone(COUNTRY).date()
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


AnyHistoryFilters = Annotated[HistoryFilters, Query()]


def identities(actor: Actor) -> frozenset[str]:
    """Everything an actor can be asked for by."""
    behalf = actor.on_behalf.organisation if actor.on_behalf else None
    given = {actor.role.value, actor.account, actor.right_of, actor.organisation, actor.letter, behalf}
    return frozenset(each for each in given if each is not None)
