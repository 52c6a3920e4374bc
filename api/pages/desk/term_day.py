"""A day that becomes a term: where nobody works on it, the check page says which day will hold."""

from datetime import date

from api.pages.desk.coordinating import MonitoringSitting
from api.pages.desk.questions import DayQuestion
from api.pages.desk.sitting import Sitting
from api.pages.forms.form import Line
from api.pages.links.due import term_day_said


class TermDayQuestion(DayQuestion):
    """A local date until which something is awaited in a monitoring."""

    async def said(self, value: date, label: str, sitting: Sitting) -> Line:
        assert isinstance(sitting, MonitoringSitting), "terms run in monitorings"
        return self.in_words(label, term_day_said(sitting.language, sitting.state.calendar, value))
