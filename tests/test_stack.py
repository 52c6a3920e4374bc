"""The local stack on good and bad days, with its real servers."""

import asyncio
import os
import signal
import socket
import stat
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import psutil
import psycopg
import pytest
import pytest_asyncio
from temporalio import workflow
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Worker

from activities.bounds.within import within
from local.ports import LOOPBACK, Claims, Port, choose_ports, is_free
from local.process import Child, StackError
from local.programs import ROOT, Api, migrate
from local.secret import lasting_secret
from local.stack import INFRASTRUCTURE, Part, Stack
from local.temporal import check_search_attributes, ensure_retention
from models.settings.payload_keys import payload_keys

END_SECONDS = 30.0


@workflow.defn(sandboxed=False)  # this module is no workflow module: it imports the whole stack
class Patience:
    """Waits fifteen days."""

    @workflow.run
    async def run(self) -> str:
        await workflow.sleep(timedelta(days=15))
        return "waited"


def infrastructure(state: Path) -> Stack:
    return Stack("test", parts=INFRASTRUCTURE, state=state, fast=True, usual_ports=False)


@pytest_asyncio.fixture(scope="module")
async def stack(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stack]:
    async with infrastructure(tmp_path_factory.mktemp("state")) as running:
        yield running


async def execute(url: str, statement: str) -> list[tuple[int]]:
    async with await psycopg.AsyncConnection.connect(url.replace("+psycopg", "")) as connection:
        cursor = await connection.execute(statement.encode())
        return await cursor.fetchall() if cursor.description else []


def names_of(processes: list[psutil.Process]) -> Iterator[str]:
    """Of those that still run: a server starts others for a moment and ends them."""
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            yield process.name()


async def remember(stack: Stack, number: int) -> None:
    await execute(stack.postgres.url(), f"CREATE TABLE memory_{number} AS SELECT {number} AS number")


async def recalls(stack: Stack, number: int) -> bool:
    return await execute(stack.postgres.url(), f"SELECT number FROM memory_{number}") == [(number,)]


async def test_data_and_addresses_survive_a_restart_of_the_whole_stack(tmp_path: Path) -> None:
    async with infrastructure(tmp_path) as first:
        await remember(first, 1)
        client = await Client.connect(first.temporal.address)
        await client.start_workflow(Patience.run, id="patience", task_queue="nobody-listens")
        settings = first.settings
    async with infrastructure(tmp_path) as second:
        assert second.settings == settings
        assert await recalls(second, 1)
        client = await Client.connect(second.temporal.address)
        assert (await client.get_workflow_handle("patience").describe()).workflow_type == "Patience"


@pytest.mark.parametrize("part", [Part.POSTGRES, Part.TEMPORAL, Part.MAILBOX])
async def test_a_killed_part_comes_back_where_it_was(stack: Stack, part: Part) -> None:
    number = 10 + list(Part).index(part)
    await remember(stack, number)
    settings = stack.settings
    await stack.kill(part)
    assert stack.dead_parts() == [part]
    await stack.start(part)
    assert stack.dead_parts() == []
    assert stack.settings == settings
    assert await recalls(stack, number)


async def test_a_second_instance_is_told_where_the_first_one_is(stack: Stack) -> None:
    stack.describe("API http://127.0.0.1:8000/docs")
    with pytest.raises(StackError, match=r"already runs in .*\nAPI http://127.0.0.1:8000/docs"):
        await infrastructure(stack.home.parent).start()
    assert stack.dead_parts() == []


async def test_reset_throws_the_data_away(tmp_path: Path) -> None:
    parts = (Part.POSTGRES,)
    async with Stack("test", parts=parts, state=tmp_path, fast=True, usual_ports=False) as first:
        await remember(first, 1)
    async with Stack("test", parts=parts, state=tmp_path, fast=True, usual_ports=False, reset=True) as second:
        with pytest.raises(psycopg.errors.UndefinedTable):
            await recalls(second, 1)


async def test_nothing_outlives_a_killed_stack_and_the_next_one_starts(tmp_path: Path) -> None:
    program = f"""
import asyncio
from pathlib import Path
from local.stack import INFRASTRUCTURE, Stack
async def main():
    state = Path({str(tmp_path)!r})
    async with Stack("test", parts=INFRASTRUCTURE, state=state, fast=True, usual_ports=False):
        print("ready", flush=True)
        await asyncio.Event().wait()
asyncio.run(main())
"""
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert parent.stdout is not None
    assert await within(END_SECONDS, parent.stdout.readline(), "the stack is ready") == b"ready\n"
    children = psutil.Process(parent.pid).children(recursive=True)
    assert {"postgres", "temporal"} <= set(names_of(children))
    os.kill(parent.pid, signal.SIGKILL)
    await parent.wait()
    _, alive = await asyncio.to_thread(psutil.wait_procs, children, END_SECONDS)
    assert alive == []
    async with infrastructure(tmp_path) as successor:
        assert successor.dead_parts() == []


async def test_a_part_that_cannot_start_is_reported_with_its_log_and_nothing_is_left(tmp_path: Path) -> None:
    broken = infrastructure(tmp_path)
    (tmp_path / "test").mkdir()
    (tmp_path / "test" / "temporal.db").write_text("not a database")
    with pytest.raises(
        StackError, match=r"(?s)Temporal ended before it was ready.*temporal\.log.*not a database"
    ):
        await broken.start()
    assert broken.postgres.running is False
    assert broken.mailbox.running is False
    (tmp_path / "test" / "temporal.db").unlink()
    async with infrastructure(tmp_path) as repaired:
        assert repaired.dead_parts() == []


