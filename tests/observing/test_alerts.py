"""Alerts and the board name figures that there are; each alert has its page in docs/operations.md."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import yaml

from activities.observing.codes import SAID, LogCode
from activities.observing.logs import Fields
from activities.observing.metrics import REGISTRY

ROOT: Final = Path(__file__).parents[2]
ALERTS: Final = ROOT / "docker" / "prometheus" / "alerts.yml"
BOARD: Final = ROOT / "docker" / "grafana" / "board.json"
OF_THE_SDK: Final = {
    "temporal_workflow_task_execution_failed_total",
    "temporal_activity_execution_latency_seconds_bucket",
    "temporal_worker_task_slots_available",
}
"""With the suffixes that `activities/observing/of_temporal.py` asks for; they are read off a worker, too."""
_NAME: Final = re.compile(r"\b(?:monitoring|temporal)_\w+")


def own() -> set[str]:
    """Every name as Prometheus reads it."""
    ends = {"counter": ("_total",), "gauge": ("",), "histogram": ("_bucket", "_count", "_sum")}
    return {f"{known.name}{end}" for known in REGISTRY.collect() for end in ends.get(known.type, ())}


def rules() -> list[dict[str, object]]:
    return [rule for group in yaml.safe_load(ALERTS.read_text())["groups"] for rule in group["rules"]]


def asked() -> Iterator[str]:
    for rule in rules():
        yield str(rule["expr"])
    for panel in json.loads(BOARD.read_text())["panels"]:
        yield from (target["expr"] for target in panel["targets"])


def test_every_figure_that_is_asked_for_is_there() -> None:
    named = {name for expression in asked() for name in _NAME.findall(expression)}
    assert named - own() - OF_THE_SDK == set()
    assert named >= OF_THE_SDK, "what nobody asks for need not be listed"


def test_each_alert_has_its_page_and_each_page_its_alert() -> None:
    manual = (ROOT / "docs" / "operations.md").read_text()
    section = manual.split("\n## Alerts\n")[1].split("\n## ")[0]
    pages = re.findall(r"^### (\w+)$", section, re.MULTILINE)
    assert [rule["alert"] for rule in rules()] == pages
    for rule in rules():
        annotations = rule["annotations"]
        assert isinstance(annotations, dict)
        assert annotations["runbook"] == f"docs/operations.md#{str(rule['alert']).lower()}"


def test_each_panel_is_one_of_its_own() -> None:
    panels = json.loads(BOARD.read_text())["panels"]
    places = [(each["gridPos"]["x"], each["gridPos"]["y"]) for each in panels]
    assert len({each["id"] for each in panels}) == len(panels) == len(set(places))


def test_no_label_names_anybody() -> None:
    """Labels are words of closed vocabularies."""
    closed = {"method", "route", "status", "command", "fate", "code", "way", "fault", "state", "outcome"}
    closed |= {"sort", "kind", "queue", "version", "fingerprint"}
    ours = [known for known in REGISTRY.collect() if known.name.startswith("monitoring_")]
    labels = {name for known in ours for sample in known.samples for name in sample.labels} - {"le"}
    assert labels <= closed


def test_every_code_has_its_sentence_and_every_place_in_it_a_field() -> None:
    assert set(SAID) == set(LogCode) - {LogCode.LIBRARY}
    places = {name for said in SAID.values() for name in re.findall(r"\{(\w+)\}", said)}
    assert places <= Fields.__annotations__.keys() | Fields.__mro__[0].__annotations__.keys()
