"""What pages hand over, the API hands over too: by the same rights and rules, a key once."""

from collections.abc import AsyncIterator
from uuid import uuid4

import pytest_asyncio
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Response

from api.app import PREFIX
from api.http.deps import present
from api.services.services import Services
from models.vocabulary.letters import LetterKind
from tests.fixtures.application import application
from tests.fixtures.stack import SeededDatabase
from tests.pages.answering import report_link
from tests.pages.conftest import ORIGIN
from tests.pages.story import CLINIC, NOW, Story

REASON = {"reason": "Қызметкер басқа бөлімге ауысты."}
ANALYST, HEAD = "a-sary-analyst", "a-sary-head"


@pytest_asyncio.fixture
async def client(app: FastAPI) -> AsyncIterator[AsyncClient]:
    services: Services = app.state.services
    async with application(services.settings) as api:
        api.state.services = services
        api.dependency_overrides[present] = lambda: NOW
        async with AsyncClient(transport=ASGITransport(api), base_url=ORIGIN) as client:
            yield client


async def test_a_monitoring_and_a_letter_are_handed_over_and_a_conflict_is_declared(
    story: Story, client: AsyncClient, seeded_database: SeededDatabase
) -> None:
    async def asks(who: str, path: str, body: dict[str, str], key: str = "") -> Response:
        headers = {"Authorization": f"Bearer {seeded_database.tokens[who]}"}
        headers["Idempotency-Key"] = key or uuid4().hex
        address = f"{PREFIX}/monitorings/{story.number}/{path}"
        return await client.post(address, json=body, headers=headers)

    stranger = await asks("sary-head", "reassigning", {"to": "a-uo-analyst", **REASON})
    assert (stranger.status_code, stranger.json()["code"]) == (409, "cannot_coordinate")
    unknown = await asks("sary-head", "reassigning", {"to": "nobody", **REASON})
    assert (unknown.status_code, unknown.json()["code"]) == (409, "cannot_coordinate")
    for _ in range(2):
        handed = await asks("sary-head", "reassigning", {"to": HEAD, **REASON}, "once")
        assert handed.status_code == 200, handed.text
    assert (await story.state()).coordinator == HEAD
    assert (await asks("sary-analyst", "reassigning", {"to": ANALYST, **REASON})).status_code == 403
    back = await asks("sary-head", "reassigning", {"to": ANALYST, **REASON})
    assert back.status_code == 200
    receipts = [(await asks("sary-analyst", "reassigning", {"to": HEAD, **REASON}, "own")) for _ in range(2)]
    assert [each.status_code for each in receipts] == [200, 200], "whoever handed it over is answered again"
    assert receipts[0].json() == receipts[1].json()
    other = await asks("sary-analyst", "reassigning", {"to": ANALYST, **REASON}, "own")
    assert (other.status_code, other.json()["code"]) == (409, "key_reused")
    for _ in range(2):
        assert (await asks("sary-analyst", "conflicts", REASON, "aside")).status_code == 200
    refused = await asks("sary-analyst", "cancellation", REASON)
    assert (refused.status_code, refused.json()["code"]) == (403, "stepped_aside")
    assert (await asks("sary-head", f"conflicts/{ANALYST}/lifting", REASON)).status_code == 200
    await report_link(story)
    letter = await story.letter(LetterKind.REPORT_FOR_CONSIDERATION, CLINIC)
    colleague = {"name": "Үлгі", "email": "colleague@example.kz", "language": "kk"}
    signed = {"respondent": "Үлгі Кеңсе", "post": "Кеңсе меңгерушісі"}
    path = f"letters/{letter.id}/handing-on"
    assert (await asks("sary-head", path, {**colleague, **signed})).status_code == 403
