"""The next edition: days declared and taken back, never a rewrite."""

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.agenda.reprojection import reproject
from models.calendar.changes import CalendarChange, CalendarChangeRefusal, next_edition, next_id
from models.calendar.csv import CalendarFileRefusal, read_calendar, write_calendar
from models.calendar.day import CalendarDay, CalendarDayKind, DayNames
from models.calendar.edition import MOST_DAYS, CalendarEdition, diff
from models.calendar.working import is_weekend
from models.vocabulary.refusal import Refused
from tests.models.agenda.deadlines import working_days
from tests.models.calendar.calendars import kz_edition
from tests.models.calendar.test_edition import HEAD

TODAY = date(2026, 6, 1)
NAMES = DayNames(kk="Жабық", ru="Закрыто", en="Closed")
KNOWN = ("kz-2026.1", "kz-2026.2", "kz-2026.3")
many = settings(max_examples=300, deadline=None)


def day(on: date, kind: CalendarDayKind = CalendarDayKind.CLOSURE, act: str = "№ 1") -> CalendarDay:
    return CalendarDay(on=on, kind=kind, names=NAMES, act=act)


def following(
    *declared: CalendarDay, removed: tuple[date, ...] = (), announced: date | None = None
) -> CalendarEdition:
    change = CalendarChange(declared=declared, removed=removed, announced_through=announced)
    return next_edition(kz_edition(), change, KNOWN, TODAY)


def refusal(*declared: CalendarDay, removed: tuple[date, ...] = (), announced: date | None = None) -> str:
    with pytest.raises(Refused) as refused:
        following(*declared, removed=removed, announced=announced)
    return refused.value.code


def test_a_closure_is_the_next_edition_and_leaves_the_former_as_it_was() -> None:
    before = kz_edition().model_copy()
    edition = following(day(date(2026, 6, 10)))
    assert edition.id == "kz-2026.4"
    assert kz_edition() == before
    changed = diff(before, edition)
    assert (changed.added, changed.removed) == ((day(date(2026, 6, 10)),), ())
    assert (changed.closed, changed.opened) == ((date(2026, 6, 10),), ())


def test_a_transfer_is_two_days_in_one_edition() -> None:
    monday, saturday = date(2026, 6, 15), date(2026, 6, 20)
    edition = following(
        day(saturday, CalendarDayKind.WORKING_WEEKEND), day(monday, CalendarDayKind.TRANSFERRED_DAY_OFF)
    )
    changed = diff(kz_edition(), edition)
    assert (changed.closed, changed.opened) == ((monday,), (saturday,))
    assert [each.on for each in edition.days] == sorted(each.on for each in edition.days)


def test_a_declared_day_takes_the_place_of_what_the_date_was() -> None:
    nauryz = date(2026, 3, 23)
    renamed = day(nauryz, CalendarDayKind.HOLIDAY, act="№ 2")
    edition = following(renamed)
    assert edition.named()[nauryz] == renamed
    assert diff(kz_edition(), edition).closed == ()


def test_a_day_taken_back_follows_the_plain_week_again() -> None:
    nauryz = date(2026, 3, 23)
    edition = following(removed=(nauryz,))
    assert nauryz not in edition.named()
    assert edition.working_calendar().is_working(nauryz)


def test_the_lesson_of_2026_by_hand() -> None:
    """31 August 2026 stops being a day off: what was due on 11 September is due on the 10th."""
    lost = (
        day(date(2026, 8, 30), CalendarDayKind.HOLIDAY),
        day(date(2026, 8, 31), CalendarDayKind.TRANSFERRED_DAY_OFF),
    )
    superseded = following(*lost)
    deadline = working_days(superseded.working_calendar(), 15, date(2026, 8, 20))
    assert deadline.due_on == date(2026, 9, 11)
    change = CalendarChange(removed=(date(2026, 8, 30), date(2026, 8, 31)))
    mended = next_edition(superseded, change, (*KNOWN, superseded.id), date(2026, 7, 1))
    assert mended.id == "kz-2026.5"
    assert mended.days == kz_edition().days
    moved = reproject(deadline, superseded.working_calendar(), mended.working_calendar())
    assert moved is not None
    assert (moved.new_due, moved.days) == (date(2026, 9, 10), (date(2026, 8, 31),))


def test_a_year_is_announced() -> None:
    edition = following(announced=date(2027, 12, 31))
    assert edition.days == kz_edition().days
    assert not edition.working_calendar().provisional(date(2027, 1, 5))


