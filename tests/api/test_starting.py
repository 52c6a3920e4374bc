"""A start is answered by its workflow once it is recorded: nobody looks again and again, whatever happens."""

from sqlalchemy import event, func
from sqlmodel import col, delete, select, update
from temporalio import workflow
from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from api.commands import starting
from local.samples import ScenarioName, load_calendar, load_scenario
from models.commands import StartMonitoring
from models.tables.commands import CommandRow
from models.tables.monitorings import MonitoringRow
from models.tables.numbers import NumberRow
from models.vocabulary.editions import ORDER_192
from models.vocabulary.procedure import Role
from models.vocabulary.queues import Queue
from tests.api.office import office
from tests.api.test_commands import start_body
from tests.api.test_under_repair import services_of
from tests.api.world import Case, World, body
from tests.leading import started
from workflows.monitoring_input import MonitoringInput

__all__ = ["office"]
Json = dict[str, object]
ANALYST = "sary-analyst"


async def starts(office: World, key: str) -> tuple[int, Json]:
    answer = await office.call(
        ANALYST, "POST", "/monitorings", json=start_body(), headers={"Idempotency-Key": key}
    )
    return answer.status_code, answer.json()


async def forgets_the_answer(office: World, number: str) -> None:
    """As if the API had been killed before it could write down what became of the start."""
    async with office.sessions.begin() as session:
        answer = update(CommandRow).where(col(CommandRow.number) == number)
        await session.exec(answer.values(outcome="pending", answer=None))


async def test_the_same_start_is_answered_alike_whatever_was_remembered_of_it(office: World) -> None:
    status, first = await starts(office, "k-1")
    assert (status, first["seq"], first["stage"]) == (201, 1, "planned")
    await forgets_the_answer(office, str(first["number"]))
    assert await starts(office, "k-1") == (201, first)


async def test_one_that_has_come_to_its_end_meanwhile_is_answered_alike(office: World) -> None:
    """Its workflow begins nothing anew, and remembers what it answered."""
    _, first = await starts(office, "k-1")
    path = f"/monitorings/{first['number']}"
    cancelled = await office.call(ANALYST, "POST", f"{path}/cancellation", json={"reason": "Артық"})
    assert cancelled.status_code == 200, cancelled.text
    client = await services_of(office).temporal.client()
    handle = client.get_workflow_handle(f"monitoring/{first['number']}")
    await handle.result()
    await forgets_the_answer(office, str(first["number"]))
    assert await starts(office, "k-1") == (201, first)


async def test_one_that_a_restore_forgot_is_known_by_its_journal(office: World) -> None:
    """The database was set back to before the start, and reconciling brought its journal from the workflow:
    the key begins nothing anew, also where the rules or the calendar would have it otherwise by now."""
    _, first = await starts(office, "k-1")
    async with office.sessions.begin() as session:
        await session.exec(delete(CommandRow).where(col(CommandRow.number) == first["number"]))
        before = (await session.exec(select(NumberRow.last))).one()
    assert await starts(office, "k-1") == (201, first)
    async with office.sessions.begin() as session:
        assert (await session.exec(select(NumberRow.last))).one() == before
        assert (await session.exec(select(func.count()).select_from(MonitoringRow))).one() == 1


async def test_a_number_that_is_anothers_is_not_taken(office: World) -> None:
    """A counter that was set back gives numbers twice: under its key the start gets the next one."""
    _, first = await starts(office, "k-1")
    async with office.sessions.begin() as session:
        await session.exec(update(NumberRow).values(last=col(NumberRow.last) - 1))
    assert (await starts(office, "k-2"))[0] == 503
    status, second = await starts(office, "k-2")
    assert status == 201
    assert second["number"] != first["number"]


async def test_the_projection_is_not_asked_until_it_is_there(office: World) -> None:
    """It was read every 50 ms: the busier the machine, the oftener."""
    engine = services_of(office).sessions.kw["bind"].sync_engine
    sent: list[str] = []

    def noted(*given: object) -> None:
        sent.append(str(given[2]))

    event.listen(engine, "before_cursor_execute", noted)
    try:
        assert (await starts(office, "k-1"))[0] == 201
    finally:
        event.remove(engine, "before_cursor_execute", noted)
    assert sum("FROM monitorings" in statement for statement in sent) <= 3, sent


@workflow.defn(name="MonitoringWorkflow")
class Former:
    """As a worker from before runs it: it knows nothing of the question."""

    @workflow.run
    async def run(self, given: MonitoringInput) -> None:
        await workflow.wait_condition(lambda: False)


async def test_a_worker_from_before_starts_it_and_the_record_answers(
    world: World, temporal_address: str
) -> None:
    case = Case(world, ScenarioName.B, load_scenario(ScenarioName.B).number)
    signed = {"id": "c-1", "actor": case.actor(Role.ANALYST), "number": case.number}
    given = started(load_scenario(ScenarioName.B), body, "a" * 64)
    order = MonitoringInput(
        number=case.number,
        start=StartMonitoring.model_validate({**signed, **given}),
        edition=ORDER_192,
        calendar=load_calendar().working_calendar(),
    )
    client = await Client.connect(temporal_address, data_converter=pydantic_data_converter)
    former = Worker(
        client,
        task_queue=Queue.PROCEDURE.value,
        workflows=[Former],
        workflow_runner=UnsandboxedWorkflowRunner(),
    )
    handle = client.get_workflow_handle(f"monitoring/{case.number}")
    async with former:
        assert await starting._started(client, order) is None
        assert (await handle.describe()).status is WorkflowExecutionStatus.RUNNING
        await handle.terminate()
        assert await starting._started(client, order) is None, "it has ended: nothing begins anew"
        assert (await handle.describe()).status is WorkflowExecutionStatus.TERMINATED
