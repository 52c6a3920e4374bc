"""The local date outside of workflows."""

from datetime import UTC, date, datetime, time, timedelta

from models.calendar.country import COUNTRY


def local_day(moment: datetime) -> date:
    """The local date (Asia/Almaty) of an instant."""
    return moment.astimezone(COUNTRY).date()


def local_today() -> date:
    """Today in Asia/Almaty."""
    return local_day(datetime.now(UTC))


def end_of(day: date) -> datetime:
    """The instant (UTC) at which a local day is over."""
    return datetime.combine(day + timedelta(days=1), time.min, COUNTRY).astimezone(UTC)
