"""The working calendar for everybody: a calculator that shows its work, and a year to look through."""

from datetime import date
from functools import partial
from typing import Final
from urllib.parse import urlencode

from fastapi import Request, Response

from activities.registries.calendars import calendar_in
from api.access.routing import public
from api.calendar.sentences import day_name
from api.calendar.store import edition_in_use
from api.http.conditional import conditional
from api.http.deps import Now, Session, Today
from api.pages.forms.typed import Fault, Reader, Typed
from api.pages.public.calendar_year import year_of, years_of
from api.pages.site.rendering import page
from api.pages.site.routing import Reads, page_router, readers_language
from locales.acts import act_address, say_act
from locales.dates import say_month, say_weekday, weekdays
from models.calendar.edition import CalendarEdition
from models.calendar.explained import LONGEST_SPAN, CalendarCountRefusal, Explanation
from models.vocabulary.base import Model
from models.vocabulary.editions import LONGEST_TERM
from models.vocabulary.procedure import Language
from models.vocabulary.refusal import Refused

router = page_router()
_LONGEST: Final = 60
_FIELDS: Final = ("from", "days", "since", "until")
_FAULTS: Final = {
    CalendarCountRefusal.CALENDAR_UNTIL_BEFORE_FROM: "calendar_until_earlier",
    CalendarCountRefusal.CALENDAR_SPAN_TOO_LONG: "calendar_span_too_long",
}


class Asked(Model):
    """What somebody asked the calculator: the answer, or what is wrong with the question."""

    typed: Typed
    faults: tuple[Fault, ...] = ()
    ends: Explanation | None = None  # so many working days: on which date?
    counts: Explanation | None = None  # until a date: how many?

    @property
    def query(self) -> str:
        """The question as it stands in the address, for the switch of languages."""
        pairs = [(name, self.typed.one(name)) for name in _FIELDS if self.typed.one(name)]
        return urlencode(pairs)


@router.api_route("/calendar", methods=Reads, dependencies=[public()])
async def show_calendar(request: Request, session: Session, today: Today, now: Now) -> Response:
    """Working days and days off, with the acts they rest on."""
    language = readers_language(request)
    row = await edition_in_use(session)
    edition = calendar_in(row)
    asked = ask(edition, _typed(request))
    years = years_of(edition, today)
    year, year_faults = _year(request, years, today)
    faults = (*asked.faults, *year_faults)
    shown = page(
        "public/calendar.html",
        language,
        here="/calendar",
        switch={each.value: _address(each, year, asked) for each in Language},
        typed=asked.typed,
        faults=faults,
        fault_at={fault.field: fault for fault in reversed(faults)},
        asked=asked,
        edition=edition,
        published_on=edition.working_calendar().local_date(row.at),
        year=year_of(edition, year),
        years=years,
        kept=asked.query,
        day_name=partial(day_name, language),
        say_act=partial(say_act, language),
        act_address=partial(act_address, language),
        weekdays=weekdays(language),
        say_month=partial(say_month, language),
        say_weekday=partial(say_weekday, language),
    )
    return conditional(request, shown, None, now)


def ask(edition: CalendarEdition, typed: Typed) -> Asked:
    """The answer to whichever of the two questions was asked; neither at first."""
    if typed.one("from") or typed.one("days"):
        return _ends(edition, typed)
    if typed.one("since") or typed.one("until"):
        return _counts(edition, typed)
    return Asked(typed=typed)


def _ends(edition: CalendarEdition, typed: Typed) -> Asked:
    reader = Reader(typed)
    start = reader.day("from", "calendar_from_missing")
    number = typed.one("days").strip()
    days = int(number) if number.isascii() and number.isdecimal() and len(number) <= 4 else 0
    if not 1 <= days <= LONGEST_TERM:
        reader.fault("days", "calendar_days_wrong", limit=LONGEST_TERM)
    if start is None or reader.faults:
        return Asked(typed=typed, faults=tuple(reader.faults))
    return Asked(typed=typed, ends=edition.explain(start, days))


def _counts(edition: CalendarEdition, typed: Typed) -> Asked:
    reader = Reader(typed)
    since = reader.day("since", "calendar_from_missing")
    until = reader.day("until", "calendar_until_missing")
    if since is None or until is None:
        return Asked(typed=typed, faults=tuple(reader.faults))
    try:
        return Asked(typed=typed, counts=edition.explain_until(since, until))
    except Refused as refused:
        fault = Fault(
            field="until",
            key=_FAULTS[CalendarCountRefusal(refused.code)],
            params={"years": LONGEST_SPAN // 365},
        )
        return Asked(typed=typed, faults=(fault,))


def _typed(request: Request) -> Typed:
    given = request.query_params
    return Typed(fields={name: (_printable(given[name]),) for name in _FIELDS if name in given})


def _printable(text: str) -> str:
    return "".join(letter for letter in text[:_LONGEST] if letter.isprintable())


def _year(request: Request, years: tuple[int, ...], today: date) -> tuple[int, tuple[Fault, ...]]:
    """The year to show: this one where none is asked for, or one of which the calendar says nothing."""
    asked = request.query_params.get("year", "")
    found = next((year for year in years if str(year) == asked), None)
    if found is not None or not asked:
        return found or today.year, ()
    known: dict[str, str | int] = {"first": years[0], "last": years[-1]}
    return today.year, (Fault(field="year", key="calendar_year_unknown", params=known),)


def _address(language: Language, year: int, asked: Asked) -> str:
    """The same page in another language: what was typed and the year looked at are kept."""
    return "/calendar?" + "&".join(
        part for part in (f"lang={language.value}", f"year={year}", asked.query) if part
    )
