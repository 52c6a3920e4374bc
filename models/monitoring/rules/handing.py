"""A monitoring is handed over within the body that leads it. Beyond the Rules."""

from datetime import date
from typing import Final

from models.commands import ReassignMonitoring
from models.events import Event, MonitoringReassigned
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
    handed = MonitoringReassigned(
        to=command.to, organisation=body, previous=state.coordinator, reason=command.reason
    )
    return (handed,)
