"""The fates of a command, on a real Temporal server: a small workflow stands in for the monitoring's."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

import pytest
import pytest_asyncio
from temporalio import workflow
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.exceptions import ApplicationError
from temporalio.worker import Worker

from activities.bounds.within import within
from api.commands.addressed import begun_monitoring
from api.commands.sending import Fate, send_command
from models.commands import ApproveReport, CloseMonitoring, ResendLetter, command_name
from models.commands.receipt import Receipt
from models.vocabulary.actors import Actor
from models.vocabulary.procedure import Role, Stage, monitoring_workflow_id

NUMBER = "2026-TEST-0001"
BUDGET = 60.0


@workflow.defn
class Obliging:
    """Takes approvals of version 1, refuses others, breaks on a re-send, ends when told to close."""

    def __init__(self) -> None:
        self.approvals = 0
        self.closed = False

    @workflow.run
    async def run(self) -> int:
        await workflow.wait_condition(lambda: self.closed)
        await workflow.wait_condition(workflow.all_handlers_finished)
        return self.approvals

    @workflow.update
    async def approve_report(self, command: ApproveReport) -> Receipt:
        self.approvals += 1
        return Receipt(number=NUMBER, seq=self.approvals, stage=Stage.APPROVED)

    @approve_report.validator
    def _may_approve(self, command: ApproveReport) -> None:
        if command.version != 1:
            reasons = [
                {"code": "another_version_awaits", "rule": "15", "params": {"version": "1"}},
                {"code": "documents_not_ready", "rule": "15", "params": {}},
            ]
            raise ApplicationError("refused", reasons, type="another_version_awaits")

    @workflow.update
    async def resend_letter(self, command: ResendLetter) -> Receipt:
        raise ApplicationError("a fault of the product", type="KeyError")

    @workflow.update
    async def close_monitoring(self, command: CloseMonitoring) -> Receipt:
        self.closed = True
        return Receipt(number=NUMBER, seq=0, stage=Stage.CLOSED)


@pytest_asyncio.fixture
async def client(temporal_address: str) -> Client:
    return await Client.connect(temporal_address, data_converter=pydantic_data_converter)


@pytest.fixture
def number() -> str:
    return f"2026-T{uuid4().hex[:8].upper()}-0001"


@pytest_asyncio.fixture
async def queue(client: Client, number: str) -> str:
    """A started workflow that nobody works on yet; the name of its queue."""
    queue = f"queue-{number}"
    await client.start_workflow(Obliging.run, id=monitoring_workflow_id(number), task_queue=queue)
    return queue


@asynccontextmanager
async def working(client: Client, queue: str) -> AsyncIterator[None]:
    async with Worker(client, task_queue=queue, workflows=[Obliging]):
        yield


def approve(version: int = 1, command: str | None = None) -> ApproveReport:
    return ApproveReport(id=command or uuid4().hex, actor=Actor(role=Role.HEAD), version=version)


def test_update_is_named_by_its_command() -> None:
    assert command_name(ApproveReport) == "approve_report"


async def test_done_once_however_often_it_is_sent(client: Client, number: str, queue: str) -> None:
    async with working(client, queue):
        command = approve()
        outcomes = [await send_command(client, begun_monitoring(number), command, BUDGET) for _ in range(3)]
    assert [outcome.fate for outcome in outcomes] == [Fate.DONE] * 3
    assert [outcome.receipt.seq for outcome in outcomes if outcome.receipt] == [1, 1, 1]


async def test_refused_with_every_reason(client: Client, number: str, queue: str) -> None:
    async with working(client, queue):
        outcome = await send_command(client, begun_monitoring(number), approve(version=2), BUDGET)
    assert outcome.fate is Fate.REFUSED
    assert [(r.code, r.rule) for r in outcome.refusals] == [
        ("another_version_awaits", "15"),
        ("documents_not_ready", "15"),
    ]


async def test_a_fault_in_a_handler_is_no_refusal(client: Client, number: str, queue: str) -> None:
    async with working(client, queue):
        command = ResendLetter(id=uuid4().hex, actor=Actor(role=Role.ANALYST), letter="L1-0")
        outcome = await send_command(client, begun_monitoring(number), command, BUDGET)
    assert outcome.fate is Fate.BROKEN


async def test_unknown_within_the_budget_while_nobody_works_and_once_when_somebody_does(
    client: Client, number: str, queue: str
) -> None:
    command = approve()
    clock = asyncio.get_running_loop().time
    began = clock()
    outcome = await send_command(client, begun_monitoring(number), command, 1.0)
    assert outcome.fate is Fate.UNKNOWN
    assert clock() - began < BUDGET / 2
    async with working(client, queue):
        again = await send_command(client, begun_monitoring(number), command, BUDGET)
        other = await send_command(client, begun_monitoring(number), approve(), BUDGET)
    assert (again.fate, other.fate) == (Fate.DONE, Fate.DONE)
    assert other.receipt is not None
    assert other.receipt.seq == 2, "the first one happened once"


async def test_closed_and_never_started(client: Client, number: str, queue: str) -> None:
    async with working(client, queue):
        closing = CloseMonitoring(id=uuid4().hex, actor=Actor(role=Role.ANALYST))
        assert (await send_command(client, begun_monitoring(number), closing, BUDGET)).fate is Fate.DONE
        ending = client.get_workflow_handle(monitoring_workflow_id(number)).result()
        await within(60, ending, "the workflow ends")
        assert (await send_command(client, begun_monitoring(number), approve(), BUDGET)).fate is Fate.CLOSED
    never = begun_monitoring("2026-NEVER-0001")
    assert (await send_command(client, never, approve(), BUDGET)).fate is Fate.CLOSED


async def test_a_genuine_cancellation_stays_one(client: Client, number: str, queue: str) -> None:
    sending = asyncio.create_task(send_command(client, begun_monitoring(number), approve(), 30.0))
    await asyncio.sleep(0)
    done, _ = await asyncio.wait({sending}, timeout=0.5)
    assert not done
    sending.cancel()
    await asyncio.wait({sending}, timeout=10)
    with pytest.raises(asyncio.CancelledError):
        sending.result()


async def test_many_at_once_all_happen(client: Client, number: str, queue: str) -> None:
    async with working(client, queue):
        outcomes = await asyncio.gather(
            *(send_command(client, begun_monitoring(number), approve(), 30.0) for _ in range(40))
        )
    assert {outcome.fate for outcome in outcomes} == {Fate.DONE}
    assert sorted(o.receipt.seq for o in outcomes if o.receipt) == list(range(1, 41))
