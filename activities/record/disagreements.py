"""The list of proceedings whose journal and workflow disagree: who is on it is under repair."""

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import delete, func
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.observing.codes import LogCode
from activities.observing.logs import Log
from models.proceeding.disagreement import Disagreement, StoreFault
from models.tables.disagreements import DisagreementRow

log = Log(__name__)


async def note_disagreement(session: AsyncSession, found: Disagreement) -> None:
    """Put a proceeding on the list, or say that it was seen there again.

    What is new of it alarms (ids only); what was told already does not at every look.
    """
    now, known = datetime.now(UTC), await disagreement_of(session, found.workflow_id)
    seen = {"fault": found.fault.value, "seq": found.seq, "seen_at": now}
    given = {"workflow_id": found.workflow_id, "mark": found.mark, "noticed_at": now, **seen}
    statement = insert(DisagreementRow).values(given)
    await session.exec(statement.on_conflict_do_update(index_elements=["workflow_id"], set_=seen))
    if known is None or (known.fault, known.seq) != (found.fault.value, found.seq):
        log.error(
            LogCode.STORES_DISAGREE, workflow_id=found.workflow_id, fault=found.fault.value, seq=found.seq
        )


async def agree_again(session: AsyncSession, workflow_ids: Iterable[str]) -> None:
    """Take proceedings off the list."""
    mine = col(DisagreementRow.workflow_id).in_(list(workflow_ids))
    await session.exec(delete(DisagreementRow).where(mine))


async def disagreement_of(session: AsyncSession, workflow_id: str) -> DisagreementRow | None:
    """What is wrong with a proceeding, as it stands on the list now."""
    mine = select(DisagreementRow).where(DisagreementRow.workflow_id == workflow_id)
    return (await session.exec(mine.execution_options(populate_existing=True))).first()


async def disagreements(session: AsyncSession) -> list[Disagreement]:
    """The whole list, the longest known first."""
    rows = await session.exec(select(DisagreementRow).order_by(col(DisagreementRow.noticed_at)))
    return [
        Disagreement(workflow_id=r.workflow_id, mark=r.mark, fault=StoreFault(r.fault), seq=r.seq)
        for r in rows
    ]


async def how_many_disagree(session: AsyncSession) -> int:
    """For the readiness check."""
    return (await session.exec(select(func.count()).select_from(DisagreementRow))).one()
