"""The rules of the house, as tests: each failure says what to do instead."""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypeGuard

import pytest

from workflows.calling import ActivityName

ROOT = Path(__file__).parents[1]
LONGEST = 350
PACKAGES = (
    "models",
    "workflows",
    "activities",
    "api",
    "locales",
    "local",
    "migrations",
    "benchmarks",
    "client",
    "tests",
)
FILES = [
    path
    for path in sorted([*ROOT.glob("*.py"), *(f for p in PACKAGES for f in (ROOT / p).rglob("*.py"))])
    if "versions" not in path.parts
]
STDLIB = sys.stdlib_module_names

# First-party packages each layer may use.
MAY_USE = {
    "models": {"models"},
    "locales": {"locales", "models"},
    "activities": {"activities", "locales", "models"},
    "workflows": {"workflows", "models"},
    "api": {"api", "activities", "locales", "models", "workflows"},
    "worker.py": {"activities", "models", "workflows"},
    "verify.py": {"activities", "models", "workflows"},
    "operate.py": {"activities", "models", "workflows"},
    "migrations": {"migrations", "models"},
}
# Libraries the two inner layers may use, and the modules of `models` that stand at an edge.
LIBRARIES = {"models": {"pydantic"}, "workflows": {"pydantic", "temporalio"}}
EDGES = {
    "models/tables/": {"sqlalchemy", "sqlmodel"},
    "models/settings/environment.py": {"pydantic_settings"},
    "models/letters/links.py": {"itsdangerous"},
}
# Modules that stand at the edge of their layer: programs import them, the layer itself never does.
AT_THE_EDGE = {"workflows/client.py": {"activities"}}
# Who outside may know the API, and what of it: the sample's editions and tokens come about as the API's do;
# the rehearsal tells events in the timeline's sentences and changes the calendar as the administrator does;
# the client is made of the document that the application gives of itself.
KNOWS_API = {
    "client/__main__.py": {"api.app"},
    "local/seed.py": {"api.registries.reference_rows", "api.access.tokens"},
    "local/rehearsal/calendar.py": {"api.calendar.store"},
    "local/rehearsal/words.py": {"api.history.names", "api.history.words"},
}

WORLDLY = {"os", "random", "secrets", "socket", "time", "uuid", "logging", "subprocess", "threading"}
CLOCKS = {"now", "utcnow", "today"}
# What is waited for there ends when it is cancelled, within seconds: psycopg, a process, an event of asyncio.
ENDS_WHEN_CANCELLED = {
    "activities/database/sessions.py",
    "local/process.py",
    "local/up.py",
    "local/mailbox/server.py",
}
# Changes by which monitorings began to tell what a keeper tells for those that stood here before.
A_KEEPER_TELLS = {"TELLS_DUTIES", "TELLS_CONSOLIDATION"}
# FastAPI types the OpenAPI document so, and it is handed on as it is.
FOREIGN_SHAPES = {"api/http/openapi.py", "api/http/schemas.py"}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def layer(path: Path) -> str:
    return path.relative_to(ROOT).parts[0]


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Imported modules, wherever in the file, with the line."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)}:{node.lineno}: import from the repository root"
            yield node.module or "", node.lineno


def every(*layers: str) -> list[Path]:
    return [path for path in FILES if layer(path) in layers]


@pytest.mark.parametrize("path", every(*MAY_USE), ids=name_of)
def test_layers_know_only_the_layers_below(path: Path) -> None:
    ours = {*PACKAGES, "worker", "verify", "operate"}
    known = MAY_USE[layer(path)] | AT_THE_EDGE.get(name_of(path), set())
    for module, line in imports(path):
        package = module.split(".")[0]
        assert package not in ours or package in known, (
            f"{name_of(path)}:{line} imports {module}; {layer(path)} may use "
            f"{sorted(known)} only. Move what is shared down to models/."
        )
        edge = f"{module.replace('.', '/')}.py"
        assert edge not in AT_THE_EDGE or layer(path) != layer(ROOT / edge), (
            f"{name_of(path)}:{line} imports {module}, which stands at the edge of its layer"
        )


