"""Requests that Schemathesis makes of the OpenAPI document, sent to a server as it listens, and judged.

Right and wrong ones for every operation, by whoever asks. What is held: no fault of the server (a 503 that
says when to come back is none), only statuses, media types and bodies that the document declares, wrong input
refused, and nothing told to whoever shows no token.
"""

import re
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Final

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import CheckFunction, not_a_server_error
from schemathesis.checks import load_all_checks as know_all_checks
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from tests.api_contract.schema import Json

MODES: Final = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
HELD: Final[list[CheckFunction]] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
LATER: Final = 503
Callers = tuple[tuple[str | None, str], ...]
"""Labels and tokens; None without a token."""
AnyOperation = APIOperation[Any, Any, Any, Any]
AnyCase = Case[AnyOperation]
_NAMES: Final = re.compile(r"{(\w+)}")
# Whose answer says that something is missing: a test has no worker that gives signs of life.
_READINESS: Final = "read_readiness"


@dataclass(frozen=True)
class Plan:
    """How many requests of each kind for an operation, by which seed, for how long (seconds), and which part
    of how many of the operations."""

    examples: int
    seed: int
    seconds: float
    part: int
    parts: int


@dataclass(frozen=True)
class Found:
    """What was wrong with an answer."""

    operation: str
    by: str | None
    what: str


@dataclass
class Explored:
    """What was asked, how it was answered, and what was wrong with that."""

    statuses: Counter[tuple[str | None, int]] = field(default_factory=Counter)
    operations: set[str] = field(default_factory=set)
    found: dict[Found, None] = field(default_factory=dict)


def explored(
    document: Json, base_url: str, callers: Callers, known: Mapping[str, str], plan: Plan
) -> Explored:
    """Send them, operation by operation: each by the next of the callers. Ends with the plan's time.

    `known` are values of paths behind which there is something: right requests are about these.
    """
    know_all_checks()
    schema = schemathesis.openapi.from_dict(document)
    schema.config.update(base_url=base_url)
    told, until = Explored(), monotonic() + plan.seconds
    for place, result in enumerate(schema.get_all_operations()):
        if monotonic() > until:
            break
        if place % plan.parts != plan.part:
            continue
        assert isinstance(result, Ok), "the document is whole"
        label, token = callers[place % len(callers)]
        _explore(result.ok(), plan, label, token, known, told)
    return told


def _explore(
    operation: AnyOperation,
    plan: Plan,
    label: str | None,
    token: str,
    known: Mapping[str, str],
    told: Explored,
) -> None:
    name = str(operation.definition.raw["operationId"])
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    told.operations.add(name)
    in_path = {each: known[each] for each in _NAMES.findall(operation.path) if each in known}
    for mode in MODES:
        there = in_path or None if mode is GenerationMode.POSITIVE else None

        @seed(plan.seed)
        @settings(
            max_examples=plan.examples,
            database=None,
            deadline=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode, path_parameters=there))
        def ask(case: AnyCase) -> None:
            status, faults = _answered(case, headers, name)
            told.statuses[label, status] += 1
            told.found.update(dict.fromkeys(Found(name, label, what) for what in faults))

        with suppress(Unsatisfiable):  # there is no wrong way to ask an operation that takes nothing
            ask()


def _answered(case: AnyCase, headers: Mapping[str, str], name: str) -> tuple[int, list[str]]:
    case.query.pop("wait", None)  # whoever waits for an event is another test's
    # Tokens that nobody issued are slowed down (`tests/doors/test_trying.py`): a right one, or none.
    case.headers.pop("Authorization", None)
    answer = case.call(headers=dict(headers))
    status = answer.status_code
    if case.query.keys() - {each.name for each in case.operation.query} and status < 400:
        return (
            status,
            [],
        )  # parameters that nobody knows are left alone, as HTTP has it; not so fields of bodies
    if status == LATER and ("retry-after" in answer.headers or name == _READINESS):
        return status, []
    try:
        case.validate_response(answer, checks=HELD, headers=dict(headers))
    except FailureGroup as group:
        return status, [_told(case, each) for each in group.exceptions]
    except Failure as failure:
        return status, [_told(case, failure)]
    return status, []


def _told(case: AnyCase, failure: BaseException) -> str:
    sent = f"{case.method} {case.formatted_path} {case.query or ''} {str(case.body)[:300]}"
    return f"{getattr(failure, 'title', failure)}: {str(failure)[:400]}\n  {sent}"
