"""The seed is what the package says, and the committed calendar is the seed."""

from datetime import date, timedelta

from holidays.countries.kazakhstan import Kazakhstan

from api.calendar.seed import SEED_YEARS, seed_edition, superseded_edition
from models.calendar.csv import write_calendar
from models.calendar.edition import diff
from tests.models.calendar.calendars import KZ_CSV


def test_the_committed_calendar_is_the_seed() -> None:
    assert KZ_CSV.read_text(encoding="utf-8") == write_calendar(seed_edition())


def test_seed_and_package_agree_on_every_day() -> None:
    calendar, package = seed_edition().working_calendar(), Kazakhstan(years=SEED_YEARS)
    first, last = date(SEED_YEARS[0], 1, 1), date(SEED_YEARS[-1], 12, 31)
    all_days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    assert [day for day in all_days if calendar.is_working(day) != package.is_working_day(day)] == []


def test_the_superseded_calendar_differs_by_constitution_day() -> None:
    seed = seed_edition()
    changed = diff(superseded_edition(seed), seed)
    assert [day.on for day in changed.removed] == [date(2026, 8, 30), date(2026, 8, 31)]
    assert {day.on.year for day in changed.added} == {2027}
    superseded = superseded_edition(seed).working_calendar()
    assert superseded.add_working_days(date(2026, 8, 20), 15) == date(2026, 9, 11)
    assert seed.working_calendar().add_working_days(date(2026, 8, 20), 15) == date(2026, 9, 10)
