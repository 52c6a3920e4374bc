"""A server that stands still holds nobody: Temporal, the database, in every call and statement."""

import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from time import monotonic
from typing import Final

import psutil
import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from activities.bounds import temporal as bounded_calls
from activities.bounds.temporal import BoundedCalls
from activities.database import sessions as database
from activities.database.sessions import engine_for
from local.temporal import Temporal
from tests.waiting import eventually

SOON: Final = 0.5
LONG: Final = 25.0


@pytest_asyncio.fixture(scope="module")
async def client(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Client]:
    """Connected to a server that has stood still since."""
    server = Temporal(tmp_path_factory.mktemp("temporal"), in_memory=True)
    await server.start()
    client = await Client.connect(server.address, interceptors=[BoundedCalls()])
    assert server.pid is not None
    await _stand_still(server.pid)
    yield client
    os.kill(server.pid, signal.SIGCONT)
    await server.stop()


async def _stand_still(pid: int) -> None:
    """Returns when every thread of the process has stopped: until then some still answer."""
    os.kill(pid, signal.SIGSTOP)

    async def stopped() -> bool:
        threads = psutil.Process(pid).threads()
        try:
            return all(psutil.Process(thread.id).status() == psutil.STATUS_STOPPED for thread in threads)
        except psutil.NoSuchProcess:  # a thread ended between the two looks
            return False

    await eventually(stopped, "the process stops")


async def _listed(client: Client) -> None:
    _ = [run async for run in client.list_workflows("")]


CALLS: Final[dict[str, Callable[[Client], Awaitable[object]]]] = {
    "start": lambda client: client.start_workflow("W", id="w", task_queue="q"),
    "describe": lambda client: client.get_workflow_handle("w").describe(),
    "query": lambda client: client.get_workflow_handle("w").query("state"),
    "signal": lambda client: client.get_workflow_handle("w").signal("hear"),
    "terminate": lambda client: client.get_workflow_handle("w").terminate(),
    "cancel": lambda client: client.get_workflow_handle("w").cancel(),
    "count": lambda client: client.count_workflows(""),
    "list": _listed,
    "history": lambda client: client.get_workflow_handle("w").fetch_history(),
}


@pytest.mark.parametrize("call", CALLS)
async def test_temporal_stands_still(client: Client, call: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded_calls, "CALL_SECONDS", SOON)
    monkeypatch.setattr(bounded_calls, "PAGE", timedelta(seconds=SOON))
    begun = monotonic()
    with pytest.raises(RPCError) as failed:
        await CALLS[call](client)
    assert failed.value.status in {RPCStatusCode.DEADLINE_EXCEEDED, RPCStatusCode.CANCELLED}
    assert monotonic() - begun < LONG


async def test_a_statement_that_waits_for_others_is_taken_back(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "ANSWER_SECONDS", SOON)
    engine = engine_for(database_url)
    lock = text("LOCK TABLE journal")
    async with engine.connect() as first, engine.connect() as second:
        await first.execute(lock)
        begun = monotonic()
        with pytest.raises(OperationalError, match=r"no answer within 0\.5 s"):
            await second.execute(lock)
        assert monotonic() - begun < LONG
        await second.rollback()
        assert (await second.execute(text("SELECT 1"))).scalar() == 1
    await engine.dispose()


async def test_a_database_that_stands_still_is_given_up_and_asked_anew(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "ANSWER_SECONDS", SOON)
    engine = engine_for(database_url)
    async with engine.connect() as connection:
        backend: int = (await connection.execute(text("SELECT pg_backend_pid()"))).scalar_one()
        await _stand_still(backend)
        try:
            begun = monotonic()
            with pytest.raises(OperationalError):
                await connection.execute(text("SELECT 1"))
            assert monotonic() - begun < LONG
        finally:
            os.kill(backend, signal.SIGCONT)
    async with engine.connect() as connection:
        assert (await connection.execute(text("SELECT 1"))).scalar() == 1
    await engine.dispose()