@pytest.mark.parametrize("path", every(*LIBRARIES), ids=name_of)
def test_the_core_uses_the_standard_library_and_pydantic(path: Path) -> None:
    edges = (libraries for edge, libraries in EDGES.items() if name_of(path).startswith(edge))
    allowed = LIBRARIES[layer(path)].union(*edges, MAY_USE)
    for module, line in imports(path):
        package = module.split(".")[0]
        assert package in STDLIB or package in allowed, (
            f"{name_of(path)}:{line} imports {module}: the procedure needs no server and no library. "
            "Do it in an activity, or in api/."
        )


@pytest.mark.parametrize("path", [p for p in FILES if layer(p) not in {"api", "tests"}], ids=name_of)
def test_nobody_depends_on_the_api(path: Path) -> None:
    for module, line in imports(path):
        known = KNOWS_API.get(name_of(path), set())
        assert module.split(".")[0] != "api" or module in known, (
            f"{name_of(path)}:{line} imports {module}: the API is an edge. "
            "What others need of it belongs into models/ or activities/."
        )


@pytest.mark.parametrize("path", every("models", "workflows"), ids=name_of)
def test_the_core_reads_no_clock_no_chance_and_no_environment(path: Path) -> None:
    """`models.settings` reads the environment for everybody; a workflow asks Temporal for the time."""
    for module, line in imports(path):
        assert module.split(".")[0] not in WORLDLY, (
            f"{name_of(path)}:{line} imports {module}: the same input must give the same result for ever. "
            "Take it as an argument; in a workflow use workflow.now(), workflow.uuid4(), workflow.random()."
        )
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = ast.unparse(node.func.value)
            assert node.func.attr not in CLOCKS or owner == "workflow", (
                f"{name_of(path)}:{node.lineno} calls {ast.unparse(node.func)}: pass the instant in, "
                "or ask workflow.now()."
            )


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_day_is_one_of_the_country(path: Path) -> None:
    """Between 19:00 and 24:00 UTC its day is the next one: what is dated by another clock is of yesterday."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            called = ast.unparse(node)
            assert not called.endswith(("now(UTC).date()", "date.today()", "datetime.today()")), (
                f"{name_of(path)}:{node.lineno}: {called}: take datetime.now(COUNTRY).date()"
            )


@pytest.mark.parametrize("path", [p for p in FILES if name_of(p) not in FOREIGN_SHAPES], ids=name_of)
def test_shapes_have_names(path: Path) -> None:
    """Tests may call an answer as read off the wire `Json`: what it holds is what they assert."""
    wire = {
        node.value
        for node in tree(path).body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "Json" and layer(path) == "tests"
    }
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Subscript) and node not in wire:
            written = ast.unparse(node).replace("typing.", "")
            assert written not in {"dict[str, Any]", "Dict[str, Any]", "Mapping[str, Any]"}, (
                f"{name_of(path)}:{node.lineno}: {written} says nothing. Give the shape a model, "
                "or its values the type `object`."
            )


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_file_can_be_read_at_a_sitting(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= LONGEST, (
        f"{name_of(path)} has {lines} lines: it has become two things; make them two files"
    )


@pytest.mark.parametrize("path", every("tests"), ids=name_of)
def test_tests_wait_for_conditions_not_for_time(path: Path) -> None:
    """`tests.waiting.eventually` is the one place that pauses between two looks, and it is bounded.

    `asyncio.sleep(0)` is no pause: it lets the other task have its turn.
    """
    if name_of(path) == "tests/waiting.py":
        return
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and _pauses(node):
            raise AssertionError(
                f"{name_of(path)}:{node.lineno} sleeps: wait for a condition with tests.waiting.eventually"
            )


def _pauses(call: ast.Call) -> bool:
    sleeps = ast.unparse(call.func) in {"time.sleep", "asyncio.sleep", "sleep"}
    return sleeps and ast.unparse(call) != "asyncio.sleep(0)"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_what_is_waited_for_has_a_bound_that_binds(path: Path) -> None:
    """`asyncio.timeout` waits for ever where what it cancelled does not end."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and name_of(path) not in ENDS_WHEN_CANCELLED:
            assert ast.unparse(node.func) not in {"asyncio.timeout", "asyncio.wait_for"}, (
                f"{name_of(path)}:{node.lineno}: wait with activities.bounds.within.within"
            )


def test_the_zone_of_the_country_is_asked_for_in_one_place() -> None:
    for path in FILES:
        if layer(path) != "tests" and name_of(path) != "models/calendar/zone.py":
            lines = [line for module, line in imports(path) if module == "zoneinfo"]
            assert not lines, (
                f"{name_of(path)}:{lines[0]} asks the machine for a time zone, whose files may be years old: "
                "take COUNTRY (models/calendar/country.py) or zone_of() (models/calendar/zone.py)"
            )


