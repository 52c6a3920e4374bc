"""Whole states for lists that say more than columns do: read as they are kept, all at once."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Text, cast
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.database.among import rows_among
from activities.record.as_kept import state_as_kept
from models.monitoring.state import MonitoringState
from models.tables.monitorings import MonitoringRow
from models.vocabulary.procedure import Number


async def states_of(session: AsyncSession, numbers: Iterable[Number]) -> Mapping[Number, MonitoringState]:
    """The states of these monitorings, by their numbers."""
    number, written = col(MonitoringRow.number), cast(MonitoringRow.state, Text)
    found = await rows_among(session, select(number, written), number, numbers)
    return {known: state_as_kept(text) for known, text in found}
