"""Signing in works while Temporal is away: the worker of the mail sends links before it is connected."""

import asyncio
from datetime import UTC, datetime

from pydantic import SecretStr

from activities.database.sessions import engine_for, sessions_for
from activities.sign_in.asked import link_asked
from local.ports import LOOPBACK, free_port
from models.settings.environment import Settings
from tests.fixtures.stack import SeededDatabase
from tests.letters.conftest import post_office
from tests.letters.post_office import PostOffice
from tests.waiting import eventually
from worker import run

__all__ = ["post_office"]


async def test_a_link_is_mailed_while_temporal_is_away(
    seeded_database: SeededDatabase, post_office: PostOffice
) -> None:
    given = Settings(
        database_url=seeded_database.url,
        temporal_address=f"{LOOPBACK}:{free_port()}",
        smtp_url=SecretStr(post_office.url),
        link_secret=SecretStr("a secret of these tests"),
        worker_queues="mail",
    )
    engine = engine_for(seeded_database.url, pool_size=1)
    async with sessions_for(engine).begin() as session:
        session.add(link_asked("p08@example.kz", "", datetime.now(UTC)))
    working = asyncio.create_task(run(given))

    async def arrived() -> bool:
        assert not working.done(), "it goes on waiting for Temporal"
        return bool(post_office.received)

    await eventually(arrived, "the letter arrives")
    working.cancel()
    await asyncio.wait({working})
    await engine.dispose()
