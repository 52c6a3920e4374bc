"""Until when something is asked for and on what that date rests: the same sentences as in the letters."""

from datetime import date

from activities.letters.data import awaiting_receipt
from activities.letters.text import awaiting_receipt_said
from api.pages.links.matter import Matter
from locales.catalogue import text
from locales.dates import say_date, say_due
from locales.due import basis_said, counted_said
from models.agenda.deadline import Deadline, DeadlineStatus
from models.agenda.grounds import DayGround
from models.calendar.working import WorkingCalendar
from models.letters.purposes import LINKS
from models.monitoring.grounds import day_ground
from models.vocabulary.base import Model
from models.vocabulary.procedure import Language


class Due(Model):
    """`until` is the day with weekday and zone, `why` its basis, and whether it may still move."""

    until: str
    why: tuple[str, ...] = ()
    passed: bool = False


def due_of(matter: Matter) -> Due:
    """What the top of a page says of time."""
    language, deadline = matter.language, matter.deadline
    if deadline is None and LINKS[matter.purpose].days_of_items:
        return Due(until=text(language, "page.implementation.due_each"))
    if (term := awaiting_receipt(matter.state, matter.letter)) is not None:
        until, *why = awaiting_receipt_said(language, term)
        return Due(until=until, why=tuple(why))
    if deadline is None or deadline.status is DeadlineStatus.WITHDRAWN:
        return Due(until=text(language, "letter.when.none"))
    due = due_said(language, deadline, matter.today, day_ground(matter.state, deadline))
    if not due.passed:
        return due
    return Due(until=due.until, why=(*due.why, text(language, "page.due.late_counts")), passed=True)


def term_day_said(language: Language, calendar: WorkingCalendar, day: date) -> str:
    """A day that was typed as a term: where nobody works on it, the day that will hold, and why."""
    holds = calendar.working_day_from(day)
    if holds == day:
        return say_date(language, day)
    return text(
        language, "page.due.not_working", typed=say_date(language, day), due=say_date(language, holds)
    )


def due_said(language: Language, deadline: Deadline, today: date, ground: DayGround | None) -> Due:
    """A deadline in words on a local date; `ground` as `basis_said` takes it."""
    passed = deadline.due_on < today
    key = "letter.when.passed" if passed else "letter.when.due"
    counted = counted_said(language, deadline)
    why = [*((counted,) if counted else ()), basis_said(language, deadline, ground)]
    if deadline.provisional:
        why.append(text(language, "letter.when.provisional"))
    until = text(language, key, due=say_due(language, deadline.due_on))
    return Due(until=until, why=tuple(why), passed=passed)
