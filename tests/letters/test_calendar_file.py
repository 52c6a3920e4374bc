"""The calendar file that goes with a council's letter, read back as a mail program would."""

from datetime import datetime, timedelta

import pytest
from icalendar import Calendar, Event

from models.vocabulary.letters import LetterKind
from tests.letters.causes import order
from tests.letters.conftest import Bench
from tests.letters.ground import MEETING_AT, NUMBER
from tests.letters.post_office import attachments


async def received(bench: Bench, kind: LetterKind, attempt: int = 1) -> Calendar:
    await bench.send(order(kind, attempt))
    content = attachments(bench.post_office.received[-1])[f"{NUMBER}.ics"]
    calendar = Calendar.from_ical(content)
    assert isinstance(calendar, Calendar)
    return calendar


def event_in(calendar: Calendar) -> Event:
    [event] = calendar.walk("VEVENT")
    assert isinstance(event, Event)
    return event


async def test_the_meeting_is_at_its_hour_in_almaty(bench: Bench) -> None:
    calendar = await received(bench, LetterKind.COUNCIL_ITEM)
    event = event_in(calendar)
    [zone] = calendar.walk("VTIMEZONE")
    assert calendar["METHOD"] == "PUBLISH"
    assert event.start == MEETING_AT
    assert isinstance(event.start, datetime)
    assert event.start.utcoffset() == timedelta(hours=5)
    assert zone["TZID"] == event["DTSTART"].params["TZID"] == "Asia/Almaty"
    assert event["UID"] == f"{NUMBER}.c-1@example.kz"
    assert event["ORGANIZER"] == "mailto:monitoring@example.kz"
    assert str(event["SUMMARY"]).startswith(NUMBER)


async def test_a_withdrawal_cancels_the_same_event_later(bench: Bench) -> None:
    first = await received(bench, LetterKind.COUNCIL_ITEM)
    again = await received(bench, LetterKind.COUNCIL_ITEM, attempt=2)
    gone = await received(bench, LetterKind.COUNCIL_ITEM_WITHDRAWN)
    events = [event_in(calendar) for calendar in (first, again, gone)]
    assert gone["METHOD"] == "CANCEL"
    assert events[2]["STATUS"] == "CANCELLED"
    assert len({str(event["UID"]) for event in events}) == 1
    assert [event.sequence for event in events] == [0, 1, 1]


@pytest.mark.parametrize("kind", [LetterKind.INVITATION, LetterKind.REPORT_FOR_CONSIDERATION])
async def test_other_letters_bring_no_calendar_file(bench: Bench, kind: LetterKind) -> None:
    await bench.send(order(kind))
    names = attachments(bench.post_office.received[0])
    assert not any(name.endswith(".ics") for name in names)
