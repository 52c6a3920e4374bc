"""Whoever decrypts a history is seen: who, how many payloads, when; never what they say."""

from base64 import b64encode
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Final

import httpx
import pytest
import pytest_asyncio
from sqlmodel import col, select

from activities.database.sessions import engine_for, sessions_for
from models.settings.environment import Settings
from models.tables.reads import ReadRow
from tests.api.test_codec import AUDITOR, DECODE, SIGN_IN, UI, sealed
from tests.confidential.keys import NEW, OLD, settings_with
from tests.fixtures.application import application
from tests.fixtures.stack import SeededDatabase

PLAIN: Final = {"metadata": {"encoding": b64encode(b"json/plain").decode()}, "data": "Nw=="}


@pytest.fixture
def sealing(seeded_database: SeededDatabase) -> Settings:
    return settings_with(OLD, database_url=seeded_database.url, temporal_ui_origin=UI)


@pytest_asyncio.fixture
async def client(sealing: Settings) -> AsyncIterator[httpx.AsyncClient]:
    async with application(sealing) as app:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
            yield client


def as_(database: SeededDatabase, who: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {database.tokens[who]}"}


async def reads(database: SeededDatabase) -> list[ReadRow]:
    engine = engine_for(database.url)
    async with sessions_for(engine)() as session:
        found = list(await session.exec(select(ReadRow).order_by(col(ReadRow.id))))
    await engine.dispose()
    return found


async def test_what_was_decrypted_is_counted_and_not_quoted(
    client: httpx.AsyncClient, sealing: Settings, seeded_database: SeededDatabase
) -> None:
    body = await sealed(sealing, "құпия", "secret")
    body["payloads"] = [*body["payloads"], PLAIN]  # type: ignore[misc]
    answer = await client.post(DECODE, json=body, headers=as_(seeded_database, AUDITOR))
    assert answer.status_code == 200
    (row,) = await reads(seeded_database)
    assert (row.account, row.organisation, row.number) == ("a-uo-auditor", "uo", None)
    assert (row.what, row.filters) == ("decode_payloads", {"payloads": 3, "opened": 2})
    assert datetime.now(UTC) - row.at < timedelta(minutes=1)
    assert "secret" not in row.model_dump_json()


async def test_a_browser_that_was_signed_in_is_seen_as_its_auditor(
    client: httpx.AsyncClient, sealing: Settings, seeded_database: SeededDatabase
) -> None:
    assert (await client.post(SIGN_IN, headers=as_(seeded_database, AUDITOR))).status_code == 204
    answer = await client.post(DECODE, json=await sealed(sealing, "x"), headers={"Origin": UI})
    assert answer.status_code == 200
    (row,) = await reads(seeded_database)
    assert (row.account, row.filters) == ("a-uo-auditor", {"payloads": 1, "opened": 1})


async def test_what_stayed_closed_was_not_read(
    client: httpx.AsyncClient, sealing: Settings, seeded_database: SeededDatabase
) -> None:
    foreign = await sealed(settings_with(NEW), "secret")
    for who, body, status in (
        (AUDITOR, foreign, 422),
        (AUDITOR, {"payloads": {}}, 422),
        ("sary-head", await sealed(sealing, "secret"), 403),
    ):
        answer = await client.post(DECODE, json=body, headers=as_(seeded_database, who))
        assert answer.status_code == status
    assert await reads(seeded_database) == []


async def test_auditors_see_that_payloads_were_decrypted(
    client: httpx.AsyncClient, sealing: Settings, seeded_database: SeededDatabase
) -> None:
    await client.post(DECODE, json=await sealed(sealing, "x"), headers=as_(seeded_database, AUDITOR))
    for who in (AUDITOR, "uo-admin"):
        page = (await client.get("/api/v1/reads", headers=as_(seeded_database, who))).json()
        assert [(row["what"], row["number"]) for row in page["items"]] == [("decode_payloads", None)]
