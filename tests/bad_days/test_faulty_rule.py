"""A fault in our own code: it costs one command, never the monitoring."""

import itertools
from collections.abc import Callable
from datetime import date
from typing import NoReturn, cast

import pytest
from temporalio.client import WorkflowUpdateFailedError

from local.samples import ScenarioName
from models.commands import BeginCollection
from models.commands.command import Command
from models.events import CollectionBegun
from models.monitoring.fold.registry import FOLDS
from models.monitoring.rules.registry import RULES
from models.monitoring.state import MonitoringState
from models.vocabulary.base import Model
from tests.bad_days.outcomes import is_unknown
from tests.workflows import group
from tests.workflows.running import Running, code_of, starts
from tests.workflows.theatre import Theatre

Rule = Callable[..., tuple[Model, ...]]


def _broken(*_: object) -> NoReturn:
    raise KeyError("a rule that nobody tried")


def _put(fault: pytest.MonkeyPatch, registry: object, key: type, value: object) -> None:
    fault.setitem(cast(dict[type, object], registry), key, value)


def a_rule_breaks(fault: pytest.MonkeyPatch) -> None:
    _put(fault, RULES, BeginCollection, _broken)


def a_fold_breaks(fault: pytest.MonkeyPatch) -> None:
    _put(fault, FOLDS, CollectionBegun, _broken)


@pytest.mark.parametrize("breaks", [a_rule_breaks, a_fold_breaks])
async def test_a_fault_rejects_one_command_and_the_others_go_on(
    theatre: Theatre, monkeypatch: pytest.MonkeyPatch, breaks: Callable[[pytest.MonkeyPatch], None]
) -> None:
    a = await starts(theatre, ScenarioName.A)
    begin = a.asks(BeginCollection, began_on=a.day)
    with monkeypatch.context() as fault:
        breaks(fault)
        assert await _fault_of(a, begin) == "KeyError"
        await group.is_created(a)
        await a.has_one_truth()
    await a.obeys(begin)
    assert [e.command for e in await a.happened("collection_begun")] == [begin.id]
    await a.has_one_truth()


async def test_a_fault_that_only_the_handler_meets_waits_for_mended_code_and_loses_nothing(
    theatre: Theatre, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The workflow task fails and is tried again until the code is mended."""
    b = await starts(theatre, ScenarioName.B)
    begin = b.asks(BeginCollection, began_on=b.day)
    with monkeypatch.context() as fault:
        _put(fault, RULES, BeginCollection, _broken_every_second_time(RULES[BeginCollection]))
        assert await is_unknown(b, begin)
    await b.obeys(begin)
    assert [e.command for e in await b.happened("collection_begun")] == [begin.id]
    await b.has_one_truth()


def _broken_every_second_time(rule: Rule) -> Rule:
    """The validator passes, the handler after it does not."""
    times = itertools.count(1)

    def sometimes(state: MonitoringState, command: Command, today: date) -> tuple[Model, ...]:
        if next(times) % 2 == 0:
            raise KeyError("a rule that nobody tried twice")
        return rule(state, command, today)

    return sometimes


async def _fault_of(b: Running, command: Command) -> str:
    with pytest.raises(WorkflowUpdateFailedError) as failed:
        await b.obeys(command)
    return code_of(failed.value)
