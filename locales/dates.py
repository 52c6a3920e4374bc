"""Dates, times and numbers in words, as people of each language write them (CLDR, by babel)."""

from datetime import date, datetime
from decimal import Decimal
from typing import Final

from babel import Locale
from babel.dates import format_date, get_day_names
from babel.numbers import format_decimal

from locales.catalogue import text
from models.calendar.country import COUNTRY
from models.vocabulary.procedure import Language

# Parsed once: by its name babel looks for a locale's file on the disk, with every date of a list.
_CLDR: Final = {
    Language.KK: Locale("kk"),
    Language.RU: Locale("ru"),
    Language.EN: Locale("en", territory="GB"),
}
_SHORT: Final = {Language.KK: "dd.MM.y", Language.RU: "dd.MM.y", Language.EN: "d MMM y"}
# The weekday stands behind: so a Russian date may follow any preposition, «до 29 мая 2027 г. (суббота)».
_FULL: Final = {Language.KK: "y 'жылғы' d MMMM, EEEE", Language.RU: "d MMMM y 'г'. (EEEE)"}
_THIN_SPACE: Final = "\u202f"
_KILOBYTE: Final = 1024


def say_date(language: Language, day: date) -> str:
    """A local date with its weekday, as official letters have it: «2026 жылғы 27 қараша, жұма»."""
    return format_date(day, _FULL.get(language, "full"), locale=_CLDR[language])


def say_day(language: Language, day: date) -> str:
    """A local date in figures, for lists: «27.11.2026»; in English `27 Nov 2026`."""
    return format_date(day, _SHORT[language], locale=_CLDR[language])


def say_month(language: Language, day: date) -> str:
    """The month of a local date by itself, as a heading: «Қараша»."""
    name = format_date(day, "LLLL", locale=_CLDR[language])
    return name[:1].upper() + name[1:]


def say_weekday(language: Language, day: date) -> str:
    """The weekday of a local date, short: «жм»."""
    return weekdays(language)[day.weekday()]


def weekdays(language: Language) -> tuple[str, ...]:
    """Short names of the weekdays, from Monday."""
    names = get_day_names("abbreviated", "stand-alone", locale=_CLDR[language])
    return tuple(names[day] for day in range(7))


def say_period(language: Language, first: date, last: date) -> str:
    """From a local date to another one, both included."""
    return f"{say_day(language, first)} – {say_day(language, last)}"


def say_instant(language: Language, moment: datetime) -> str:
    """An aware instant in local time, with weekday and zone: «…, жұма, 15:40 (Алматы уақыты, UTC+5)»."""
    local = moment.astimezone(COUNTRY)
    return text(
        language,
        "say.instant",
        date=say_date(language, local.date()),
        time=f"{local:%H:%M}",
        zone=say_zone(language, local),
    )


def say_due(language: Language, day: date) -> str:
    """Until when something is due: an answer given at any hour of the due day is in time, hence 24:00."""
    return text(language, "say.due", date=say_date(language, day), zone=say_zone(language, _midday(day)))


def say_zone(language: Language, moment: datetime) -> str:
    """The zone's name and its offset at an aware instant: it was UTC+6 before March 2024."""
    offset = moment.astimezone(COUNTRY).strftime("%z")
    hours, minutes = int(offset[:3]), offset[3:]
    return text(language, "say.zone", offset=f"{hours:+d}" if minutes == "00" else f"{hours:+d}:{minutes}")


def say_number(language: Language, number: Decimal | int | float) -> str:
    """A number with thin spaces between thousands (comma in English)."""
    said = format_decimal(number, locale=_CLDR[language], decimal_quantization=False)
    return said.replace("\u00a0", _THIN_SPACE)


def say_size(language: Language, size: int) -> str:
    """A file's size in KB (1024 bytes) or MB, rounded up so that it is never «0»."""
    kilobytes = -(-size // _KILOBYTE)
    if kilobytes < _KILOBYTE:
        return text(language, "say.kilobytes", size=say_number(language, kilobytes))
    figure = format_decimal(kilobytes / _KILOBYTE, format="#,##0.#", locale=_CLDR[language])
    return text(language, "say.megabytes", size=figure)


def _midday(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=COUNTRY)
