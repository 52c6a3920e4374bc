"""A worker's sign of life: a row touched every few seconds, since pollers stay listed after a crash."""

import asyncio
import os
import socket
from datetime import UTC, datetime
from typing import Final

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError

from activities.database.sessions import Sessions
from activities.observing.codes import LogCode
from activities.observing.logs import Log
from models.tables.heartbeats import HeartbeatRow

EVERY_SECONDS: Final = 5.0
log = Log(__name__)


async def beat(sessions: Sessions, queues: str) -> None:
    """Touch this worker's row until cancelled; a database that is away is waited for."""
    worker = f"{socket.gethostname()}:{os.getpid()}"
    while True:
        try:
            async with sessions() as session, session.begin():
                values = {"worker": worker, "queues": queues, "at": datetime.now(UTC)}
                statement = insert(HeartbeatRow).values(values)
                await session.exec(statement.on_conflict_do_update(index_elements=["worker"], set_=values))
        except SQLAlchemyError:
            log.warning(LogCode.HEARTBEAT_LATE)
        await asyncio.sleep(EVERY_SECONDS)
