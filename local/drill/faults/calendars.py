"""The government closes a day: an administrator declares it, and deadlines that are open move."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Final

from local.demo.caller import Caller, Json
from local.drill.faults.fault import Kind
from local.stack import Part
from models.calendar.country import COUNTRY
from models.calendar.day import CalendarDayKind
from models.calendar.edition import CalendarEdition
from models.vocabulary.base import Model

_PATH: Final = "/api/v1/calendar"
_NAMES: Final = {"kk": "Жаттығу күні", "ru": "День учений", "en": "Day of a drill"}
_NEAREST: Final = 2
"""Working days from today: whatever waits for an answer waits longer."""


class SeenCalendar(Model):
    edition: CalendarEdition


@dataclass(frozen=True)
class Declared:
    """A day that was closed, when that was acknowledged, and the edition that says so."""

    day: date
    edition: str
    at: datetime


@dataclass(frozen=True)
class ClosedDay:
    """One more day off, before every deadline that is counted in working days ends."""

    admin: Caller
    note: Callable[[Declared], None]
    lasts: tuple[float, float] = (0.0, 0.0)
    where: str = "a day off"
    kind = Kind.CALENDAR
    severs = False
    ends: frozenset[Part] = frozenset()

    async def strike(self, chance: Random) -> None:
        """Declared as anybody does it who has read the edition in use."""
        read = await self.admin.ask(_PATH)
        calendar = SeenCalendar.model_validate_json(read.content).edition.working_calendar()
        day = datetime.now(COUNTRY).date()
        for _ in range(_NEAREST):
            day = calendar.next_working_day(day)
        body: Json = {
            "declare": [
                {
                    "on": day.isoformat(),
                    "kind": CalendarDayKind.CLOSURE.value,
                    "names": _NAMES,
                    "act": "№ 1",
                }
            ],
            "reason": "Жаттығу",
        }
        answer = await self.admin.post(f"{_PATH}/days", body, read.headers["ETag"])
        edition = SeenCalendar.model_validate_json(answer.content).edition
        self.note(Declared(day, edition.id, datetime.now(UTC)))

    async def mend(self) -> None:
        """It stays closed; nobody is harmed."""


LATEST: Final = timedelta(seconds=60)
"""Within so long everybody counts by a new edition: the keeper looks each five seconds."""