@pytest.mark.parametrize(
    ("declared", "removed", "announced", "code"),
    [
        ((day(date(2025, 5, 5)),), (), None, CalendarChangeRefusal.CALENDAR_DAY_OUT_OF_REACH),
        ((day(date(2032, 1, 5)),), (), None, CalendarChangeRefusal.CALENDAR_DAY_OUT_OF_REACH),
        ((), (), date(2040, 12, 31), CalendarChangeRefusal.CALENDAR_DAY_OUT_OF_REACH),
        ((), (date(2025, 5, 5),), None, CalendarChangeRefusal.CALENDAR_DAY_OUT_OF_REACH),
        ((), (date(2026, 6, 10),), None, CalendarChangeRefusal.CALENDAR_DAY_UNKNOWN),
        ((day(date(2026, 6, 10)),) * 2, (), None, CalendarChangeRefusal.CALENDAR_DAY_TWICE),
        (
            (day(date(2026, 3, 23)),),
            (date(2026, 3, 23),),
            None,
            CalendarChangeRefusal.CALENDAR_DAY_TWICE,
        ),
        ((day(date(2026, 6, 13)),), (), None, CalendarChangeRefusal.CALENDAR_DAY_OFF_ON_WEEKEND),
        ((kz_edition().named()[date(2026, 3, 23)],), (), None, CalendarChangeRefusal.CALENDAR_UNCHANGED),
        ((), (), None, CalendarChangeRefusal.CALENDAR_UNCHANGED),
        ((), (), date(2026, 6, 30), CalendarChangeRefusal.CALENDAR_ANNOUNCED_EARLIER),
    ],
)
def test_what_makes_no_sense_is_refused(
    declared: tuple[CalendarDay, ...], removed: tuple[date, ...], announced: date | None, code: str
) -> None:
    assert refusal(*declared, removed=removed, announced=announced) == code


def test_a_forgotten_holiday_of_last_month_is_still_declared() -> None:
    assert following(day(date(2026, 5, 4), CalendarDayKind.HOLIDAY)).id == "kz-2026.4"


def test_editions_are_numbered_within_their_year() -> None:
    assert next_id(KNOWN, 2026) == "kz-2026.4"
    assert next_id(KNOWN, 2027) == "kz-2027.1"
    assert next_id(("kz-2026.10", "kz-2026.9", "kz-2026.x", "imported", "kz-2026.99999999"), 2026) == (
        "kz-2026.11"
    )


@many
@given(
    st.sets(st.dates(TODAY - timedelta(days=300), TODAY + timedelta(days=900)), min_size=1, max_size=12),
    st.randoms(),
)
def test_declaring_and_taking_back_leaves_what_was(dates: set[date], order: Random) -> None:
    fresh = [on for on in dates if on not in kz_edition().named()]
    declared = [
        day(on, CalendarDayKind.WORKING_WEEKEND if is_weekend(on) else CalendarDayKind.CLOSURE)
        for on in fresh
    ]
    if not declared:
        return
    order.shuffle(declared)
    there = following(*declared)
    changed = diff(kz_edition(), there)
    assert set(changed.closed) | set(changed.opened) == set(fresh)
    back = next_edition(there, CalendarChange(removed=tuple(fresh)), (*KNOWN, there.id), TODAY)
    assert back.days == kz_edition().days
    assert read_calendar(write_calendar(there)) == there


def test_a_calendar_stays_small_enough_to_be_carried() -> None:
    first = date(2027, 1, 1)
    lines = "".join(f"{first + timedelta(days=n)},closure,а,б,c,\n" for n in range(MOST_DAYS + 1))
    with pytest.raises(Refused) as refused:
        read_calendar(HEAD + lines)
    assert refused.value.code == CalendarFileRefusal.CALENDAR_CSV_TOO_LONG


@pytest.mark.parametrize("cell", ['"' + "x" * 200_000, '"' + "x" * 200_000 + '"'])
def test_a_file_with_an_endless_cell_is_refused(cell: str) -> None:
    with pytest.raises(Refused) as refused:
        read_calendar(HEAD + f"2026-06-01,closure,{cell},б,c\n")
    assert refused.value.code == CalendarFileRefusal.CALENDAR_CSV_UNREADABLE


@pytest.mark.parametrize(
    ("head", "line"),
    [
        (HEAD.replace("edition,x", "edition,=1+1"), "1"),
        (HEAD.replace("edition,x", "edition,a b"), "1"),
        (HEAD.replace("edition,x", "edition," + "x" * 41), "1"),
        (HEAD.replace("2026-12-31", "9999-12-31"), "2"),
        (HEAD + "2026-06-01,closure,＝1+1,б,c\n", "4"),
        (HEAD + "2026-06-01,closure,a\x00,б,c\n", "4"),
        (HEAD + '2026-06-01,closure,"a\nb",б,c\n', "4"),
        (HEAD + "9999-01-01,closure,а,б,c\n", "4"),
    ],
)
def test_nothing_gets_in_that_a_spreadsheet_would_run_or_a_page_could_not_show(head: str, line: str) -> None:
    with pytest.raises(Refused) as refused:
        read_calendar(head)
    assert refused.value.params["line"] == line
    assert "".join(refused.value.params.values()).isprintable()
