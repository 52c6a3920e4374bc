"""Where a monitoring stands: its stages in a row, and the steps of the Rules that lead through them."""

from datetime import date
from enum import StrEnum
from typing import Final

from locales.terms import term
from models.monitoring.state import MonitoringState
from models.vocabulary.base import Model
from models.vocabulary.procedure import Activity, ConductorKind, Language, Stage, Step

_ROW: Final = tuple(stage for stage in Stage if stage is not Stage.CANCELLED)


class Place(StrEnum):
    """`page.workplace.place.<place>`."""

    BEHIND = "behind"
    HERE = "here"
    AHEAD = "ahead"


class StageSaid(Model):
    name: str
    place: Place


class StepSaid(Model):
    """One step of conduct, and the local day it was done."""

    name: str
    on: date | None


class Steps(Model):
    """Rule 14 sets four steps in order for other subjects, rule 8 five ways in any order for the rest."""

    rule: str
    steps: tuple[StepSaid, ...]


def stages_said(language: Language, state: MonitoringState) -> tuple[StageSaid, ...]:
    """The stages in their order; a cancelled monitoring stands in none of them."""
    if state.stage is Stage.CANCELLED:
        return (StageSaid(name=term(language, state.stage), place=Place.HERE),)
    here = _ROW.index(state.stage)
    return tuple(
        StageSaid(name=term(language, stage), place=_place(index, here)) for index, stage in enumerate(_ROW)
    )


def steps_said(language: Language, state: MonitoringState) -> Steps:
    """What is done of the conduct, as the rules of its conductor have it."""
    if state.conductor_kind is ConductorKind.OTHER_SUBJECT:
        steps = tuple(StepSaid(name=term(language, step), on=state.steps.get(step)) for step in Step)
        return Steps(rule="14", steps=steps)
    ways = tuple(StepSaid(name=term(language, way), on=state.activities.get(way)) for way in Activity)
    return Steps(rule="8", steps=ways)


def _place(index: int, here: int) -> Place:
    if index == here:
        return Place.HERE
    return Place.BEHIND if index < here else Place.AHEAD
