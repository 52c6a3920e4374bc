"""The rule of each event is the one that docs/architecture.md gives its command."""

import re
from pathlib import Path
from typing import get_args

import pytest

from models.events import Event
from models.timeline.rules import AS_THEIR_CAUSE, RULES_OF_EVENTS

DOCUMENT = Path(__file__).parents[3] / "docs" / "architecture.md"
EVENTS = {event.__name__: event.model_fields["type"].default for event in get_args(get_args(Event)[0])}


def rows() -> dict[str, tuple[set[str], set[str]]]:
    """Commands → event types and paragraphs, from the table of the vocabulary."""
    found = {}
    for line in DOCUMENT.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 3 and all(name.strip() in EVENTS for name in cells[1].split(",")):
            commands, events, rules = cells
            found[commands] = ({EVENTS[name.strip()] for name in events.split(",")}, paragraphs(rules))
    return found


def paragraphs(text: str) -> set[str]:
    """`2, 3, 9-11, A7, annex` one by one; a row beyond the Rules has none."""
    if text.startswith(("beyond", "design", "–")):
        return set()
    found = set()
    for part in text.split(","):
        bounds = re.fullmatch(r"(\d+)-(\d+)", part.strip())
        found |= {str(n) for n in range(int(bounds[1]), int(bounds[2]) + 1)} if bounds else {part.strip()}
    return found


ROWS = rows()


def test_the_table_was_found() -> None:
    told = set().union(*(events for events, _ in ROWS.values()))
    assert {"monitoring_started", "report_dispatched", "rung_reached", "follow_up_ended"} <= told


@pytest.mark.parametrize("commands", ROWS)
def test_events_are_under_the_rules_of_their_commands(commands: str) -> None:
    events, rules = ROWS[commands]
    own = {event: set(RULES_OF_EVENTS.get(event, ())) for event in events - AS_THEIR_CAUSE}
    for event, cited in own.items():
        assert cited <= rules, f"{event}: {cited - rules} is not in the row of docs/architecture.md"
    assert set().union(*own.values()) == rules, f"{commands}: some paragraph has no event"


def test_only_events_have_rules() -> None:
    assert set(RULES_OF_EVENTS) | AS_THEIR_CAUSE <= set(EVENTS.values())
