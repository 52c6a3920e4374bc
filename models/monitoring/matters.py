"""What is open at a body in a monitoring: told before the body is abolished, so that somebody takes it on."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from models.monitoring.follow_up import open_items_of
from models.monitoring.items import day_of
from models.monitoring.state import MonitoringState
from models.vocabulary.base import Model
from models.vocabulary.procedure import Consent, Ground, Id, Stage


class MatterKind(StrEnum):
    """Why a body is missed where it is no more."""

    LED = "led"  # it leads a monitoring that has not ended
    CONDUCTED = "conducted"  # it conducts one jointly
    NAMED = "named"  # it was named for joint conduct, and has not said its word
    ADDRESSED = "addressed"  # the report was sent to it, and it has not answered or considered it
    INFORMATION = "information"  # it was asked for information
    INVITED = "invited"  # one of its people was asked into a working group
    OWED = "owed"  # it accepted an item and has not carried it out
    DUTY = "duty"  # rule 13
    INBOX = "inbox"  # rules 17, 18: reports wait for its consideration
    COUNCIL = "council"  # rule 21: results are before a council at it


class Matter(Model):
    """`subject` is the request, the member, the item it is about; `due_on` is local, where a day is set."""

    kind: MatterKind
    subject: Id | None = None
    due_on: date | None = None


def matters_of(state: MonitoringState, body: Id) -> tuple[Matter, ...]:
    """Everything that waits for this body, or for whomever it stands for, in one monitoring."""
    over = state.ended or state.stage is Stage.CANCELLED
    return () if over else tuple(_matters(state, body))


def _matters(state: MonitoringState, body: Id) -> Iterator[Matter]:
    if state.leading == body:
        yield Matter(kind=MatterKind.LED)
    elif body in state.conducting:
        yield Matter(kind=MatterKind.CONDUCTED)
    for organisation, addressee in state.addressees.items():
        # Of the authorized body no answer is awaited but that it considers the report (rule 18).
        settled = state.considered_on if addressee.ground is Ground.CONSOLIDATION else addressee.answered_on
        if state.stands_for(organisation) == body and settled is None:
            deadline = state.deadlines.get(addressee.deadline or "")
            due_on = deadline.due_on if deadline else None
            yield Matter(kind=MatterKind.ADDRESSED, subject=organisation, due_on=due_on)
    if state.before_approval:
        yield from _before_approval(state, body)
    for item in open_items_of(state):
        if state.stands_for(item.addressee) == body:
            yield Matter(kind=MatterKind.OWED, subject=item.id, due_on=day_of(state, item))


def _before_approval(state: MonitoringState, body: Id) -> Iterator[Matter]:
    for request in state.requests.values():
        if request.open and state.stands_for(request.holder) == body:
            due_on = state.deadlines[request.deadline].due_on
            yield Matter(kind=MatterKind.INFORMATION, subject=request.id, due_on=due_on)
    for organisation, named in state.co_conductors.items():
        if named.waits and state.stands_for(organisation) == body:
            yield Matter(kind=MatterKind.NAMED, subject=organisation)
    members = state.working_group.members.values() if state.working_group else ()
    for member in members:
        if member.organisation == body and member.consent is Consent.INVITED:
            yield Matter(kind=MatterKind.INVITED, subject=member.id)
