"""Named calendars: compact form, explanation with names, preview, difference, spreadsheet."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from models.calendar.csv import CalendarCsvRefusal, read_calendar, write_calendar
from models.calendar.day import LATEST_DAY, CalendarDay, CalendarDayKind, DayNames
from models.calendar.edition import CalendarEdition, diff, year_preview
from models.vocabulary.refusal import Refused
from tests.models.calendar.calendars import KZ_CSV, kz, kz_edition

NAMES = DayNames(kk="Жабық", ru="Закрыто", en="Closed")
HEAD = "edition,x\nannounced_through,2026-12-31\ndate,kind,kk,ru,en,act\n"


def closure(on: date) -> CalendarDay:
    return CalendarDay(on=on, kind=CalendarDayKind.CLOSURE, names=NAMES)


def test_holidays_on_weekends_keep_their_name_and_change_no_count() -> None:
    sunday = date(2026, 3, 22)
    assert sunday in [day.on for day in kz_edition().days]
    assert sunday not in kz().closed


def test_an_explanation_names_each_closed_day_and_cites_its_act() -> None:
    told = kz_edition().explain(date(2024, 4, 30), 15)
    named = {day.on: day.day for day in told.days if day.day}
    assert told.result == date(2024, 5, 24)
    assert named[date(2024, 5, 7)].names.ru == "День защитника Отечества"
    assert named[date(2024, 5, 4)].kind is CalendarDayKind.WORKING_WEEKEND
    assert named[date(2024, 5, 4)].act == named[date(2024, 5, 8)].act == "G24G0000109"


def test_every_named_day_has_three_names_and_an_act() -> None:
    for day in kz_edition().days:
        assert all((day.names.kk, day.names.ru, day.names.en, day.act)), day


def test_year_preview_counts_what_the_calendar_counts() -> None:
    preview = year_preview(kz_edition(), 2026)
    assert preview.working_days == kz().working_days_between(date(2025, 12, 31), date(2026, 12, 31))
    assert [month.first.month for month in preview.months] == list(range(1, 13))
    assert [day.on for month in preview.months for day in month.days] == [
        day.on for day in kz_edition().days if day.on.year == 2026
    ]
    assert preview.months[2].working_days == 18  # March: 22 weekdays less 9, 23, 24 and 25
    assert not preview.provisional
    assert year_preview(kz_edition(), 2027).provisional


def test_difference_names_added_removed_and_renamed_days() -> None:
    early = CalendarEdition(
        id="a",
        announced_through=date(2026, 12, 31),
        days=(closure(date(2026, 6, 1)), closure(date(2026, 6, 2))),
    )
    renamed = early.days[1].model_copy(update={"act": "No. 1"})
    later = CalendarEdition(
        id="b", announced_through=date(2026, 12, 31), days=(renamed, closure(date(2026, 6, 3)))
    )
    assert diff(early, later).added == later.days
    assert diff(early, later).removed == early.days
    assert diff(early, early).added == diff(early, early).removed == ()


def test_an_edition_has_each_date_once_and_in_order() -> None:
    for days in ((date(2026, 6, 2), date(2026, 6, 1)), (date(2026, 6, 1), date(2026, 6, 1))):
        with pytest.raises(ValidationError):
            CalendarEdition(id="a", announced_through=date(2026, 12, 31), days=tuple(map(closure, days)))


def test_kinds_fit_the_week() -> None:
    for kind, on in (
        (CalendarDayKind.WORKING_WEEKEND, date(2026, 6, 1)),
        (CalendarDayKind.TRANSFERRED_DAY_OFF, date(2026, 6, 6)),
    ):
        with pytest.raises(ValidationError):
            CalendarDay(on=on, kind=kind, names=NAMES)


def test_the_committed_calendar_survives_reading_and_writing() -> None:
    text = KZ_CSV.read_text(encoding="utf-8")
    assert write_calendar(read_calendar(text)) == text


cells = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=20)
names = cells.filter(lambda text: text[0] not in "=+-@＝＋－＠")


@given(st.dictionaries(st.dates(date(2026, 1, 1), LATEST_DAY), names, max_size=8), names)
def test_any_edition_survives_reading_and_writing(given_days: dict[date, str], act: str) -> None:
    days = tuple(
        CalendarDay(
            on=on, kind=CalendarDayKind.CLOSURE, names=DayNames(kk=f'{name}, "', ru=name, en=name), act=act
        )
        for on, name in sorted(given_days.items())
    )
    edition = CalendarEdition(id="x-1", announced_through=date(2026, 12, 31), days=days)
    assert read_calendar(write_calendar(edition)) == edition


def test_what_a_spreadsheet_does_to_a_file_is_forgiven() -> None:
    text = (
        "\ufeffedition,x,,,,\r\nannounced_through,2026-12-31,,,,\r\ndate,kind,kk,ru,en,act\r\n"
        "2026-06-01,closure,Жабық,Закрыто,Closed,\r\n,,,,,\r\n"
    )
    assert read_calendar(text).days == (closure(date(2026, 6, 1)),)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", CalendarCsvRefusal.CALENDAR_CSV_HEAD, "1"),
        ("date,kind\n", CalendarCsvRefusal.CALENDAR_CSV_HEAD, "1"),
        (HEAD.replace("2026-12-31", "soon"), CalendarCsvRefusal.CALENDAR_CSV_DATE, "2"),
        (HEAD.replace("kind", "type"), CalendarCsvRefusal.CALENDAR_CSV_HEAD, "3"),
        (HEAD + "06/01/2026,closure,а,б,c\n", CalendarCsvRefusal.CALENDAR_CSV_DATE, "4"),
        (
            HEAD + "2026-06-01,closure,а,б,c\n2026-06-02,party,а,б,c\n",
            CalendarCsvRefusal.CALENDAR_CSV_KIND,
            "5",
        ),
        (HEAD + "2026-06-01,closure,а\n", CalendarCsvRefusal.CALENDAR_CSV_CELLS, "4"),
        (HEAD + "2026-06-01,closure,а,б,c,d,e\n", CalendarCsvRefusal.CALENDAR_CSV_CELLS, "4"),
        (HEAD + "2026-06-01,closure,=1+1,б,c\n", CalendarCsvRefusal.CALENDAR_CSV_NAME, "4"),
        (HEAD + "2026-06-01,working_weekend,а,б,c\n", CalendarCsvRefusal.CALENDAR_CSV_WEEK, "4"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(text: str, code: CalendarCsvRefusal, line: str) -> None:
    with pytest.raises(Refused) as refused:
        read_calendar(text)
    assert (refused.value.code, refused.value.params["line"]) == (code, line)


def test_a_date_given_twice_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        read_calendar(HEAD + "2026-06-01,closure,а,б,c\n2026-06-01,closure,а,б,c\n")
    assert refused.value.code == CalendarCsvRefusal.CALENDAR_CSV_ORDER
