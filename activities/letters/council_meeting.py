"""The meeting of a council as a calendar file (RFC 5545) that any mail program can take over."""

from datetime import datetime, timedelta
from typing import Final

from icalendar import Calendar, Event, vCalAddress

from models.calendar.country import COUNTRY
from models.letters.row import MeetingFile
from models.vocabulary.base import Model

_PRODUCT: Final = "-//anticorruption-monitoring//letters//KK"
_YEAR: Final = timedelta(days=366)


class Meeting(Model):
    """One agenda item at one meeting. `uid` stays, `sequence` grows with every letter about it."""

    uid: str
    sequence: int
    method: MeetingFile
    starts_at: datetime
    summary: str
    description: str
    organizer: str


def calendar_file(meeting: Meeting, now: datetime) -> bytes:
    """The `.ics` bytes; the hour is local with its VTIMEZONE, `now` (UTC) is the file's own stamp.

    The meeting's length is not known to us, so none is invented.
    """
    event = Event()
    event.add("UID", meeting.uid)
    event.add("DTSTAMP", now)
    event.add("SEQUENCE", meeting.sequence)
    event.add("DTSTART", meeting.starts_at.astimezone(COUNTRY))
    event.add("SUMMARY", meeting.summary)
    event.add("DESCRIPTION", meeting.description)
    event.add("STATUS", "CANCELLED" if meeting.method is MeetingFile.CANCEL else "CONFIRMED")
    event.add("ORGANIZER", vCalAddress(f"mailto:{meeting.organizer}"))
    calendar = Calendar()
    calendar.add("PRODID", _PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", meeting.method.value)
    calendar.add_component(event)
    # Only the year of the meeting: the zone's Soviet summers help nobody.
    starts_on = meeting.starts_at.date()
    calendar.add_missing_timezones(first_date=starts_on - _YEAR, last_date=starts_on + _YEAR)
    return bytes(calendar.to_ical())
