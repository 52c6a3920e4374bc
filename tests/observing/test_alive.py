"""A worker's health is its own sign of life, and no other's."""

import asyncio
import socket
from datetime import UTC, datetime, timedelta

from activities.database.sessions import engine_for, sessions_for
from activities.keepers.alive import LATELY, last_beat
from activities.keepers.heartbeat import beat
from models.tables.heartbeats import HeartbeatRow
from tests.waiting import eventually


async def test_a_worker_is_found_by_its_host(database_url: str) -> None:
    engine, host = engine_for(database_url), socket.gethostname()
    sessions = sessions_for(engine)
    async with sessions.begin() as session:
        long_ago = datetime.now(UTC) - 2 * LATELY
        session.add(HeartbeatRow(worker=f"{host}-2:1", queues="mail", at=datetime.now(UTC)))
        session.add(HeartbeatRow(worker=f"{host}:1", queues="mail", at=long_ago))
    assert last_beat(database_url, host) == long_ago, "one that was here before does not make it well"
    beating = asyncio.create_task(beat(sessions, "mail"))

    async def alive() -> bool:
        last = await asyncio.to_thread(last_beat, database_url, host)
        return last is not None and datetime.now(UTC) - last < timedelta(seconds=10)

    await eventually(alive, "its own sign of life is seen")
    beating.cancel()
    await engine.dispose()


def test_a_host_without_a_worker_has_none(database_url: str) -> None:
    assert last_beat(database_url, "nobody-works-here") is None
