"""The local date outside of workflows."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from models.calendar.working import COUNTRY_ZONE

_ZONE = ZoneInfo(COUNTRY_ZONE)


def local_day(moment: datetime) -> date:
    """The local date (Asia/Almaty) of an instant."""
    return moment.astimezone(_ZONE).date()


def local_today() -> date:
    """Today in Asia/Almaty."""
    return local_day(datetime.now(UTC))
