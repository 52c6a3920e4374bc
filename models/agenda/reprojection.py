"""What a new calendar does to open deadlines, with the days that did it."""

from datetime import date, timedelta

from models.agenda.changes import told
from models.agenda.deadline import Deadline, DeadlineStatus
from models.calendar.working import WorkingCalendar
from models.vocabulary.base import Model


class Reprojection(Model):
    """A deadline under a new calendar.

    `days` became working or closed between the start of the count and the later of the two due days. They
    are empty when the day stands and has only become certain (or uncertain).
    """

    deadline: Deadline
    old_due: date
    new_due: date
    days: tuple[date, ...]

    @property
    def moved(self) -> bool:
        """Whether the due day itself is another one: only then is there something to write about."""
        return self.old_due != self.new_due


def reproject(deadline: Deadline, old: WorkingCalendar, new: WorkingCalendar) -> Reprojection | None:
    """The deadline under `new`, or None if it is not open, or `new` says of it what `old` said.

    `old` is the calendar the workflow held until now. Passed and ended deadlines stay as they were; a paused
    one meets the new calendar when it is resumed.
    """
    if deadline.status is not DeadlineStatus.OPEN:
        return None
    projected = told(deadline, new)
    if (projected.due_on, projected.provisional) == (deadline.due_on, deadline.provisional):
        return None
    moved = projected.due_on != deadline.due_on
    until = max(deadline.due_on, projected.due_on)
    changed = _changed_days(old, new)
    return Reprojection(
        deadline=projected,
        old_due=deadline.due_on,
        new_due=projected.due_on,
        days=tuple(day for day in changed if _counted_after(deadline) < day <= until) if moved else (),
    )


def _counted_after(deadline: Deadline) -> date:
    if deadline.fixed_on is not None:
        return deadline.fixed_on - timedelta(days=1)
    return deadline.running_since or deadline.anchor


def _changed_days(old: WorkingCalendar, new: WorkingCalendar) -> list[date]:
    return sorted(set(old.closed) ^ set(new.closed) | set(old.working) ^ set(new.working))
