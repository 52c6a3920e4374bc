"""The country's time comes from the locked data, whatever zone files the machine has."""

import os
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta
from importlib import resources
from pathlib import Path

import pytest

from models.calendar.country import COUNTRY
from models.calendar.zone import COUNTRY_ZONE, zone_of

LAST_DAY, TODAY = date(2024, 2, 29), date(2026, 11, 30)
ROOT = Path(__file__).parents[3]
_SAYS = """
from datetime import datetime, UTC
from zoneinfo import ZoneInfo
from models.calendar.working import WorkingCalendar
from models.calendar.country import COUNTRY
from models.calendar.zone import COUNTRY_ZONE
moment = datetime(2026, 11, 30, 4, tzinfo=UTC)
print(moment.astimezone(ZoneInfo(COUNTRY_ZONE)).hour, moment.astimezone(COUNTRY).hour)
calendar = WorkingCalendar(edition="x", announced_through="2026-12-31")
print(calendar.opening(moment.date()).hour)
"""


def test_the_country_is_at_utc_5_and_was_at_utc_6_before_march_2024() -> None:
    at_noon = {day: datetime.combine(day, time(12), UTC).astimezone(COUNTRY) for day in (LAST_DAY, TODAY)}
    assert at_noon[LAST_DAY].utcoffset() == timedelta(hours=6)
    assert at_noon[TODAY].utcoffset() == timedelta(hours=5)
    assert str(COUNTRY) == COUNTRY_ZONE


def test_old_zone_files_of_the_machine_move_no_deadline(tmp_path: Path) -> None:
    """A machine whose Almaty is still at UTC+6, as in files from before 2024."""
    old = tmp_path / COUNTRY_ZONE
    old.parent.mkdir()
    with resources.files("tzdata").joinpath("zoneinfo", "Asia", "Bishkek").open("rb") as six_hours:
        old.write_bytes(six_hours.read())
    environment = {**os.environ, "PYTHONTZPATH": str(tmp_path), "PYTHONPATH": str(ROOT)}
    asked = [shutil.which(sys.executable) or sys.executable, "-c", _SAYS]
    said = subprocess.run(asked, env=environment, capture_output=True, text=True, check=True, timeout=60)
    machine, country, opens = said.stdout.split()
    assert machine == "10", "the machine itself would be an hour off"
    assert country == "9"
    assert opens == "4", "working hours open at nine"


def test_a_zone_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        zone_of("Asia/Nowhere")
