"""The first calendar: taken from the `holidays` package, with names in three languages and the acts.

The package is a good seed and no authority: it has no Russian, estimates Kurban-ait for years to come and
cannot know transfers that were not announced. What it gives is written to `samples/calendar/kz.csv`, looked
through by a person and corrected by further editions. An installation publishes it once, by
`python -m api.calendar_cli seed`.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from holidays.countries.kazakhstan import Kazakhstan

from models.calendar.day import CalendarDay, CalendarDayKind, DayNames
from models.calendar.edition import CalendarEdition

SEED_YEARS: Final = range(2023, 2028)
SEED_EDITION: Final = "kz-2026.3"
SEED_ANNOUNCED_THROUGH: Final = date(2026, 12, 31)

# Acts by their identifiers in the state's database of law (adilet.zan.kz).
HOLIDAYS_ACT: Final = "Z010000267_ (Law on Holidays), art. 5"
DAYS_OFF_ACT: Final = "K1500000414 (Labour Code), art. 84(5)"
TRANSFER_ACT: Final = "K1500000414 (Labour Code)"
SWAP_ACTS: Final = {2023: "P2300000326", 2024: "G24G0000109", 2025: "G24G0000436"}

_ORTHODOX_CHRISTMAS: Final = "Orthodox Christmas"
_EID_AL_ADHA: Final = "Eid al-Adha"
_DAYS_OFF: Final = frozenset({_ORTHODOX_CHRISTMAS, _EID_AL_ADHA})
_CONSTITUTION_DAY: Final = "Constitution Day"
_REPUBLIC_DAY: Final = "Republic Day"

# By the package's English label: Kazakh, Russian, English.
NAMES: Final = {
    "New Year's Day": ("Жаңа жыл", "Новый год", "New Year"),
    _ORTHODOX_CHRISTMAS: ("Православиелік Рождество", "Православное Рождество", _ORTHODOX_CHRISTMAS),
    "International Women's Day": (
        "Халықаралық әйелдер күні",
        "Международный женский день",
        "International Women's Day",
    ),
    "Nowruz Holiday": ("Наурыз мейрамы", "Наурыз мейрамы", "Nauryz"),
    "Kazakhstan's People Solidarity Holiday": (
        "Қазақстан халқының бірлігі мерекесі",
        "Праздник единства народа Казахстана",
        "Day of Unity of the People of Kazakhstan",
    ),
    "Defender of the Fatherland Day": (
        "Отан қорғаушы күні",
        "День защитника Отечества",
        "Defender of the Fatherland Day",
    ),
    "Victory Day": ("Жеңіс күні", "День Победы", "Victory Day"),
    _EID_AL_ADHA: ("Құрбан айттың бірінші күні", "Первый день Курбан-айта", "First day of Kurban-ait"),
    "Capital Day": ("Астана күні", "День столицы", "Capital Day"),
    _CONSTITUTION_DAY: (
        "Қазақстан Республикасының Конституциясы күні",
        "День Конституции Республики Казахстан",
        "Constitution Day",
    ),
    _REPUBLIC_DAY: ("Республика күні", "День Республики", _REPUBLIC_DAY),
    "Independence Day": ("Тәуелсіздік күні", "День Независимости", "Independence Day"),
}

# Renamed by the act that followed the Constitution of 2026; the package's English label did not change.
RENAMED: Final = {
    (_REPUBLIC_DAY, 2026): (
        "Қазақстан Республикасы күні",
        "День Республики Казахстан",
        "Day of the Republic of Kazakhstan",
    ),
}

_OBSERVED: Final = " (observed)"
_SWAPPED: Final = re.compile(r"Day off \(substituted from (?P<month>\d\d)/(?P<day>\d\d)/(?P<year>\d{4})\)")


def seed_edition() -> CalendarEdition:
    """The edition of `samples/calendar/kz.csv`.

    Raises KeyError for a holiday without names or a swap without an act: both are to be added by hand.
    """
    labels = Kazakhstan(years=SEED_YEARS, language="en_US", islamic_show_estimated=False)
    days = (day for on, label in labels.items() for day in _days(on, label))
    return CalendarEdition(
        id=SEED_EDITION,
        announced_through=SEED_ANNOUNCED_THROUGH,
        days=tuple(sorted(days, key=lambda day: day.on)),
    )


def superseded_edition(edition: CalendarEdition) -> CalendarEdition:
    """The calendar of 2026 as announced in December 2025, before the new Constitution moved its day.

    Sunday 30 August was a holiday and Monday 31 August the day off for it.
    """
    lost = (
        _holiday(date(2026, 8, 30), _CONSTITUTION_DAY),
        _transferred(date(2026, 8, 31), _CONSTITUTION_DAY),
    )
    known = tuple(day for day in edition.days if day.on.year <= 2026)
    return CalendarEdition(
        id="kz-2026.2",
        announced_through=edition.announced_through,
        days=tuple(sorted((*known, *lost), key=lambda day: day.on)),
    )


def _days(on: date, label: str) -> Iterator[CalendarDay]:
    """A day of the package, and the working weekend day it was exchanged for if there is one."""
    swapped = _SWAPPED.fullmatch(label)
    if swapped:
        worked = date(int(swapped["year"]), int(swapped["month"]), int(swapped["day"]))
        yield _day_off_for(on, worked)
        yield _worked_for(worked, on)
    elif label.endswith(_OBSERVED):
        yield _transferred(on, label.removesuffix(_OBSERVED))
    else:
        yield _holiday(on, label)


def _names(label: str, on: date) -> tuple[str, str, str]:
    """As the act in force that year names the day."""
    since = [year for known, year in RENAMED if known == label and year <= on.year]
    return RENAMED[label, max(since)] if since else NAMES[label]


def _holiday(on: date, label: str) -> CalendarDay:
    kk, ru, en = _names(label, on)
    act = DAYS_OFF_ACT if label in _DAYS_OFF else HOLIDAYS_ACT
    return CalendarDay(on=on, kind=CalendarDayKind.HOLIDAY, names=DayNames(kk=kk, ru=ru, en=en), act=act)


def _transferred(on: date, label: str) -> CalendarDay:
    kk, ru, en = _names(label, on)
    names = DayNames(
        kk=f"{kk} (ауыстырылған демалыс күні)",
        ru=f"{ru} (перенесённый выходной день)",
        en=f"{en} (transferred day off)",
    )
    return CalendarDay(on=on, kind=CalendarDayKind.TRANSFERRED_DAY_OFF, names=names, act=TRANSFER_ACT)


def _day_off_for(on: date, worked: date) -> CalendarDay:
    names = DayNames(
        kk=f"Демалыс күні ({worked:%d.%m.%Y} орнына)",
        ru=f"Выходной день (вместо {worked:%d.%m.%Y})",
        en=f"Day off (in place of {worked.isoformat()})",
    )
    act = SWAP_ACTS[on.year]
    return CalendarDay(on=on, kind=CalendarDayKind.TRANSFERRED_DAY_OFF, names=names, act=act)


def _worked_for(worked: date, on: date) -> CalendarDay:
    names = DayNames(
        kk=f"Жұмыс күні ({on:%d.%m.%Y} орнына)",
        ru=f"Рабочий день (вместо {on:%d.%m.%Y})",
        en=f"Working day (in place of {on.isoformat()})",
    )
    return CalendarDay(on=worked, kind=CalendarDayKind.WORKING_WEEKEND, names=names, act=SWAP_ACTS[on.year])
