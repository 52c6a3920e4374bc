"""What an auditor proves with while the workflow runs: its raw history, and its own state."""

from datetime import UTC, datetime

import pytest
import pytest_asyncio

from api.history.checking import ComparisonVerdict, check
from api.history.raw import RunSource, raw_histories
from api.problems.problem import Failed
from api.services.services import Services
from api.services.temporal import Temporal
from local.samples import ScenarioName
from models.commands import BeginCollection
from models.settings.environment import Settings
from models.tables.monitorings import MonitoringRow
from models.timeline.check import Fault
from models.vocabulary.procedure import Language
from tests.workflows.conduct import asks_for_information
from tests.workflows.running import Running, starts
from tests.workflows.theatre import Theatre


@pytest_asyncio.fixture
async def running(theatre: Theatre) -> Running:
    b = await starts(theatre, ScenarioName.B)
    await b.does(BeginCollection, began_on=b.day)
    await asks_for_information(b, b.scenario.information_requests[0])
    await b.letters_settled()
    return b


@pytest.fixture
def services(theatre: Theatre) -> Services:
    async def client() -> object:
        return theatre.client

    return Services(settings=Settings(), sessions=theatre.sessions, temporal=Temporal(client))  # type: ignore[arg-type]


async def test_the_raw_history_is_whole_and_names_nobody(running: Running, services: Services) -> None:
    async with services.sessions() as session:
        found = await raw_histories(services, session, running.handle.id)
    (run,) = found.runs
    assert (run.source, found.missing, found.temporal_answered) == (RunSource.SERVER, (), True)
    events = run.history["events"]
    assert isinstance(events, list)
    assert len(events) > len(await running.journal())
    assert events[0]["eventType"].upper().endswith("WORKFLOW_EXECUTION_STARTED")
    assert "example.kz" not in str(run.history)


async def test_a_history_that_is_nowhere_is_a_problem_and_not_an_empty_file(
    running: Running, services: Services
) -> None:
    async with services.sessions() as session:
        with pytest.raises(Failed) as failed:
            await raw_histories(services, session, "monitoring/2026-NONE-0001")
    assert (failed.value.status, failed.value.refusals[0].code) == (404, "history_gone")


async def test_the_workflow_is_asked_and_agrees(running: Running, services: Services) -> None:
    found = await check(services, await running.state(), Language.EN, datetime.now(UTC))
    assert found.agrees
    assert found.workflow.verdict is ComparisonVerdict.AGREES


async def test_a_projection_changed_behind_its_back_differs_from_the_workflow(
    running: Running, services: Services
) -> None:
    async with services.sessions.begin() as session:
        row = await session.get_one(MonitoringRow, running.number)
        row.state = {**row.state, "began_on": "2020-01-01"}
    found = await check(services, await running.state(), Language.EN, datetime.now(UTC))
    assert not found.agrees
    assert found.workflow.element is not None
    assert (found.workflow.element.fault, found.workflow.element.field) == (Fault.STATE_DIFFERS, "began_on")