def test_a_name_cannot_lead_out_of_the_state_directory() -> None:
    with pytest.raises(StackError, match="not a name"):
        Stack("../elsewhere")


async def test_a_failed_migration_says_so() -> None:
    log = ROOT / ".state" / "test-migration.log"
    with pytest.raises(StackError, match="The migration failed"):
        await migrate(f"postgresql+psycopg://nobody@{LOOPBACK}:1/none", log)
    log.unlink()


async def test_a_child_that_ignores_the_request_to_stop_is_killed(tmp_path: Path) -> None:
    deaf = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf'); time.sleep(600)"
    )
    log = tmp_path / "deaf.log"
    child = Child("deaf", [sys.executable, "-c", deaf], log)

    async def is_deaf() -> bool:
        return b"deaf" in log.read_bytes()

    await child.start()
    await child.until(is_deaf, END_SECONDS)
    await child.stop(grace=0.2)
    assert child.running is False


async def test_a_child_that_is_never_ready_is_reported(tmp_path: Path) -> None:
    child = Child("slow", [sys.executable, "-c", "import time; time.sleep(600)"], tmp_path / "slow.log")

    async def never() -> bool:
        return False

    await child.start()
    with pytest.raises(StackError, match="slow was not ready within 0 s"):
        await child.until(never, 0.2)
    await child.kill()


def test_a_taken_port_is_left_to_its_owner(tmp_path: Path) -> None:
    with socket.create_server((LOOPBACK, 0)) as owner:
        taken = owner.getsockname()[1]
        assert not is_free(taken)
        claims = Claims()
        ports = choose_ports(tmp_path / "ports.json", claims, usual={Port.API: taken})
        claims.release()
    assert taken not in ports.values()
    assert len(set(ports.values())) == len(Port)
    assert choose_ports(tmp_path / "ports.json", claims) == ports
    claims.release()


def test_stacks_that_start_at_once_choose_different_ports(tmp_path: Path) -> None:
    """Each chooses before any of the others listens."""
    everybody = [Claims() for _ in range(4)]
    chosen = [
        port
        for number, claims in enumerate(everybody)
        for port in choose_ports(tmp_path / f"{number}.json", claims).values()
    ]
    assert len(set(chosen)) == len(everybody) * len(Port)
    for claims in everybody:
        claims.release()
    again = Claims()
    assert list(choose_ports(tmp_path / "0.json", again).values()) == chosen[: len(Port)]
    again.release()


async def test_an_api_does_not_start_on_a_port_that_another_took_meanwhile(tmp_path: Path) -> None:
    with socket.create_server((LOOPBACK, 0)) as owner:
        api = Api(tmp_path / "api.log", {}, owner.getsockname()[1])
        with pytest.raises(StackError, match="is taken"):
            await api.start()
    assert not api.running


async def test_who_answers_on_a_port_is_not_taken_for_the_program_that_was_started(tmp_path: Path) -> None:
    ours = Child("ours", [sys.executable, "-c", "import time; time.sleep(600)"], tmp_path / "ours.log")
    await ours.start()
    with socket.create_server((LOOPBACK, 0)) as theirs:
        assert not ours.listens(theirs.getsockname()[1])
    await ours.kill()


def test_a_secret_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "secrets" / "links"
    secret = lasting_secret(path)
    assert len(secret) >= 40
    assert lasting_secret(path) == secret
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


async def test_closed_histories_are_kept_for_a_hundred_years(stack: Stack) -> None:
    client = await Client.connect(stack.temporal.address)
    namespace = await client.workflow_service.describe_namespace(
        DescribeNamespaceRequest(namespace="default")
    )
    kept = namespace.config.workflow_execution_retention_ttl.ToTimedelta()
    assert kept == timedelta(days=36_500)


async def test_a_fresh_server_is_prepared_before_workers_come(temporal_address: str) -> None:
    client = await Client.connect(temporal_address)
    await ensure_retention(client)
    await check_search_attributes(client)


async def test_a_database_per_test_is_a_copy_of_its_template(stack: Stack) -> None:
    await stack.postgres.create_database("original")
    await execute(stack.postgres.url("original"), "CREATE TABLE things AS SELECT 7 AS number")
    copy = await stack.postgres.create_database("copy", "original")
    assert await execute(copy, "SELECT number FROM things") == [(7,)]
    await stack.postgres.drop_database("copy")
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        await execute(copy, "SELECT 1")


async def test_virtual_time_passes_at_once(skipping_env: WorkflowEnvironment) -> None:
    async with Worker(skipping_env.client, task_queue="patience", workflows=[Patience]):
        with skipping_env.with_time_skipping_disabled():
            handle = await skipping_env.client.start_workflow(Patience.run, id="p", task_queue="patience")
        await skipping_env.fast_forward(handle, timedelta(days=15))
        assert await within(END_SECONDS, handle.result(), "the wait is over") == "waited"


async def test_the_local_stack_says_whether_it_encrypts_and_keeps_its_key_in_both_cases(
    tmp_path: Path,
) -> None:
    said = []
    for encrypted in (False, True, False):
        async with Stack(
            "keys", parts=[Part.MAILBOX], state=tmp_path, usual_ports=False, encrypted=encrypted
        ) as running:
            said.append(running.settings)
    assert [settings["PAYLOAD_ENCRYPTION"] for settings in said] == ["off", "on", "off"]
    assert len({settings["PAYLOAD_KEYS"] for settings in said}) == 1
    assert len(payload_keys(said[0]["PAYLOAD_KEYS"])) == 1
    assert said[0]["PAYLOAD_KEYS"].partition(":")[2] != said[0]["LINK_SECRET"]
