"""What the rules refuse and cite, read from the source: codes with their parameters, and paragraphs."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from models.agenda.deadline import AgendaRefusal
from models.calendar.changes import CalendarChangeRefusal
from models.calendar.csv import CalendarCsvRefusal, CalendarFileRefusal
from models.calendar.explained import CalendarCountRefusal
from models.monitoring.open_work import OpenKind

MODELS = Path(__file__).parents[4] / "models"
ENUMERATIONS = {
    "AgendaRefusal": AgendaRefusal,
    "CalendarChangeRefusal": CalendarChangeRefusal,
    "CalendarCountRefusal": CalendarCountRefusal,
    "CalendarCsvRefusal": CalendarCsvRefusal,
    "CalendarFileRefusal": CalendarFileRefusal,
}
# Where the paragraphs are carried out: a proceeding's rules, what is open in it, what holds among bodies.
RULES = (
    "*/rules.py",
    "monitoring/rules/*.py",
    "monitoring/open_work.py",
    "vocabulary/bodies.py",
    "vocabulary/succession.py",
)
# Where a refusal's code stands among the positional arguments, and under which keyword.
RAISES = {"refuse": 0, "refuse_if": 1, "Refusal": 0}
RULE = re.compile(r"(\d{1,2}(\.\d?)?|annex\.[IVX]+(\.\d)?|A\d{1,2})")


@dataclass(frozen=True)
class Raised:
    """One place that refuses: the code and the names of what the sentence may be filled with."""

    code: str
    params: frozenset[str]
    where: str


def raised_refusals() -> tuple[Raised, ...]:
    """Every refusal that the rules can raise."""
    return tuple(raised for path in sorted(MODELS.rglob("*.py")) for raised in _in_file(path))


def cited_rules() -> frozenset[str]:
    """Every paragraph that a rule or an open item cites, as written: `10`, `14.1`, `annex.II`, `A7`."""
    files = [path for pattern in RULES for path in MODELS.glob(pattern)]
    constants = (
        node.value
        for path in files
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    return frozenset(text for text in constants if RULE.fullmatch(text))


def _in_file(path: Path) -> Iterator[Raised]:
    for function in ast.walk(_tree(path)):
        if not isinstance(function, ast.FunctionDef):
            continue
        for call in ast.walk(function):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in RAISES:
                where = f"{path.relative_to(MODELS.parent)}:{call.lineno}"
                params = _params(call, function)
                for code in _codes(_code_of(call), function):
                    yield Raised(code, params, where)


def _code_of(call: ast.Call) -> ast.expr:
    assert isinstance(call.func, ast.Name)
    named = next((k.value for k in call.keywords if k.arg == "code"), None)
    return named or call.args[RAISES[call.func.id]]


def _codes(code: ast.expr, function: ast.FunctionDef) -> frozenset[str]:
    """A literal, a member of an enumeration, an open kind, or a local name for one of several."""
    match code:
        case ast.Constant(value=str(value)):
            return frozenset({value})
        case ast.Attribute(value=ast.Name(id=enumeration), attr=member):
            return frozenset({ENUMERATIONS[enumeration][member].value})
        case ast.JoinedStr(values=[ast.Constant(value="open_"), _]):
            return frozenset(f"open_{kind.value}" for kind in OpenKind)
        case ast.Name(id=name):
            return _local_codes(name, function)
    raise AssertionError(f"{ast.unparse(code)}: teach this scan how the code is to be read")


def _local_codes(name: str, function: ast.FunctionDef) -> frozenset[str]:
    parameter = next((a for a in function.args.args if a.arg == name), None)
    if parameter is not None:  # handed on: its enumeration says which codes there are
        kind = ast.unparse(parameter.annotation) if parameter.annotation else ""
        return frozenset(member.value for member in ENUMERATIONS.get(kind, ()))
    return frozenset(
        node.value
        for assigned in _assigned(name, function)
        for node in ast.walk(assigned)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def _params(call: ast.Call, function: ast.FunctionDef) -> frozenset[str]:
    names: set[str] = set()
    for keyword in call.keywords:
        if keyword.arg in {"code", "rule"}:
            continue
        if keyword.arg not in {None, "params"}:
            names.add(str(keyword.arg))
            continue
        given = keyword.value
        dicts = _assigned(given.id, function) if isinstance(given, ast.Name) else [given]
        names |= {key for d in dicts if isinstance(d, ast.Dict) for key in _keys(d)}
    return frozenset(names)


def _keys(given: ast.Dict) -> Iterator[str]:
    for key in given.keys:
        assert isinstance(key, ast.Constant)
        yield str(key.value)


def _assigned(name: str, function: ast.FunctionDef) -> list[ast.expr]:
    """What a local name is set to in a function, alone or beside others."""
    found: list[ast.expr] = []
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name) and target.id == name:
                    found.append(node.value)
    return found


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))
