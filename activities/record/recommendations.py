"""The rows of proposals and recommendations, beside the projection of their monitoring."""

from sqlalchemy import delete, insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.monitoring.follow_up import standing_of
from models.monitoring.items import day_of, position_of
from models.monitoring.state import ItemState, MonitoringState
from models.tables.recommendations import RecommendationRow


async def project_items(session: AsyncSession, state: MonitoringState) -> None:
    """Make the rows say what the state says; most events change none of them, so nothing is written then."""
    if state.current is None:
        return  # nothing was decided yet
    mine = col(RecommendationRow.number) == state.number
    known = {row.item: row.model_dump() for row in await session.exec(select(RecommendationRow).where(mine))}
    wanted = {item.id: row_of(state, item) for item in state.items.values()}
    if known == {item: row.model_dump() for item, row in wanted.items()}:
        return
    await session.exec(delete(RecommendationRow).where(mine))
    if wanted:
        await session.exec(insert(RecommendationRow).values([row.model_dump() for row in wanted.values()]))


def row_of(state: MonitoringState, item: ItemState) -> RecommendationRow:
    reported, judged = item.reported, item.judged
    return RecommendationRow(
        number=state.number,
        item=item.id,
        position=position_of(state, item.id),
        kind=item.kind.value,
        lead=state.responsible,
        addressee=state.stands_for(item.addressee) or item.addressee,
        standing=standing_of(state, item).value,
        asked_on=state.current.approved_on if state.current else None,
        answered_on=item.answered_on,
        due_on=day_of(state, item),
        reported_on=reported.on if reported else None,
        done_on=reported.done_on if reported else None,
        judged_on=judged.on if judged else None,
        verdict=judged.verdict.value if judged else None,
    )
