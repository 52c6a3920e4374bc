"""One vocabulary through the layers: command, update, rule, action and event agree by name."""

import ast
import inspect
import re
from pathlib import Path
from typing import get_args

import pytest

from models import commands
from models.commands import StartMonitoring
from models.commands.command import Command
from models.consolidation.fold import CONSOLIDATION_FOLDS
from models.consolidation.rules import CONSOLIDATION_RULES
from models.duty.fold import DUTY_FOLDS
from models.events import (
    ConsolidationBegun,
    ConsolidationEvent,
    DutyBegun,
    DutyEvent,
    Event,
    MonitoringEvent,
    MonitoringStarted,
)
from models.monitoring.fold.registry import FOLDS
from models.monitoring.rules.registry import RULES
from models.timeline.rules import AS_THEIR_CAUSE, RULES_OF_EVENTS
from models.vocabulary.access import Action

ROOT = Path(__file__).parents[1]
COMMANDS = [
    kind
    for kind in vars(commands).values()
    if inspect.isclass(kind) and issubclass(kind, Command) and kind is not Command
]
RUNNING = [command for command in COMMANDS if command is not StartMonitoring]
OF_CONSOLIDATIONS = [command for command in RUNNING if command.__module__ == "models.commands.consolidation"]
OF_MONITORINGS = [command for command in RUNNING if command not in OF_CONSOLIDATIONS]
ALL_RULES = {**RULES, **CONSOLIDATION_RULES}
EVENTS = get_args(get_args(Event)[0])
BEGINNINGS = {MonitoringStarted, DutyBegun, ConsolidationBegun}
ALL_FOLDS = {**CONSOLIDATION_FOLDS, **DUTY_FOLDS, **FOLDS}


def snake(name: str) -> str:
    """`ApproveReport` → `approve_report`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def updates(*files: str) -> dict[str, tuple[str, str]]:
    """Update name → the command it takes and the name of its validator, from the source."""
    read = [(ROOT / "workflows" / file).read_text(encoding="utf-8") for file in files]
    tree = ast.parse("\n".join(read))
    found: dict[str, str] = {}
    validators: dict[str, str] = {}
    for function in (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)):
        for decorator in map(ast.unparse, function.decorator_list):
            if decorator == "workflow.update":
                annotation = function.args.args[1].annotation
                assert annotation is not None
                found[function.name] = ast.unparse(annotation).rpartition(".")[2]
            elif decorator.endswith(".validator"):
                validators[decorator.removesuffix(".validator")] = function.name
    return {name: (command, validators.get(name, "")) for name, command in found.items()}


MONITORING = ("monitoring_commands.py", "sent_report_commands.py")
CONSOLIDATION = ("consolidation_commands.py",)


@pytest.mark.parametrize(
    ("files", "commands_"), [(MONITORING, OF_MONITORINGS), (CONSOLIDATION, OF_CONSOLIDATIONS)]
)
def test_every_command_of_a_running_proceeding_is_an_update_of_its_name(
    files: tuple[str, ...], commands_: list[type[Command]]
) -> None:
    expected = {snake(command.__name__): command.__name__ for command in commands_}
    assert {name: command for name, (command, _) in updates(*files).items()} == expected


@pytest.mark.parametrize("name", updates(*MONITORING, *CONSOLIDATION))
def test_every_update_has_a_validator_of_its_name(name: str) -> None:
    assert updates(*MONITORING, *CONSOLIDATION)[name][1] == f"_may_{name}"


def test_every_command_is_decided_by_one_function() -> None:
    assert set(RULES) == set(OF_MONITORINGS), (
        "decide it in models/monitoring/rules with @decides(…); the start has decide_start"
    )
    assert set(CONSOLIDATION_RULES) == set(OF_CONSOLIDATIONS)


@pytest.mark.parametrize("command", RUNNING, ids=lambda command: command.__name__)
def test_the_function_that_decides_bears_the_command_s_name(command: type[Command]) -> None:
    decision = ALL_RULES[command]
    assert decision.__name__ == snake(command.__name__)
    assert ".rules" in decision.__module__


def test_every_event_is_folded_by_one_function() -> None:
    assert set(FOLDS) == set(get_args(MonitoringEvent)) - BEGINNINGS, (
        "fold it in models/monitoring/fold with @folds(…)"
    )
    assert set(DUTY_FOLDS) == set(get_args(DutyEvent)) - BEGINNINGS, "fold it in models/duty/fold.py"
    folded = set(get_args(ConsolidationEvent)) - BEGINNINGS
    assert set(CONSOLIDATION_FOLDS) == folded, "fold it in models/consolidation/fold.py"


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.__name__)
def test_an_event_is_called_what_it_is(event: type) -> None:
    assert event.model_fields["type"].default == snake(event.__name__)  # type: ignore[attr-defined]
    if event not in BEGINNINGS:
        assert ALL_FOLDS[event].__name__ == snake(event.__name__)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.__name__)
def test_whoever_may_give_a_command_is_told_by_an_action_of_its_name(command: type[Command]) -> None:
    assert snake(command.__name__) in {action.value for action in Action}


CITATION = re.compile(
    r"(?:(?P<rules>Rules? [\d., -]+(?:, annex)?(?:, A\d+)*|Annex|Reading A\d+)"
    r"|Beyond the Rules|Under the rule of its cause)(?:, «[^»]+»)?: \S"
)


def cited(kind: type) -> set[str] | None:
    """The paragraphs a docstring begins with, one by one; none where it says it is beyond the Rules."""
    found = CITATION.match(kind.__doc__ or "")
    if found is None:
        return None
    paragraphs = set()
    for first, last in re.findall(r"\b(A?\d+)(?:\.\d)?(?:-(\d+))?", found["rules"] or ""):
        paragraphs |= {str(n) for n in range(int(first), int(last) + 1)} if last else {first}
    return paragraphs | ({"annex"} if "annex" in (found["rules"] or "").lower() else set())


@pytest.mark.parametrize("kind", [*COMMANDS, *EVENTS], ids=lambda kind: kind.__name__)
def test_every_command_and_event_says_what_it_means_and_its_paragraph(kind: type) -> None:
    assert "__doc__" in vars(kind), f"{kind.__name__} has no docstring: say what it means and its paragraph"
    assert cited(kind) is not None, (
        f"{kind.__name__}: begin its docstring with the paragraph («Rule 12: …», «Rules 15, 16, A10: …», "
        "«Annex: …», «Reading A12: …») or, where no paragraph stands behind it, with «Beyond the Rules: …»"
    )


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.__name__)
def test_the_paragraph_of_an_event_s_docstring_is_the_one_its_line_in_a_timeline_has(event: type) -> None:
    name = snake(event.__name__)
    assert cited(event) == set(RULES_OF_EVENTS.get(name, ())), (
        f"{event.__name__}: models/timeline/rules.py says {RULES_OF_EVENTS.get(name, 'beyond the Rules')}"
    )
    assert (event.__doc__ or "").startswith("Under the rule of its cause") == (name in AS_THEIR_CAUSE)
