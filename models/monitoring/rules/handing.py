"""A monitoring is handed over within the body that leads it. Beyond the Rules."""

from datetime import date
from typing import Final

from models.commands import DeclareConflict, LiftConflict, ReassignMonitoring
from models.events import ConflictDeclared, ConflictLifted, Event, MonitoringReassigned
from models.monitoring.rules.registry import decides
from models.monitoring.state import MonitoringState
from models.vocabulary.procedure import Role
from models.vocabulary.refusal import refuse_if

COORDINATES: Final = frozenset({Role.ANALYST, Role.HEAD})
"""Roles whose accounts can coordinate a monitoring."""


@decides(ReassignMonitoring)
def reassign_monitoring(
    state: MonitoringState, command: ReassignMonitoring, today: date
) -> tuple[Event, ...]:
    """By the head, or by whoever coordinates it; to an account of the same body that may lead it on."""
    actor = command.actor
    body = state.responsible
    leads = actor.organisation == body and (actor.role is Role.HEAD or actor.account == state.coordinator)
    refuse_if(not leads, "not_the_coordinator")
    fits = command.organisation == body and command.role in COORDINATES
    refuse_if(not fits, "cannot_coordinate", organisation=body)
    refuse_if(command.to == state.coordinator, "coordinates_already")
    refuse_if(command.to in state.stepped_aside, "stepped_aside")
    handed = MonitoringReassigned(
        to=command.to, organisation=body, previous=state.coordinator, reason=command.reason
    )
    return (handed,)


@decides(DeclareConflict)
def declare_conflict(state: MonitoringState, command: DeclareConflict, today: date) -> tuple[Event, ...]:
    """Of oneself alone. A head's own conflict is the matter of whoever appoints the head."""
    actor = command.actor
    own = actor.organisation == state.responsible and actor.role is Role.ANALYST
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
