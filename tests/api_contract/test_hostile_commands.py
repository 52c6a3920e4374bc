"""The same with Temporal and a worker: what gets through to a workflow never breaks it or its record."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Final

import httpx
import pytest
import pytest_asyncio
from pydantic import SecretStr

from local.mailbox import Mailbox
from local.samples import ScenarioName
from models.commands.receipt import Receipt
from models.settings.environment import Settings
from models.tables.numbers import NumberRow
from models.vocabulary.procedure import Stage
from tests.api.world import World
from tests.api_contract.reader import Reader, complaint
from tests.api_contract.schema import Operation, operations, sample, spoiled
from tests.e2e.town import evidence_of, start_of
from tests.fixtures.application import application
from tests.fixtures.stack import SeededDatabase
from tests.workflows.theatre import LINK_SECRET, Theatre, theatre_for
from workflows.client import connect

ENDING: Final = ("cancel_monitoring", "close_monitoring", "end_follow_up")
COMMANDS: Final = sorted(
    (
        operation
        for operation in operations()
        if "Idempotency-Key" in operation.parameters("header")
        and "number" in operation.parameters("path")
        and operation.body is not None
        and operation.name not in ENDING
    ),
    key=lambda operation: operation.name == "declare_conflict",  # last: who stepped aside gives none any more
)
PARTS: Final = 2
"""So many monitorings meet them, each a part: a test well within its time."""
AT_ONCE: Final = 8
ANALYST: Final = "sary-analyst"
HEAD: Final = "sary-head"


@pytest_asyncio.fixture
async def office(
    seeded_database: SeededDatabase, temporal_address: str, mailbox: Mailbox
) -> AsyncIterator[Theatre]:
    """A worker on the test's own database."""
    client = await connect(Settings(temporal_address=temporal_address))
    async with theatre_for(client, seeded_database.url, mailbox) as theatre:
        yield theatre


@pytest.fixture(params=range(PARTS))
def part(request: pytest.FixtureRequest) -> int:
    found: int = request.param
    return found


@pytest_asyncio.fixture
async def live(
    office: Theatre, seeded_database: SeededDatabase, temporal_address: str, part: int
) -> AsyncIterator[World]:
    """The application in front of it."""
    settings = Settings(
        database_url=seeded_database.url,
        temporal_address=temporal_address,
        link_secret=SecretStr(LINK_SECRET),
        command_budget_seconds=20.0,
    )
    tokens = seeded_database.tokens
    async with office.sessions() as session, session.begin():
        # Temporal is shared with tests that have databases of their own: a number none of them gives.
        session.add(NumberRow(year=datetime.now(UTC).year, code="SARY", last=7100 + part))
    async with application(settings) as app:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://api.example.kz") as client:
            yield World(app=app, client=client, tokens=tokens, sessions=office.sessions)


async def test_hostile_commands_leave_a_working_monitoring_and_one_truth(
    live: World, office: Theatre, part: int
) -> None:
    started = await live.call(ANALYST, "POST", "/monitorings", json=start_of(ScenarioName.B))
    number = Receipt.model_validate_json(started.content).number
    reader = Reader(live, collecting=number, published=number)
    for operation in COMMANDS[part::PARTS]:
        found = await complaints(reader, operation)
        assert found == []
    ended = await live.call(
        HEAD, "POST", f"/monitorings/{number}/cancellation", json={"reason": "Сынақ аяқталды."}
    )
    assert ended.status_code == httpx.codes.OK, ended.text
    record = evidence_of(office, number)
    assert (await record.letters_settled()).stage is Stage.CANCELLED
    await record.has_one_truth()


async def complaints(reader: Reader, operation: Operation) -> list[str]:
    """What is wrong with the answers to a command: as it should be first, then spoiled in every way."""
    gate = asyncio.Semaphore(AT_ONCE)
    label = await reader.key_to(operation)

    async def sent(pointer: str, body: object) -> str | None:
        async with gate:
            wrong = complaint(await reader.send(operation, label, body), temporal_is_there=True)
        return wrong and f"{operation.name} {pointer} {body!r:.200}: {wrong}"

    variants = [x for x in spoiled(operation.body or {}) if not x[0].startswith("/on_behalf/")]
    verdicts = await asyncio.gather(*(sent(*variant) for variant in variants))
    plain = await sent("as it should be", sample(operation.body or {}))
    return [wrong for wrong in (plain, *verdicts) if wrong]
