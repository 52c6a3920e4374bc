"""The authorized body's inbox as data: which reports it has received (rules 17, 20), in which version."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.consolidation.state import ConsolidationState
from models.report.received import ReceivedReport
from models.tables.consolidations import ConsolidationRow


async def received_reports(session: AsyncSession) -> tuple[ReceivedReport, ...]:
    """All reports on file, by their ids. They belong to the office: a predecessor's are among them."""
    rows = await session.exec(select(ConsolidationRow.state).order_by(col(ConsolidationRow.changed_at)))
    received: dict[str, ReceivedReport] = {}
    for state in rows:
        received.update(ConsolidationState.model_validate(state).inbox)
    return tuple(received[each] for each in sorted(received))
