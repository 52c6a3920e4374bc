"""The search attributes of the product: what lists in the Temporal UI are filtered by. Opaque ids only."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from temporalio.common import SearchAttributeKey, SearchAttributeUpdate

from models.consolidation.state import ConsolidationState
from models.duty.state import DutyState
from models.monitoring.state import MonitoringState

NUMBER = SearchAttributeKey.for_keyword("MonitoringNumber")
KIND = SearchAttributeKey.for_keyword("MonitoringKind")
STAGE = SearchAttributeKey.for_keyword("Stage")
CONDUCTOR = SearchAttributeKey.for_keyword("Conductor")
NEXT_DUE = SearchAttributeKey.for_datetime("NextDue")

SEARCH_ATTRIBUTES = (NUMBER, KIND, STAGE, CONDUCTOR, NEXT_DUE)
"""Registered by whatever starts the server; an unknown one would freeze the workflow that sets it."""


def attributes_of(state: MonitoringState, next_due: datetime | None) -> Sequence[SearchAttributeUpdate[Any]]:
    """What a monitoring shows; `next_due` is UTC."""
    return (
        NUMBER.value_set(state.number),
        KIND.value_set(state.kind.value),
        STAGE.value_set(state.stage.value),
        CONDUCTOR.value_set(state.responsible),
        NEXT_DUE.value_unset() if next_due is None else NEXT_DUE.value_set(next_due),
    )


def attributes_of_duty(state: DutyState, next_due: datetime | None) -> Sequence[SearchAttributeUpdate[Any]]:
    """What a duty shows; `next_due` is UTC."""
    return (
        NUMBER.value_set(state.mark),
        KIND.value_set(state.kind.value),
        CONDUCTOR.value_set(state.organisation),
        NEXT_DUE.value_unset() if next_due is None else NEXT_DUE.value_set(next_due),
    )


def attributes_of_consolidation(
    state: ConsolidationState, next_due: datetime | None
) -> Sequence[SearchAttributeUpdate[Any]]:
    """What a consolidation shows; `next_due` is UTC."""
    return (
        NUMBER.value_set(state.mark),
        CONDUCTOR.value_set(state.organisation),
        NEXT_DUE.value_unset() if next_due is None else NEXT_DUE.value_set(next_due),
    )
