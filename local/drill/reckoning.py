"""Whether a changed calendar reached a proceeding, and moved what was open, once."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from local.drill.faults.calendars import LATEST, Declared
from local.drill.faults.fault import Outage
from local.drill.records import Recorded
from models.events import CalendarChanged, DeadlineMoved, Entry
from models.monitoring.fold import fold
from models.proceeding.calendars import change_calendar


def not_reckoned(one: Recorded, declared: Iterable[Declared], outages: Sequence[Outage]) -> Iterator[str]:
    """What is wrong with the deadlines of a monitoring after days were closed."""
    journal = list(one.journal)
    for place, entry in enumerate(journal):
        if isinstance(entry.event, CalendarChanged):
            yield from (f"{one.number}: {what}" for what in _moved_otherwise(journal, place, entry.event))
    for each in declared:
        if not _counts_by(journal, each) and _went_on_after(journal, each, outages):
            yield f"{one.number} never counted by the calendar {each.edition}"


def moved(one: Recorded) -> int:
    """How many deadlines a calendar has moved."""
    return sum(isinstance(entry.event, DeadlineMoved) for entry in one.journal)


def _moved_otherwise(journal: list[Entry], place: int, changed: CalendarChanged) -> Iterator[str]:
    """What followed the change is what the deadlines that were open call for, and nothing else."""
    state = fold(journal[:place])
    assert state is not None, "a journal begins with a start"
    follows = (entry.event for entry in journal[place + 1 :])
    did = list(takewhile(lambda event: isinstance(event, DeadlineMoved), follows))
    if list(change_calendar(state, changed.calendar)) != [changed, *did]:
        yield f"line {journal[place].seq}: the calendar {changed.calendar.edition} moved other deadlines"


def _counts_by(journal: list[Entry], declared: Declared) -> bool:
    """Whether some line says so: the first one for whoever began after it, a later one, an edition after."""
    told = (entry.event for entry in journal)
    counted = (each.calendar for each in told if isinstance(each, CalendarChanged))
    state = fold(journal[:1])
    editions = [*counted, *([state.calendar] if state else [])]
    return any(declared.day in calendar.closed for calendar in editions)


def _went_on_after(journal: list[Entry], declared: Declared, outages: Sequence[Outage]) -> bool:
    """Whether it was under way for so long after the declaration that the keeper must have come by."""
    away = sum(
        (
            each.ended - each.begun
            for each in outages
            if each.ended > declared.at and each.begun < journal[-1].at
        ),
        start=LATEST,
    )
    return journal[0].at < declared.at and journal[-1].at > declared.at + away
