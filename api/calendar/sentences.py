"""How a due day came about, in sentences: for whoever reads no table."""

from collections.abc import Iterable, Iterator

from locales.acts import say_act
from locales.catalogue import plural, text
from locales.dates import say_day
from locales.terms import term
from models.agenda.explained import DeadlineExplanation, DueBy
from models.calendar.day import DayNames
from models.calendar.explained import CountedDay, ExplainedDay
from models.vocabulary.procedure import Language


def said_of(language: Language, explanation: DeadlineExplanation) -> tuple[str, ...]:
    """From where is counted, how far, what was skipped, and whether it may still move."""
    return tuple(_sentences(language, explanation))


def day_name(language: Language, names: DayNames) -> str:
    """What a day is called in a language."""
    return {Language.KK: names.kk, Language.RU: names.ru, Language.EN: names.en or names.kk}[language]


def why(language: Language, day: ExplainedDay | CountedDay) -> str:
    """The day's own name and act where it has them, else that it is a weekend."""
    if day.day is None:
        return term(language, day.reason) if day.reason else ""
    name = day_name(language, day.day.names)
    return f"{name}; {say_act(language, day.day.act)}" if day.day.act else name


def _sentences(language: Language, told: DeadlineExplanation) -> Iterator[str]:
    match told.by:
        case DueBy.PAUSE:
            yield plural(language, "calendar.said.paused", told.left or 0)
            return
        case DueBy.DATE if told.fixed_on is not None:
            yield text(language, "calendar.said.date", date=say_day(language, told.fixed_on))
        case _:
            yield from _counted(language, told)
    if told.rolled:
        first = told.rolled[0]
        yield text(
            language,
            "calendar.said.rolled",
            date=say_day(language, first.on),
            why=why(language, first),
            result=say_day(language, told.result),
        )
    if told.extensions:
        yield plural(language, "calendar.said.extended", told.extensions)
    if told.provisional:
        yield text(language, "calendar.said.provisional")


def _counted(language: Language, told: DeadlineExplanation) -> Iterator[str]:
    if told.consumed:
        yield plural(language, "calendar.said.consumed", told.consumed, budget=told.budget)
    if told.count is not None:
        yield plural(
            language,
            "calendar.said.count",
            told.count.working_days,
            start=say_day(language, told.count.start),
            result=say_day(language, told.count.result),
        )
        yield from named_days(language, told.count.days)


def named_days(language: Language, days: Iterable[ExplainedDay]) -> Iterator[str]:
    """The days that are more than an ordinary weekend, each with its name and act."""
    for day in days:
        if day.day is not None:
            key = "calendar.said.skipped" if not day.day.working else "calendar.said.worked"
            yield text(language, key, date=say_day(language, day.on), why=why(language, day))
