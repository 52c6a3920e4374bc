"""Why a version was written: the reason of the correction it came of, as the public page tells it (A12)."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.events import CorrectionBegun, CorrectionGivenUp, ReportSubmitted
from models.tables.journal import EntryRow
from models.vocabulary.procedure import Number, Sha256, monitoring_workflow_id


async def correction_reasons(session: AsyncSession, number: Number) -> dict[int, Sha256]:
    """By the version's number, the one under way included: of the correction begun last before it."""
    begun = CorrectionBegun.model_fields["type"].default
    given_up = CorrectionGivenUp.model_fields["type"].default
    submitted = ReportSubmitted.model_fields["type"].default
    rows = await session.exec(
        select(EntryRow)
        .where(EntryRow.workflow_id == monitoring_workflow_id(number))
        .where(col(EntryRow.type).in_((begun, given_up, submitted)))
        .order_by(col(EntryRow.seq))
    )
    reasons: dict[int, Sha256] = {}
    reason: Sha256 | None = None
    latest = 0
    for row in rows:
        if row.type == begun:
            reason = CorrectionBegun.model_validate(row.event).reason
            reasons[latest + 1] = reason
        elif row.type == given_up:
            reason = None
            reasons.pop(latest + 1, None)
        else:
            latest = ReportSubmitted.model_validate(row.event).version
            if reason is not None:
                reasons[latest] = reason
    return reasons
