"""Ladders: at which steps a deadline speaks up, by what it awaits. The Rules prescribe none of them.

They are terms of an edition. A deadline that was opened keeps its own rungs, whatever a later edition says.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Final, Self

from pydantic import Field, model_validator

from models.vocabulary.base import Model


class RungName(StrEnum):
    """The steps at which a deadline speaks, the gentlest first."""

    EARLY_REMINDER = "early_reminder"
    REMINDER = "reminder"
    LAST_CALL = "last_call"
    EXPIRED = "expired"
    OVERDUE = "overdue"


class RungFault(ValueError):
    """A rung of expiry on another day. `code` names the fault, as pydantic's error types do."""

    code = "rung_expires_otherwise"


class Rung(Model):
    """A step `working_days` before (negative) or after (positive) the due day, at the opening of hours."""

    name: RungName
    working_days: int

    @model_validator(mode="after")
    def _expiry_follows_the_due_day(self) -> Self:
        if self.name is RungName.EXPIRED and self.working_days != 1:
            raise RungFault("a deadline expires with the working day after the due one")
        return self


Ladder = Annotated[tuple[Rung, ...], Field(max_length=len(RungName))]
EXPIRY: Final = Rung(name=RungName.EXPIRED, working_days=1)


def letter_ladder(reminder_before: int = 3) -> Ladder:
    """The usual one of letters that await an answer: a reminder, the last day, its lapse, a week later."""
    return (
        Rung(name=RungName.REMINDER, working_days=-reminder_before),
        Rung(name=RungName.LAST_CALL, working_days=0),
        EXPIRY,
        Rung(name=RungName.OVERDUE, working_days=6),
    )


class Ladders(Model):
    """When each kind of deadline speaks. Which rungs a ladder may have: `RUNGS`."""

    invitation: Ladder = letter_ladder()
    information_request: Ladder = letter_ladder()
    reply: Ladder = letter_ladder()
    # Whether the report was received is asked twice: the day after, and a week later.
    receipt: Ladder = (EXPIRY, Rung(name=RungName.OVERDUE, working_days=6))
    # What an addressee undertook to carry out by a day: two weeks ahead, on the day, and once after it.
    implementation: Ladder = (
        Rung(name=RungName.REMINDER, working_days=-10),
        Rung(name=RungName.LAST_CALL, working_days=0),
        EXPIRY,
    )
    # Rule 13.1: half a year, a quarter and a month ahead, and once when it was missed.
    yearly_duty: Ladder = (
        Rung(name=RungName.EARLY_REMINDER, working_days=-120),
        Rung(name=RungName.REMINDER, working_days=-60),
        Rung(name=RungName.LAST_CALL, working_days=-20),
        EXPIRY,
    )
    # «Regularly» (rule 13.2): a month ahead, and once when the interval passed. Reminders only (A4).
    thematic_duty: Ladder = (Rung(name=RungName.REMINDER, working_days=-20), EXPIRY)
    # Rule 18: two weeks and three days ahead, and once when the round passed. Reminders only (A4).
    review: Ladder = (
        Rung(name=RungName.REMINDER, working_days=-10),
        Rung(name=RungName.LAST_CALL, working_days=-3),
        EXPIRY,
    )


_BEFORE_AND_ONCE_AFTER: Final = (
    RungName.EARLY_REMINDER,
    RungName.REMINDER,
    RungName.LAST_CALL,
    RungName.EXPIRED,
)
_LETTERS: Final = (RungName.REMINDER, RungName.LAST_CALL, RungName.EXPIRED, RungName.OVERDUE)
RUNGS: Final[Mapping[str, tuple[RungName, ...]]] = MappingProxyType(
    {
        "invitation": _LETTERS,
        "information_request": _LETTERS,
        "reply": _LETTERS,
        "receipt": _LETTERS,
        "implementation": _BEFORE_AND_ONCE_AFTER,
        "yearly_duty": _BEFORE_AND_ONCE_AFTER,
        "thematic_duty": _BEFORE_AND_ONCE_AFTER,
        "review": (RungName.REMINDER, RungName.LAST_CALL, RungName.EXPIRED),
    }
)
"""The rungs that there are letters for, by the ladder's name in `Ladders`."""
