"""Repairs on real servers: monitorings and a duty, whichever store is behind; repeated, nothing changes."""

import pytest
import pytest_asyncio
from sqlalchemy import text as sql
from sqlmodel import select
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.workflowservice.v1 import DeleteWorkflowExecutionRequest
from temporalio.client import WorkflowExecutionStatus
from temporalio.converter import PayloadCodec
from temporalio.service import RPCError, RPCStatusCode

from activities.encryption.data_converter import codec_of
from activities.keepers.stores import StoreWatch
from activities.reconciliation.comparing import compared
from activities.reconciliation.evidence import evidence_of
from activities.reconciliation.findings import Finding, finding_of
from activities.reconciliation.repairing import Repairs
from activities.reconciliation.survey import restore_numbers
from activities.record.disagreements import disagreements
from local.samples import ScenarioName
from models.commands import BeginCollection, CancelMonitoring
from models.events import ProceedingReconciled
from models.proceeding.disagreement import StoreFault
from models.settings.environment import Settings
from models.tables.monitorings import MonitoringRow
from models.tables.numbers import NumberRow
from models.vocabulary.procedure import monitoring_workflow_id
from models.vocabulary.stores import Store
from tests.keeping import triggers_sleep
from tests.waiting import eventually
from tests.workflows.fixtures import theatre
from tests.workflows.on_record import histories_of
from tests.workflows.owing import Owing
from tests.workflows.running import Running, starts
from tests.workflows.theatre import Theatre
from workflows import MonitoringWorkflow
from workflows.carrying_on import carried_on

__all__ = ["theatre"]
ORDER = "Order No. 7 of 2026-11-30"


@pytest_asyncio.fixture
async def repairs(theatre: Theatre) -> Repairs:
    return Repairs(theatre.client, theatre.sessions, codec(), carried_on, ORDER)


def codec() -> PayloadCodec:
    return codec_of(Settings())


async def finding(repairs: Repairs, workflow_id: str) -> Finding | None:
    async with repairs.sessions() as session:
        return finding_of(await evidence_of(session, repairs.client, repairs.codec, workflow_id))


async def is_repaired(repairs: Repairs, workflow_id: str, behind: Store) -> None:
    found = await finding(repairs, workflow_id)
    assert found is not None
    assert found.behind is behind
    await repairs.repair(found)
    assert await repairs.noted(found)
    assert await finding(repairs, workflow_id) is None
    await repairs.repair(found)  # again: there is nothing to do


async def cut(theatre: Theatre, workflow_id: str, table: str, keep: int) -> None:
    """The journal as an older copy has it."""
    async with theatre.sessions.begin() as session:
        await triggers_sleep(session)
        given = {"workflow": workflow_id, "keep": keep}
        for statement in (
            "DELETE FROM journal WHERE workflow_id = :workflow AND seq > :keep",
            f"DELETE FROM {table} WHERE workflow_id = :workflow",
        ):
            used = {name: value for name, value in given.items() if f":{name}" in statement}
            await session.exec(sql(statement), params=used)  # type: ignore[call-overload]


async def begun(theatre: Theatre) -> tuple[Running, str]:
    b = await starts(theatre, ScenarioName.B)
    await b.does(BeginCollection, began_on=b.day)
    return b, monitoring_workflow_id(b.number)


async def notes(b: Running) -> list[ProceedingReconciled]:
    events = [entry.event for entry in await b.happened("proceeding_reconciled")]
    return [event for event in events if isinstance(event, ProceedingReconciled)]


async def goes_on(b: Running) -> None:
    await b.does(CancelMonitoring, reason=await b.says("enough"))
    await b.letters_settled()


async def test_a_monitoring_that_was_lost_goes_on_from_its_journal(
    theatre: Theatre, repairs: Repairs
) -> None:
    b, workflow_id = await begun(theatre)
    await b.handle.terminate("the store is older")
    await is_repaired(repairs, workflow_id, Store.WORKFLOW)
    [note] = await notes(b)
    assert (note.order, note.lost) == (ORDER, None)
    assert note.after_run, "it says which run it takes the place of"
    b.handle = theatre.client.get_workflow_handle_for(MonitoringWorkflow.run, workflow_id)
    await goes_on(b)
    assert await finding(repairs, workflow_id) is None
    assert len(await histories_of(theatre.client, workflow_id)) == 2, "and both replay"


async def test_a_monitoring_whose_journal_was_lost_is_on_record_again(
    theatre: Theatre, repairs: Repairs
) -> None:
    b, workflow_id = await begun(theatre)
    before = await b.journal()
    await cut(theatre, workflow_id, "monitorings", 0)
    await is_repaired(repairs, workflow_id, Store.JOURNAL)
    assert (await b.journal())[: len(before)] == before
    assert len(await notes(b)) == 1
    await b.has_one_truth()
    async with theatre.sessions.begin() as session:
        await restore_numbers(session)
        [counter] = (await session.exec(select(NumberRow))).all()
    year, code, serial = b.number.split("-")
    assert (counter.year, counter.code, counter.last) == (int(year), code, int(serial))


