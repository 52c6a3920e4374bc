"""What is open at a body, in every proceeding: shown before it is abolished."""

from sqlalchemy import ARRAY, Text, cast, func, literal
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.received_reports import waiting_in
from models.monitoring.matters import Matter, MatterKind, matters_of
from models.monitoring.state import MonitoringState
from models.tables.consolidations import ConsolidationRow
from models.tables.councils import CouncilRow
from models.tables.duties import DutyRow
from models.tables.monitorings import MonitoringRow
from models.vocabulary.procedure import Id, Mark, Stage, consolidation_workflow_id


class OpenMatter(Matter):
    """A matter and the number or mark of the proceeding it is open in."""

    number: Mark


async def matters_at(session: AsyncSession, organisation: Id) -> tuple[OpenMatter, ...]:
    """Monitorings by their numbers, then duties and the inbox."""
    councils = set(await session.exec(select(CouncilRow.id).where(CouncilRow.organisation == organisation)))
    found: list[OpenMatter] = []
    for state in await _monitorings(session, {organisation, *councils}):
        own = (*matters_of(state, organisation), *_before(state, councils))
        found += [OpenMatter(number=state.number, **matter.model_dump()) for matter in own]
    duties = select(DutyRow.mark).where(DutyRow.organisation == organisation, col(DutyRow.ended).is_(False))
    marks = await session.exec(duties.order_by(col(DutyRow.mark)))
    found += [OpenMatter(number=mark, kind=MatterKind.DUTY) for mark in marks]
    row = await session.get(ConsolidationRow, consolidation_workflow_id(organisation))
    if row is not None and not row.ended:
        waiting = await session.exec(waiting_in(row.workflow_id))
        found += [OpenMatter(number=row.mark, kind=MatterKind.INBOX, subject=report) for report in waiting]
    return tuple(found)


def _before(state: MonitoringState, councils: set[Id]) -> list[Matter]:
    """Rule 21: what waits for councils at the body."""
    return [
        Matter(kind=MatterKind.COUNCIL, subject=item.id)
        for item in state.council_items.values()
        if item.open and item.council in councils
    ]


async def _monitorings(session: AsyncSession, named: set[Id]) -> list[MonitoringState]:
    """Those that have not ended and name one of these ids at all."""
    words = cast(literal([f'%"{each}"%' for each in sorted(named)], ARRAY(Text)), ARRAY(Text))
    state = col(MonitoringRow.state)
    rows = await session.exec(
        select(MonitoringRow.state)
        .where(col(MonitoringRow.stage) != Stage.CANCELLED.value)
        .where(state["follow_up_ended"].as_boolean().is_(False))
        .where(cast(state, Text).like(func.any(words)))
        .order_by(col(MonitoringRow.number))
    )
    return [MonitoringState.model_validate(each) for each in rows]
