"""Every documented answer fits its own schema, for every role and every kind of monitoring."""

import json

import httpx
import pytest
import pytest_asyncio

from local.samples import ScenarioName
from models.commands import BeginCollection, CompleteStep
from tests.api.world import Case, World
from tests.api_contract.reader import Reader, complaint
from tests.api_contract.schema import Operation, operations
from tests.api_contract.test_openapi import validator

READS = [operation for operation in operations() if operation.method == "get"]


@pytest_asyncio.fixture(scope="module")
async def stepping(town: World) -> Case:
    """Rule 14: another subject's monitoring, with steps completed, a group invited, something asked for."""
    case = await town.started(ScenarioName.C)
    await case.does(BeginCollection, began_on="2026-09-07")
    await case.does(CompleteStep, step=1, completed_on="2026-09-08", content=case.content())
    return case


def name_of(operation: Operation) -> str:
    return operation.name


def wrong_with(operation: Operation, answer: httpx.Response) -> str | None:
    """Why an answer is not as it is documented; None for one that is."""
    described = operation.spec["responses"].get(str(answer.status_code))
    if described is None:
        return f"{answer.status_code} is not documented: {answer.text[:200]}"
    kind = answer.headers.get("content-type", "").partition(";")[0]
    content = described.get("content", {})
    if kind not in content:
        return None if "*/*" in content else f"{answer.status_code} is {kind}"
    if not kind.endswith("json"):
        return None
    errors = validator(content[kind]["schema"]).iter_errors(json.loads(answer.content))
    found = [f"{error.json_path}: {error.message[:200]}" for error in errors]
    return f"{answer.status_code}: {found[:3]}" if found else None


@pytest.mark.parametrize("operation", READS, ids=name_of)
async def test_an_answer_fits_its_schema_and_is_an_honest_one_for_every_role(
    reader: Reader, stepping: Case, operation: Operation
) -> None:
    numbers = (reader.collecting, reader.published, stepping.number)
    found = []
    for path in {reader.path(operation, number) for number in numbers}:
        for label in (None, *reader.world.tokens):
            answer = await reader.send(operation, label, None, path)
            found += [
                f"{path} by {label}: {wrong}"
                for wrong in (wrong_with(operation, answer), _fault(answer))
                if wrong
            ]
    assert found == []


def _fault(answer: httpx.Response) -> str | None:
    """A 5xx, or a problem without words; of readiness 503 is the answer, as Temporal is away."""
    unready = answer.status_code == 503 and answer.json().get("ready") is False
    return None if unready else complaint(answer)


async def test_steps_are_among_what_is_judged(town: World, stepping: Case) -> None:
    """The sample is not empty where a schema was wrong once: keys of objects that are numbers."""
    shown = (await town.call("ashyk-analyst", "GET", stepping.path)).json()
    assert shown["conduct"]["steps"] == {"1": "2026-09-08"}
