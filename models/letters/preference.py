"""How somebody wants to be told what only informs, and when that moment is."""

from datetime import datetime, time
from typing import Annotated

from pydantic import Field

from models.calendar.working import WORKING_HOURS, WorkingCalendar
from models.vocabulary.base import Model

Hour = Annotated[int, Field(ge=WORKING_HOURS.opens.hour, le=WORKING_HOURS.closes.hour - 1)]
"""Of the local day, within working hours."""


class LetterPreference(Model):
    """As it comes, or gathered: then one letter a working day, at a local hour. Nothing else waits for it."""

    gathered: bool = False
    hour: Hour = WORKING_HOURS.opens.hour


def told_at(calendar: WorkingCalendar, hour: int, moment: datetime) -> datetime:
    """The next UTC instant at which what is gathered leaves: of this working day, else of the next one."""
    today = calendar.local_date(moment)
    at = calendar.instant(calendar.working_day_from(today), time(hour))
    return at if at >= moment else calendar.instant(calendar.next_working_day(today), time(hour))
