"""Whole states for lists that say more than columns do: read as they are kept, all at once."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Text, cast
from sqlalchemy import select as columns_of
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from models.monitoring.as_kept import state_as_kept
from models.monitoring.state import MonitoringState
from models.tables.monitorings import MonitoringRow
from models.vocabulary.procedure import Number


async def states_of(session: AsyncSession, numbers: Iterable[Number]) -> Mapping[Number, MonitoringState]:
    """The states of these monitorings, by their numbers."""
    number, written = col(MonitoringRow.number), cast(MonitoringRow.state, Text)
    connection = await session.connection()
    found = await connection.execute(columns_of(number, written).where(number.in_(list(numbers))))
    return {known: state_as_kept(text) for known, text in found.all()}
