"""A deadline as data: what is awaited, on what it rests, how much time it has, and when it speaks up.

The Rules set one dated duty only (rule 13.1). Every other deadline therefore says what it rests on and how
far it binds, and nothing below a statutory effect may be called "by law". How deadlines change is in
`models/agenda/changes.py`, when they speak in `models/agenda/rungs.py`; how long they are and at which steps
they speak is the edition's (`models/vocabulary/editions.py`).
"""

import hashlib
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Final, Self

from pydantic import Field, model_validator

from models.vocabulary.base import Model
from models.vocabulary.ladders import Rung, RungName
from models.vocabulary.procedure import Id

_LONGEST_ID: Final = 100
_SEVERITY: Final = {name: place for place, name in enumerate(RungName)}


class LegalEffect(StrEnum):
    """How far a deadline binds: not at all, by our own promise, or by a norm."""

    NONE = "none"
    SERVICE = "service"
    STATUTORY = "statutory"


class BasisKind(StrEnum):
    """Where a deadline comes from."""

    RULE = "rule"
    EDITION = "edition"
    OTHER_ACT = "other_act"
    AGREED = "agreed"
    REQUESTED = "requested"
    SERVICE = "service"


NORMS = frozenset({BasisKind.RULE, BasisKind.OTHER_ACT})


class DeadlineStatus(StrEnum):
    """PASSED is a fact about time, not a decision; what follows from it is up to the rules."""

    OPEN = "open"
    PAUSED = "paused"
    MET = "met"
    PASSED = "passed"
    WITHDRAWN = "withdrawn"


class DeadlineSubject(StrEnum):
    """What is awaited."""

    INVITATION = "invitation"
    INFORMATION_REQUEST = "information_request"
    RECEIPT = "receipt"
    REPLY = "reply"
    IMPLEMENTATION = "implementation"
    FOLLOW_UP = "follow_up"
    DUTY = "duty"
    REVIEW = "review"


class Roll(StrEnum):
    """What happens to a calendar date that is a day off: the next working day, or nothing (a year's end)."""

    FOLLOWING = "following"
    KEPT = "kept"


class ReplyPreset(StrEnum):
    """Terms for replies to choose from; the Rules name none, so none is the default."""

    NONE = "none"
    APPC_76 = "appc_76"


class AgendaRefusal(StrEnum):
    """Why a deadline may not be changed."""

    EXTENSION_WITHOUT_REASON = "extension_without_reason"
    EXTENSION_AFTER_EXPIRY = "extension_after_expiry"
    EXTENSION_TOO_LONG = "extension_too_long"
    EXTENSION_TWICE = "extension_twice"
    EXTENSION_NOT_LATER = "extension_not_later"
    EXTENSION_TOLD_LATE = "extension_told_late"
    DEADLINE_NOT_OPEN = "deadline_not_open"
    DEADLINE_PAUSED = "deadline_paused"
    PAUSE_AFTER_EXPIRY = "pause_after_expiry"
    ALREADY_PAUSED = "already_paused"
    NOT_PAUSED = "not_paused"


class Basis(Model):
    """What a deadline rests on; `reference` cites the paragraph, the edition or the act."""

    kind: BasisKind
    reference: str = Field(default="", max_length=200)

    @model_validator(mode="after")
    def _norms_are_cited(self) -> Self:
        if self.kind in NORMS and not self.reference:
            raise ValueError("a norm is cited by its paragraph")
        return self


class Deadline(Model):
    """A deadline and its whole arithmetic.

    Either `budget` working days counted from the day after `anchor`, or a calendar date `fixed_on`. A pause
    keeps what is left: `consumed` working days were used up before the current run, which began on
    `running_since` (None while paused). `due_on` and `provisional` are what people were told: they change
    only by an extension, a resumption or a new calendar, never by being looked at. All dates are local.
    """

    id: Id
    subject: Id
    subject_kind: DeadlineSubject
    basis: Basis
    effect: LegalEffect
    anchor: date
    budget: int | None = Field(default=None, ge=1)
    fixed_on: date | None = None
    roll: Roll = Roll.FOLLOWING
    consumed: int = Field(default=0, ge=0)
    running_since: date | None
    extensions: int = Field(default=0, ge=0)
    rungs: tuple[Rung, ...] = ()
    reached: tuple[RungName, ...] = ()
    status: DeadlineStatus = DeadlineStatus.OPEN
    ended_on: date | None = None
    calendar: str
    due_on: date
    provisional: bool = False

    @model_validator(mode="after")
    def _one_kind_of_time(self) -> Self:
        if (self.budget is None) == (self.fixed_on is None):
            raise ValueError("a deadline has either working days or a date")
        return self

    @model_validator(mode="after")
    def _statutory_needs_a_norm(self) -> Self:
        if self.effect is LegalEffect.STATUTORY and self.basis.kind not in NORMS:
            raise ValueError("only a norm makes a deadline statutory")
        return self

    @model_validator(mode="after")
    def _rungs_climb(self) -> Self:
        steps = [(_SEVERITY[rung.name], rung.working_days) for rung in self.rungs]
        if any(later[0] <= earlier[0] or later[1] < earlier[1] for earlier, later in pairwise(steps)):
            raise ValueError("each rung comes once, later ones are more severe")
        return self

    @property
    def by_law(self) -> bool:
        """Whether letters may say "by law"."""
        return self.effect is LegalEffect.STATUTORY

    @property
    def live(self) -> bool:
        """Whether it still speaks: a passed one does until it is met or withdrawn, a paused one does not."""
        return self.status in (DeadlineStatus.OPEN, DeadlineStatus.PASSED)

    @property
    def late(self) -> bool:
        """Whether the due day was missed; stays true when what was awaited comes after all."""
        if self.ended_on is not None:
            return self.ended_on > self.due_on
        return self.status is DeadlineStatus.PASSED


def deadline_id(subject_kind: DeadlineSubject, subject: Id) -> Id:
    """A deadline is named by what it awaits; where that is too long for a name, by its hash."""
    named = f"{subject_kind.value}:{subject}"
    if len(named) <= _LONGEST_ID:
        return named
    return f"{subject_kind.value}:{hashlib.sha256(subject.encode()).hexdigest()[:32]}"
