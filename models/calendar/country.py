"""The country's time zone, for whoever shows or stamps a moment; workflows ask their calendar.

A module of its own: it reads a file when it is imported, which a workflow's sandbox does not allow.
"""

from typing import Final

from models.calendar.zone import COUNTRY_ZONE, zone_of

COUNTRY: Final = zone_of(COUNTRY_ZONE)
"""Asia/Almaty, one time in the whole country since 1 March 2024."""
