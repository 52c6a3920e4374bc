"""A new edition of the working calendar in a running proceeding: every open deadline is reckoned anew."""

from models.agenda.reprojection import reproject
from models.calendar.working import WorkingCalendar
from models.events import CalendarChanged, DeadlineMoved
from models.proceeding.state import Proceeding


def change_calendar(
    state: Proceeding, calendar: WorkingCalendar
) -> tuple[CalendarChanged | DeadlineMoved, ...]:
    """One event for the calendar and one for each open deadline that it moves or makes certain.

    Nothing for the edition the proceeding counts by already. Closed and passed deadlines stay.
    """
    if calendar == state.calendar:
        return ()
    moved = [
        DeadlineMoved(deadline=new.deadline, previous=new.old_due, days=new.days)
        for deadline in state.deadlines.values()
        if (new := reproject(deadline, state.calendar, calendar)) is not None
    ]
    return (CalendarChanged(calendar=calendar, previous=state.calendar.edition), *moved)
