"""The usual ladders, and the reply terms a sender may choose from. The Rules prescribe none of them."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from models.agenda.deadline import Basis, BasisKind, LegalEffect, ReplyPreset, Rung, RungName
from models.calendar.working import WorkingCalendar
from models.vocabulary.base import Model

DUTY_LADDER: Final = (
    Rung(name=RungName.EARLY_REMINDER, working_days=-120),
    Rung(name=RungName.REMINDER, working_days=-60),
    Rung(name=RungName.LAST_CALL, working_days=-20),
    Rung(name=RungName.EXPIRED, working_days=1),
)
"""For the yearly duty of rule 13.1: half a year, a quarter and a month ahead, and once when it was missed."""

THEMATIC_LADDER: Final = (
    Rung(name=RungName.REMINDER, working_days=-20),
    Rung(name=RungName.EXPIRED, working_days=1),
)
"""For «regularly» (13.2): a month ahead, and once when the interval passed. Reminders only (A4)."""

IMPLEMENTATION_LADDER: Final = (
    Rung(name=RungName.REMINDER, working_days=-10),
    Rung(name=RungName.LAST_CALL, working_days=0),
    Rung(name=RungName.EXPIRED, working_days=1),
)
"""For what an addressee undertook to carry out by a day: two weeks ahead, on the day, and once after it."""

REVIEW_LADDER: Final = (
    Rung(name=RungName.REMINDER, working_days=-10),
    Rung(name=RungName.LAST_CALL, working_days=-3),
    Rung(name=RungName.EXPIRED, working_days=1),
)
"""For the review of what was received (rule 18): two weeks and three days ahead, and once when the round
passed. Reminders only (A4)."""


def letter_ladder(reminder_before: int = 3, overdue_after: int = 5) -> tuple[Rung, ...]:
    """For letters that await an answer: working days before and after the due day."""
    return (
        Rung(name=RungName.REMINDER, working_days=-reminder_before),
        Rung(name=RungName.LAST_CALL, working_days=0),
        Rung(name=RungName.EXPIRED, working_days=1),
        Rung(name=RungName.OVERDUE, working_days=1 + overdue_after),
    )


class ReplyTerm(Model):
    """A reply term: `budget` working days, extendable by at most `extension_months` calendar months."""

    budget: int
    extension_months: int
    basis: Basis
    effect: LegalEffect


REPLY_TERMS: Final[Mapping[ReplyPreset, ReplyTerm | None]] = MappingProxyType(
    {
        ReplyPreset.NONE: None,
        # It binds where the report is sent as a citizen's or an organisation's appeal or proposal; between
        # state bodies it hardly does, which is why the sender has to choose it.
        ReplyPreset.APPC_76: ReplyTerm(
            budget=15,
            extension_months=2,
            basis=Basis(kind=BasisKind.OTHER_ACT, reference="APPC art. 76"),
            effect=LegalEffect.STATUTORY,
        ),
    }
)


def extension_bound(term: ReplyTerm, due_on: date, calendar: WorkingCalendar) -> int:
    """The most working days by which a reply due on a day may be extended under its term."""
    return calendar.working_days_between(due_on, months_later(due_on, term.extension_months))


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