async def test_one_that_has_ended_is_noted_and_ends_again(theatre: Theatre, repairs: Repairs) -> None:
    b, workflow_id = await begun(theatre)
    await goes_on(b)
    await b.handle.result()
    before = await b.journal()
    await cut(theatre, workflow_id, "monitorings", 0)
    await is_repaired(repairs, workflow_id, Store.JOURNAL)
    assert (await b.journal())[: len(before)] == before
    again = theatre.client.get_workflow_handle(workflow_id)
    await again.result()
    assert (await again.describe()).status is WorkflowExecutionStatus.COMPLETED


async def test_a_duty_goes_on_from_its_journal(theatre: Theatre, repairs: Repairs) -> None:
    duty = Owing(theatre, "td-sary")
    await duty.starts()
    await duty.handle.terminate("the store is older")
    await is_repaired(repairs, duty.workflow_id, Store.WORKFLOW)
    state = await duty.state()
    assert state.period is not None
    await duty.has_one_truth()
    await duty.hears("2026-SARY-0009", state.period.begins_on)


async def test_a_look_suspects_first_and_lists_then(theatre: Theatre) -> None:
    b, workflow_id = await begun(theatre)
    watch = StoreWatch(theatre.client, theatre.sessions, seconds=60)
    now = (await b.state()).started_at

    async def seen() -> list[tuple[str, StoreFault]]:
        await watch.look(now)
        async with theatre.sessions() as session:
            return [(found.workflow_id, found.fault) for found in await disagreements(session)]

    assert await seen() == []
    assert await seen() == []
    await b.handle.terminate("the store is older")
    assert await seen() == [], "what is seen once may be on its way"
    assert await seen() == [(workflow_id, StoreFault.WORKFLOW_BEHIND)]
    fixing = Repairs(theatre.client, theatre.sessions, codec(), carried_on, ORDER)
    found = await finding(fixing, workflow_id)
    assert found is not None
    await fixing.repair(found)
    assert await fixing.noted(found)

    async def gone() -> bool:
        return await seen() == []

    await eventually(gone, "it left the list")


async def test_a_busy_journal_is_behind_by_another_entry_each_time(theatre: Theatre) -> None:
    b, workflow_id = await begun(theatre)
    watch = StoreWatch(theatre.client, theatre.sessions, seconds=60)
    state = await b.state()

    async def seen() -> list[tuple[str, StoreFault, int]]:
        await watch.look(state.started_at)
        async with theatre.sessions() as session:
            return [(found.workflow_id, found.fault, found.seq) for found in await disagreements(session)]

    for missing in (state.seq - 1, state.seq):
        async with theatre.sessions.begin() as session:
            row = await session.get_one(MonitoringRow, b.number)
            row.seq = missing - 1
        assert await seen() == [], "at the look before it was another one: this one may be on its way"
    assert await seen() == [(workflow_id, StoreFault.JOURNAL_BEHIND, state.seq)]


async def test_an_end_that_the_server_forgot_before_it_was_archived_is_found_and_told_anew(
    theatre: Theatre, repairs: Repairs
) -> None:
    b, workflow_id = await begun(theatre)
    await goes_on(b)
    await b.handle.result()
    service = theatre.client.workflow_service
    forgotten = WorkflowExecution(workflow_id=workflow_id)
    await service.delete_workflow_execution(
        DeleteWorkflowExecutionRequest(namespace=theatre.client.namespace, workflow_execution=forgotten)
    )

    async def forgotten_by_now() -> bool:
        try:
            await theatre.client.get_workflow_handle(workflow_id).describe()
        except RPCError as error:
            return error.status is RPCStatusCode.NOT_FOUND
        return False

    await eventually(forgotten_by_now, "the server has forgotten it")
    found = await compared(theatre.client, theatre.sessions, workflow_id)
    assert found is not None
    assert found.fault is StoreFault.WORKFLOW_BEHIND
    await is_repaired(repairs, workflow_id, Store.WORKFLOW)
    await theatre.client.get_workflow_handle(workflow_id).result()
    assert await compared(theatre.client, theatre.sessions, workflow_id) is None
    assert len(await histories_of(theatre.client, workflow_id)) == 1, "it replays, and can be archived"


async def test_a_look_finds_a_workflow_that_no_journal_knows(theatre: Theatre) -> None:
    b, workflow_id = await begun(theatre)
    await cut(theatre, workflow_id, "monitorings", 0)
    watch = StoreWatch(theatre.client, theatre.sessions, seconds=60)

    async def listed() -> bool:
        await watch.look((await b.handle.describe()).start_time)
        async with theatre.sessions() as session:
            return [found.workflow_id for found in await disagreements(session)] == [workflow_id]

    await eventually(listed, "it is listed")


@pytest.mark.parametrize("times", [1, 3])
async def test_reconciling_again_and_again_adds_nothing(
    theatre: Theatre, repairs: Repairs, times: int
) -> None:
    b, workflow_id = await begun(theatre)
    await b.handle.terminate("the store is older")
    found = await finding(repairs, workflow_id)
    assert found is not None
    for _ in range(times):
        await repairs.repair(found)
        assert await repairs.noted(found)
    assert len(await notes(b)) == 1
