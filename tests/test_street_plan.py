"""The street plan of the house: rooms are subjects, arrows go down, and nobody lives in the corridor.

`python -m tests.test_street_plan` draws it.
"""

import ast
from collections.abc import Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MOST_ROOMS = {"models": 18, "activities": 20, "api": 20}
# Programs that are started by name stand at the door of their layer.
DOORS = {"api": {"app", "calendar_cli", "founding_cli", "reconcile_cli", "tokens_cli"}}

Plan = Mapping[str, frozenset[str]]


@cache
def plan(layer: str) -> Plan:
    """Room → the rooms it imports, at the first level of a layer."""
    arrows: dict[str, set[str]] = {}
    for path in sorted((ROOT / layer).rglob("*.py")):
        room = _room(path.relative_to(ROOT).with_suffix("").parts)
        if room is None:
            continue
        known = arrows.setdefault(room, set())
        for module in _imported(path):
            other = _room(tuple(module.split(".")))
            if module.startswith(f"{layer}.") and other not in {None, room}:
                known.add(str(other))
    return {room: frozenset(known) for room, known in arrows.items()}


def _room(parts: tuple[str, ...]) -> str | None:
    return parts[1] if len(parts) > 1 and parts[1] != "__init__" else None


def _imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    whole = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    named = {
        f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }
    return whole | named


def floors(rooms: Plan) -> dict[str, int]:
    """How high each room lies: above every room it imports. Raises CycleError where that has no answer."""
    height: dict[str, int] = {}
    for room in TopologicalSorter(rooms).static_order():
        height[room] = 1 + max((height[below] for below in rooms.get(room, ())), default=0)
    return height


@pytest.mark.parametrize("layer", MOST_ROOMS)
def test_arrows_between_rooms_go_down_only(layer: str) -> None:
    try:
        floors(plan(layer))
    except CycleError as circle:
        way = " → ".join(reversed(circle.args[1]))
        raise AssertionError(
            f"{layer}: {way}: these rooms lean on each other, so none can be read alone. Move what both need "
            "into a room below them (models/vocabulary, activities/registries, api/problems …)."
        ) from None


@pytest.mark.parametrize("layer", MOST_ROOMS)
def test_every_file_has_a_room(layer: str) -> None:
    loose = {path.stem for path in (ROOT / layer).glob("*.py")} - DOORS.get(layer, set()) - {"__init__"}
    assert not loose, (
        f"{layer}/: {sorted(loose)} stand loose. A folder is a subject: put each into the room it belongs "
        "to, or open a room where the subject is new."
    )


@pytest.mark.parametrize("layer", MOST_ROOMS)
def test_the_plan_fits_on_a_page(layer: str) -> None:
    rooms = sorted(plan(layer))
    assert len(rooms) <= MOST_ROOMS[layer], f"{layer} has {len(rooms)} rooms: {', '.join(rooms)}"


def draw(layer: str) -> str:
    """A layer from its top floor down: each room with the rooms it imports."""
    rooms = plan(layer)
    height = floors(rooms)
    lines = [
        f"{height[room]:3} {room:14} → {', '.join(sorted(rooms[room])) or '–'}"
        for room in sorted(rooms, key=lambda room: (-height[room], room))
    ]
    arrows = sum(map(len, rooms.values()))
    return "\n".join([f"{layer}/: {len(rooms)} rooms, {arrows} arrows", *lines])


if __name__ == "__main__":
    print("\n\n".join(map(draw, MOST_ROOMS)))
