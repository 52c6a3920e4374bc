"""The local date outside of workflows."""

from datetime import UTC, date, datetime

from models.calendar.country import COUNTRY


def local_day(moment: datetime) -> date:
    """The local date (Asia/Almaty) of an instant."""
    return moment.astimezone(COUNTRY).date()


def local_today() -> date:
    """Today in Asia/Almaty."""
    return local_day(datetime.now(UTC))
