"""What of a proceeding is in the archive, stored and verified."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.tables.archive import ArchivedRunRow
from models.vocabulary.procedure import Id


async def is_archived(session: AsyncSession, workflow_id: Id) -> bool:
    """Whether a history of this workflow is kept beyond what the server remembers."""
    kept = select(ArchivedRunRow.run_id).where(
        ArchivedRunRow.workflow_id == workflow_id, col(ArchivedRunRow.archived_at).is_not(None)
    )
    return (await session.exec(kept.limit(1))).first() is not None