def test_a_change_of_a_workflow_is_asked_for_in_one_place() -> None:
    for path in every("workflows"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "workflow.patched":
                asked = ast.unparse(node.args[0])
                assert name_of(path) == "workflows/changes.py" or asked in A_KEEPER_TELLS, (
                    f"{name_of(path)}:{node.lineno}: `patched` answers a run that passed the line before the "
                    "change with No for as long as it lasts: ask goes_new_way() of workflows/changes.py"
                )


def test_activities_are_called_by_the_names_they_are_defined_with() -> None:
    defined = {
        function.name
        for path in every("activities")
        for function in ast.walk(tree(path))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        and any(ast.unparse(d).startswith("activity.defn") for d in function.decorator_list)
    }
    assert {name.value for name in ActivityName} == defined, "workflows/calling.py names every activity"


def test_the_worker_offers_every_activity() -> None:
    offered = {
        node.attr
        for keyword in ast.walk(tree(ROOT / "worker.py"))
        if isinstance(keyword, ast.keyword) and keyword.arg == "activities"
        for node in ast.walk(keyword.value)
        if isinstance(node, ast.Attribute)
    }
    assert {name.value for name in ActivityName} == offered


# What is true of each of these stands in its table, so that a new one is a row: the word, the modules of its
# tables, and what is said to a second one.
TABLES = {
    "LetterKind": (
        {"models/letters/kinds.py"},
        "what is true of a kind of letter stands in its row of LETTERS (models/letters/kinds.py). "
        "Give the row a column, and read it here.",
    ),
    "Purpose": (
        {"models/letters/kinds.py", "models/letters/purposes.py"},
        "what a link may do stands in the row of its purpose in LINKS (models/letters/purposes.py). "
        "Give the row a column, and read it here.",
    ),
}
KEYED = {"dict", "Mapping", "set", "Set", "frozenset"}


@pytest.mark.parametrize("word", TABLES)
def test_what_is_true_of_a_letter_stands_in_its_row(word: str) -> None:
    homes, lesson = TABLES[word]
    for path in FILES:
        if layer(path) != "tests" and name_of(path) not in homes:
            lines = [node.lineno for node in ast.walk(tree(path)) if _gathers(node, word)]
            assert not lines, f"{name_of(path)}:{lines[0]} gathers several of {word}: {lesson}"


@pytest.mark.parametrize("word", TABLES)
def test_the_gate_notices_a_second_table(word: str) -> None:
    for table in (
        f"X = {{{word}.A: 1}}",
        f"X = frozenset({{{word}.A, {word}.B}})",
        f"X = x in ({word}.A, {word}.B)",
        f"X = {{({word}.A, 1): 2}}",
        f"X: Mapping[{word}, int] = read()",
        f"match x:\n  case {word}.A | {word}.B: pass",
        f"match x:\n  case {word}.A: pass\n  case {word}.B: pass",
    ):
        assert any(_gathers(node, word) for node in ast.walk(ast.parse(table))), table
    for single in (f"x is {word}.A", f"x: {word} | None = {word}.A", f"X = {{1: {word}.A}}"):
        assert not any(_gathers(node, word) for node in ast.walk(ast.parse(single))), single


def _gathers(node: ast.AST, word: str) -> TypeGuard[ast.expr | ast.stmt]:
    """Whether a node is a collection of words, is keyed by them, or goes through them case by case."""
    match node:
        case ast.Dict(keys=parts) | ast.Set(elts=parts) | ast.List(elts=parts) | ast.Tuple(elts=parts):
            return any(_is_one(part, word) for part in parts)
        case ast.Match(cases=cases):
            told = [part for case in cases for part in ast.walk(case.pattern)]
            return sum(isinstance(part, ast.MatchValue) and _is_one(part.value, word) for part in told) > 1
        case ast.Subscript(value=ast.Name(id=shape), slice=inner) if shape in KEYED:
            key = inner.elts[0] if isinstance(inner, ast.Tuple) else inner
            return isinstance(key, ast.Name) and key.id == word
    return False


def _is_one(part: ast.AST | None, word: str) -> bool:
    return isinstance(part, ast.Attribute) and ast.unparse(part.value) == word
