"""The country's time by the locked zone data, whatever copy the machine has.

`zoneinfo` looks into the machine's own files before it looks into the package `tzdata`: with data from before
1 March 2024 (when the country went over to UTC+5) every deadline would come an hour off. So the package's
file is read, and nobody else may ask `zoneinfo` for a zone (tests/test_house_rules.py).
"""

from functools import cache
from importlib import resources
from typing import Final
from zoneinfo import ZoneInfo

COUNTRY_ZONE: Final = "Asia/Almaty"


@cache
def zone_of(name: str) -> ZoneInfo:
    """A time zone by its name in the IANA database. Raises FileNotFoundError for a name that is not in it."""
    with resources.files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as data:
        return ZoneInfo.from_file(data, key=name)
