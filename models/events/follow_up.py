"""What becomes of accepted proposals and recommendations: beyond the Rules."""

from datetime import date
from typing import Literal

from models.agenda.deadline import Deadline
from models.commands.monitoring import ItemImplementation
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Verdict
from models.vocabulary.texts import NoteHash


class ImplementationPlanned(Model):
    """An addressee accepted an item for a day it named, or for the day the report asks for."""

    type: Literal["implementation_planned"] = "implementation_planned"
    item: Id
    deadline: Deadline


class ImplementationReported(Model):
    type: Literal["implementation_reported"] = "implementation_reported"
    addressee: Id
    items: tuple[ItemImplementation, ...]
    words: NoteHash


class ImplementationJudged(Model):
    """The monitor's judgement. It is the last word on the item unless a new day is given (`deadline`)."""

    type: Literal["implementation_judged"] = "implementation_judged"
    item: Id
    verdict: Verdict
    judged_on: date
    reason: NoteHash
    deadline: Deadline | None = None
