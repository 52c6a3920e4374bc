"""Files that nobody fetched, or whose process ended before they were made, are gone after a while."""

import asyncio
from datetime import UTC, datetime
from typing import Final

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, delete

from activities.database.sessions import Sessions
from activities.observing.codes import LogCode
from activities.observing.logs import Log
from models.tables.works import KEPT, WorkRow

LOOK_EVERY_SECONDS: Final = 60.0
log = Log(__name__)


async def keep_works(sessions: Sessions) -> None:
    """Delete what is over, until cancelled."""
    while True:
        try:
            await delete_old_works(sessions, datetime.now(UTC))
        except SQLAlchemyError:
            log.warning(LogCode.MADE_FILES_KEPT_TOO_LONG)
        await asyncio.sleep(LOOK_EVERY_SECONDS)


async def delete_old_works(sessions: Sessions, now: datetime) -> None:
    """With their bytes."""
    async with sessions() as session, session.begin():
        await session.exec(delete(WorkRow).where(col(WorkRow.seen_at) < now - KEPT))
