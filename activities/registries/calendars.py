"""The working calendar in use."""

from functools import partial

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.not_ready import RegistryNotReady
from activities.registries.remembered import remembered
from models.calendar.edition import CalendarEdition
from models.calendar.working import WorkingCalendar
from models.tables.calendars import CalendarRow


async def current_calendar(session: AsyncSession) -> WorkingCalendar:
    """The newest edition of the working calendar. Raises `RegistryNotReady` before there is one."""
    return await remembered(session, "calendar", partial(_current_calendar, session))


async def _current_calendar(session: AsyncSession) -> WorkingCalendar:
    newest = select(CalendarRow).order_by(col(CalendarRow.serial).desc()).limit(1)
    row = (await session.exec(newest)).first()
    if row is None:
        raise RegistryNotReady("calendar")
    return calendar_in(row).working_calendar()


def calendar_in(row: CalendarRow) -> CalendarEdition:
    """The edition a row holds."""
    return CalendarEdition.model_validate(row.body)
