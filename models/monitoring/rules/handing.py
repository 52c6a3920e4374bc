"""A monitoring is handed over within the body that leads it. Beyond the Rules."""

from datetime import date
from typing import Final

from models.commands import DeclareConflict, LiftConflict, ReassignMonitoring
from models.events import ConflictDeclared, ConflictLifted, Event, MonitoringReassigned
from models.monitoring.rules.registry import decides
from models.monitoring.state import MonitoringState
from models.vocabulary.procedure import Role
from models.vocabulary.refusal import Refusal, refuse_if

COORDINATES: Final = frozenset({Role.ANALYST, Role.HEAD})
"""Roles whose accounts can coordinate a monitoring."""


@decides(ReassignMonitoring)
def reassign_monitoring(
    state: MonitoringState, command: ReassignMonitoring, today: date
) -> tuple[Event, ...]:
    """By the head, or by whoever coordinates it; to an account of the same body that may lead it on."""
    actor = command.actor
    body = state.responsible
    leads = actor.organisation == body and (actor.role is Role.HEAD or actor.right_of == state.coordinator)
    refuse_if(not leads, "not_the_coordinator")
    fits = command.organisation == body and command.role in COORDINATES
    refuse_if(not fits, "cannot_coordinate", organisation=body)
    refuse_if(command.to == state.coordinator, "coordinates_already")
    refuse_if(command.to in state.stepped_aside, "colleague_stepped_aside")
    handed = MonitoringReassigned(
        to=command.to, organisation=body, previous=state.coordinator, reason=command.reason
    )
    return (handed,)


@decides(DeclareConflict)
def declare_conflict(state: MonitoringState, command: DeclareConflict, today: date) -> tuple[Event, ...]:
    """Of oneself alone. Where the head steps aside, another head of the body decides."""
    actor = command.actor
    own = actor.organisation == state.responsible and actor.role in COORDINATES and not actor.stands_in
    refuse_if(not own or actor.account is None, "conflict_of_the_lead_only")
    assert actor.account is not None
    refuse_if(actor.account in state.stepped_aside, "stepped_aside")
    return (ConflictDeclared(account=actor.account, reason=command.reason),)


@decides(LiftConflict)
def lift_conflict(state: MonitoringState, command: LiftConflict, today: date) -> tuple[Event, ...]:
    actor = command.actor
    head = actor.organisation == state.responsible and actor.role is Role.HEAD
    refuse_if(not head, "conflict_lifted_by_head")
    refuse_if(command.account not in state.stepped_aside, "not_stepped_aside")
    return (ConflictLifted(account=command.account, reason=command.reason),)


def nobody_to_hand_to() -> Refusal:
    """Nobody of the body could coordinate it: said before anybody is chosen."""
    return Refusal(code="nobody_to_hand_to")


def none_handed_over() -> Refusal:
    """Of several that were chosen at once each is refused, for a reason of its own."""
    return Refusal(code="none_handed_over")
