"""The bound of the pace of letters (`MAIL_PER_SECOND`) is for all workers: each keeps to its part of it."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, func, select

from activities.database.sessions import Sessions
from activities.keepers.heartbeat import EVERY_SECONDS
from activities.letters.pace import Pace
from activities.observing.codes import LogCode
from activities.observing.logs import Log
from models.tables.heartbeats import HeartbeatRow
from models.vocabulary.queues import Queue

ALIVE: Final = timedelta(seconds=3 * EVERY_SECONDS)
log = Log(__name__)


async def keep_share(sessions: Sessions, pace: Pace, per_second: float) -> None:
    """Part the bound anew as workers come and go, until cancelled; without the database it stays."""
    while True:
        try:
            pace.bound(per_second / max(1, await mailing(sessions)))
        except SQLAlchemyError:
            log.warning(LogCode.PACE_UNCHANGED)
        await asyncio.sleep(EVERY_SECONDS)


async def mailing(sessions: Sessions) -> int:
    """How many workers that send letters gave a sign of life of late."""
    alive = (
        select(func.count())
        .select_from(HeartbeatRow)
        .where(col(HeartbeatRow.queues).contains(Queue.MAIL.value))
        .where(col(HeartbeatRow.at) > datetime.now(UTC) - ALIVE)
    )
    async with sessions() as session:
        return (await session.exec(alive)).one()
