"""How a monitoring is led from its start to a stage, as deeds: who asks for what. One way for all tests.

`started → begun → collected → submitted → approved → dispatched → answered`. A deed is a command that nobody
has signed yet: it has no id, no account and no database. Whoever leads signs it and carries it out in its own
way: by the rules alone (`tests/models/monitoring/monitorings.py`), by the recorder without a workflow
(`tests/api/world.py`, `tests/pages/story.py`), by a workflow that runs (`tests/workflows/conduct.py`).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from local.sample_scenario import Scenario
from models.commands import (
    AnswerReport,
    ApproveReport,
    BeginCollection,
    CompleteAnalysis,
    CompleteCollection,
    CompleteStep,
    DispatchReport,
    ItemAnswer,
    NewAddressee,
    RecordActivity,
    SubmitReport,
)
from models.commands.command import Command
from models.report.facts import ContentPin
from models.vocabulary.bodies import Body
from models.vocabulary.procedure import Activity, Id, Role, Step
from models.vocabulary.texts import NoteHash


@dataclass(frozen=True)
class Deed:
    """A command to be signed: what is asked for, and by whom."""

    command: type[Command]
    fields: dict[str, object] = field(default_factory=dict)
    by: Role = Role.ANALYST


def started(scenario: Scenario, body: Callable[[Id], Body], title: NoteHash) -> dict[str, object]:
    """Rules 2, 3, 5, 9-11, 14: the fields of a scenario's start, but for its number."""
    return {
        "kind": scenario.kind,
        "conductors": tuple(map(body, scenario.conductors)),
        "spheres": scenario.spheres,
        "objects": tuple(map(body, scenario.objects)),
        "studied_from": scenario.studied_from,
        "studied_until": scenario.studied_until,
        "title": title,
        "authorized_body": "uo",
        "co_conductors_confirm": True,
    }


def begun(on: date) -> Deed:
    """Rule 8: the conduct begins."""
    return Deed(BeginCollection, {"began_on": on})


def collected(activities: Iterable[tuple[Activity, date, NoteHash]], content: ContentPin) -> Iterator[Deed]:
    """Rules 7, 8: all that leads to the draft, as the authorized body and its divisions do it."""
    for activity, done_on, note in activities:
        yield Deed(RecordActivity, {"activity": activity, "done_on": done_on, "note": note})
    yield Deed(CompleteCollection, {"content": content})
    yield Deed(CompleteAnalysis, {"content": content})


def collected_in_steps(steps: Iterable[tuple[Step, date]], content: ContentPin) -> Iterator[Deed]:
    """Rule 14: the same as an other subject does it, by its four steps."""
    for step, completed_on in steps:
        yield Deed(CompleteStep, {"step": step, "completed_on": completed_on, "content": content})


def submitted(content: ContentPin) -> Deed:
    """Rule 15: a version is frozen. It is printed by itself, or by whoever leads."""
    return Deed(SubmitReport, {"content": content})


def approved(version: int) -> Deed:
    """Rules 15, 16: the head approves the printed version."""
    return Deed(ApproveReport, {"version": version}, Role.HEAD)


def dispatched(addressees: Iterable[NewAddressee]) -> Deed:
    """Rules 17, 20: the report goes to these bodies. Its letters leave by themselves, or by whoever leads."""
    return Deed(DispatchReport, {"addressees": tuple(addressees)})


def answered(addressee: Id, answers: Iterable[ItemAnswer], reply: NoteHash) -> Deed:
    """Beyond the Rules: an addressee replies on its items, by the link of its letter."""
    fields: dict[str, object] = {"addressee": addressee, "answers": tuple(answers), "reply": reply}
    return Deed(AnswerReport, fields, Role.ADDRESSEE)
