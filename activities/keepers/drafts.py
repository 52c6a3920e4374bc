"""What was typed or chosen and never sent ends with the draft's life: it is proof of nothing."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, delete, select

from activities.database.sessions import Sessions
from activities.observing.codes import LogCode
from activities.observing.logs import Log
from models.tables.drafts import DraftFileRow, DraftRow

LOOK_EVERY_SECONDS: Final = 3_600.0
log = Log(__name__)


async def keep_drafts(sessions: Sessions, days: int, every_seconds: float = LOOK_EVERY_SECONDS) -> None:
    """Delete what is older than so many days, until cancelled."""
    while True:
        try:
            await delete_old_drafts(sessions, days, datetime.now(UTC))
        except SQLAlchemyError:
            log.warning(LogCode.DRAFTS_KEPT_TOO_LONG)
        await asyncio.sleep(every_seconds)


async def delete_old_drafts(sessions: Sessions, days: int, now: datetime) -> None:
    """Drafts nobody has typed into for so many days, and files beside no draft, chosen as long ago."""
    before = now - timedelta(days=days)
    beside = select(DraftRow.id).where(
        DraftRow.holder == DraftFileRow.holder, DraftRow.form == DraftFileRow.form
    )
    async with sessions() as session, session.begin():
        await session.exec(delete(DraftRow).where(col(DraftRow.at) < before))
        await session.exec(delete(DraftFileRow).where(col(DraftFileRow.at) < before, ~beside.exists()))
