"""What becomes of accepted proposals and recommendations: beyond the Rules."""

from datetime import date
from typing import Literal

from models.agenda.deadline import Deadline
from models.commands import ItemImplementation
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Verdict
from models.vocabulary.texts import NoteHash


class ImplementationPlanned(Model):
    """Beyond the Rules: an item was accepted for a day its addressee or the report names."""

    type: Literal["implementation_planned"] = "implementation_planned"
    item: Id
    deadline: Deadline


class ImplementationReported(Model):
    """Beyond the Rules: an addressee reported what it carried out; `words` is the hash of what it wrote."""

    type: Literal["implementation_reported"] = "implementation_reported"
    addressee: Id
    items: tuple[ItemImplementation, ...]
    words: NoteHash


class ImplementationJudged(Model):
    """Beyond the Rules: the monitor's judgement, of a local date.

    It is the last word on the item unless a new day is given (`deadline`).
    """

    type: Literal["implementation_judged"] = "implementation_judged"
    item: Id
    verdict: Verdict
    judged_on: date
    reason: NoteHash
    deadline: Deadline | None = None
