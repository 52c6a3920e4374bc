"""The local date outside of workflows."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from models.calendar.working import COUNTRY_ZONE


def local_today() -> date:
    """Today in Asia/Almaty."""
    return datetime.now(UTC).astimezone(ZoneInfo(COUNTRY_ZONE)).date()
