"""The rehearsal of a year, played once: what the plot promises is what the journals say."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio

from local.rehearsal.cast import AUTHORIZED_BODY, MISSING, PUNCTUAL
from local.rehearsal.plot import CLINIC
from local.rehearsal.rehearse import Rehearsed, rehearse
from local.rehearsal.timetable import Happened
from models.calendar import COUNTRY_ZONE
from models.duty_state import DutyState
from models.events import (
    CalendarChanged,
    DeadlineExtended,
    DeadlineMoved,
    DutyBreached,
    DutyCorrected,
    DutyFulfilled,
    Event,
    ImplementationJudged,
    ImplementationReported,
    PeriodVerdict,
    ReportPublished,
    RoundOutcome,
    RungReached,
)
from models.procedure import Kind, Language, LetterKind

pytestmark = pytest.mark.xdist_group("e2e-rehearsal")
ZONE = ZoneInfo(COUNTRY_ZONE)
EVERY_DUTY = {(body, kind) for body in (AUTHORIZED_BODY, PUNCTUAL, MISSING) for kind in Kind}


@pytest_asyncio.fixture(scope="module")
async def year() -> AsyncIterator[Rehearsed]:
    """Played in English; it raises by itself where journal, state and projection differ or a history does
    not replay."""
    yield await rehearse(Language.EN, lambda _: None)


def local(line: Happened) -> datetime:
    return line.at.astimezone(ZONE)


def duty(year: Rehearsed, organisation: str, kind: Kind = Kind.COMPREHENSIVE) -> DutyState:
    return next(d for d in year.duties if (d.organisation, d.kind) == (organisation, kind))


def verdict(year: Rehearsed, organisation: str) -> tuple[PeriodVerdict, PeriodVerdict]:
    """Of the plot's year: as it ended, and as it stands."""
    past = next(p for p in duty(year, organisation).past if p.period.id == str(year.days.year))
    return past.verdict, past.standing


def events(year: Rehearsed, mark: str, kind: type[Event]) -> list[tuple[Happened, Event]]:
    return [(x, x.entry.event) for x in year.lines if x.mark == mark and isinstance(x.entry.event, kind)]


def letters(year: Rehearsed, mark: str) -> list[tuple[date, LetterKind, str]]:
    """Everything that left of a proceeding: when, which, to whom."""
    mine = [line for line in year.lines if line.mark == mark]
    return [(local(x).date(), x.letter.kind, x.letter.recipient) for x in mine if x.letter]
