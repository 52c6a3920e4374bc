"""How a monitoring is shown: facts and derived flags, never the raw state."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, Field, WithJsonSchema

from api.access.policy import Access
from models.agenda.deadline import Deadline
from models.monitoring.open_work import (
    OpenItem,
    due_to_authorized_body,
    open_items,
    publication_due,
    published,
    sent_to_authorized_body,
    sent_to_interested,
)
from models.monitoring.state import InformationRequest, MonitoringState, Publication, WorkingGroup
from models.report.content import Wording
from models.vocabulary.access import Action
from models.vocabulary.actors import Actor
from models.vocabulary.procedure import Activity, Id, Kind, Number, Stage, Step


class NamedView(BaseModel):
    """A body or a sphere with its names of today."""

    id: Id
    name: Wording


class FlagsView(BaseModel):
    """Derived flags: read from the state, never stored in it."""

    sent_to_interested: bool
    sent_to_authorized_body: bool
    due_to_authorized_body: bool = Field(description="Rule 17: reports of divisions and other subjects.")
    published: bool
    publication_due: bool = Field(description="Rule 19: comprehensive reports.")
    considered_by_authorized_body: bool
    considered_by_council: bool


# A key of a JSON object is a text, also where it is the number of a step.
_STEPS = [str(step.value) for step in Step]
StepKey = Annotated[Step, WithJsonSchema({"type": "string", "enum": _STEPS, "title": "Step"})]


class ConductView(BaseModel):
    """What only those see who conduct, oversee or belong to the working group."""

    started_by: Actor
    coordinator: Id | None = Field(
        description="The account that coordinates it today; none where the body that leads has none named."
    )
    activities: dict[Activity, date]
    steps: dict[StepKey, date]
    working_group: WorkingGroup | None
    information_requests: tuple[InformationRequest, ...]
    deadlines: tuple[Deadline, ...]
    open_items: tuple[OpenItem, ...]
    correcting: bool


class MonitoringView(BaseModel):
    """One monitoring. `conduct` is absent for those to whom only the report was sent."""

    number: Number
    seq: int = Field(description="The last line of the journal that this shows.")
    stage: Stage
    kind: Kind
    title: Wording
    edition: str = Field(description="The edition of the Rules it is conducted under.")
    calendar: str
    conductors: tuple[NamedView, ...]
    spheres: tuple[NamedView, ...]
    objects: tuple[NamedView, ...]
    studied_from: date
    studied_until: date
    started_at: datetime
    began_on: date | None
    approved_on: date | None
    closed_on: date | None
    follow_up_ended: bool
    current_version: int | None
    publications: tuple[Publication, ...]
    standing: FlagsView
    conduct: ConductView | None
    may: tuple[Action, ...] = Field(description="What the caller may do with it, whatever its stage.")


def flags_of(state: MonitoringState) -> FlagsView:
    """The flags of a state."""
    return FlagsView(
        sent_to_interested=sent_to_interested(state),
        sent_to_authorized_body=sent_to_authorized_body(state),
        due_to_authorized_body=due_to_authorized_body(state),
        published=published(state),
        publication_due=publication_due(state),
        considered_by_authorized_body=state.considered_on is not None,
        considered_by_council=any(item.outcome is not None for item in state.council_items.values()),
    )


def named(ids: tuple[Id, ...], names: Mapping[Id, Wording]) -> tuple[NamedView, ...]:
    """Bodies or spheres in the given order."""
    return tuple(NamedView(id=known, name=names.get(known) or Wording(kk=known)) for known in ids)


def monitoring_view(
    access: Access, title: Wording, bodies: Mapping[Id, Wording], spheres: Mapping[Id, Wording]
) -> MonitoringView:
    """A monitoring as this caller may see it."""
    state = access.state
    current = state.current
    inside = access.sees_everything or Action.READ_AS_MEMBER in access.may
    return MonitoringView(
        number=state.number,
        seq=state.seq,
        stage=state.stage,
        kind=state.kind,
        title=title,
        edition=state.edition.id,
        calendar=state.calendar.edition,
        conductors=named(tuple(body.organisation for body in state.conductors), bodies),
        spheres=named(state.spheres, spheres),
        objects=named(tuple(body.organisation for body in state.objects), bodies),
        studied_from=state.studied_from,
        studied_until=state.studied_until,
        started_at=state.started_at,
        began_on=state.began_on,
        approved_on=current.approved_on if current else None,
        closed_on=state.closed_on,
        follow_up_ended=state.follow_up_ended,
        current_version=current.number if current else None,
        publications=state.publications,
        standing=flags_of(state),
        conduct=_conduct(state) if inside else None,
        may=tuple(sorted(access.may)),
    )


def _conduct(state: MonitoringState) -> ConductView:
    return ConductView(
        started_by=state.started_by,
        coordinator=state.coordinator,
        activities=state.activities,
        steps=state.steps,
        working_group=state.working_group,
        information_requests=tuple(state.requests.values()),
        deadlines=tuple(state.deadlines.values()),
        open_items=open_items(state),
        correcting=state.correcting,
    )
