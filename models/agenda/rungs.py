"""When deadlines speak: what is due now, what is due next, and which of several missed rungs is heard."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from models.agenda.deadline import Deadline
from models.calendar.working import WorkingCalendar
from models.vocabulary.base import Model
from models.vocabulary.ladders import Rung, RungName
from models.vocabulary.procedure import Id


class DueRung(Model):
    """A rung whose moment (`at`, UTC) has come.

    An extension re-arms the rungs that lie ahead again, so a rung happens once per (deadline, extension).
    `silent` ones are recorded and write no letter.
    """

    deadline: Id
    rung: RungName
    at: datetime
    extension: int = 0
    silent: bool = False


def rung_at(deadline: Deadline, rung: Rung, calendar: WorkingCalendar) -> datetime:
    """The UTC instant of a rung: a working day's opening of hours, so that none is wasted on a day off.

    A rung on the due day itself moves to the working day before if the due day is none.
    """
    due = deadline.due_on
    if rung.working_days > 0:
        return calendar.opening(calendar.add_working_days(due, rung.working_days))
    if rung.working_days == 0 and not calendar.is_working(due):
        return calendar.opening(calendar.previous_working_day(due))
    return calendar.opening(calendar.subtract_working_days(due, -rung.working_days))


def due_rungs(deadlines: Iterable[Deadline], calendar: WorkingCalendar, now: datetime) -> tuple[DueRung, ...]:
    """Every rung whose moment has come and that was not reached yet, in order of time, then of deadline id.

    After an outage it holds all that were missed; `coalesce` says which of them are heard.
    """
    due = (
        DueRung(deadline=deadline.id, rung=rung.name, at=at, extension=deadline.extensions)
        for deadline, rung, at in _waiting(deadlines, calendar)
        if at <= now
    )
    # Rungs of one deadline come out of its ladder in order and the sort is stable.
    return tuple(sorted(due, key=lambda rung: (rung.at, rung.deadline)))


def next_rung_at(deadlines: Iterable[Deadline], calendar: WorkingCalendar) -> datetime | None:
    """The UTC instant of the next rung, past ones included; None if none is left."""
    return min((at for _, _, at in _waiting(deadlines, calendar)), default=None)


def coalesce(due: Iterable[DueRung]) -> tuple[DueRung, ...]:
    """The same rungs in the same order, of each deadline only the last and most severe not silent."""
    rungs = tuple(due)
    loudest = {rung.deadline: index for index, rung in enumerate(rungs)}
    return tuple(
        rung.model_copy(update={"silent": loudest[rung.deadline] != index})
        for index, rung in enumerate(rungs)
    )


def _waiting(
    deadlines: Iterable[Deadline], calendar: WorkingCalendar
) -> Iterator[tuple[Deadline, Rung, datetime]]:
    """The rungs ahead, with their moments: many deadlines of one day have the same, reckoned once."""
    known: dict[tuple[date, int], tuple[datetime, date]] = {}
    for deadline in deadlines:
        if not deadline.live:
            continue
        for rung in deadline.rungs:
            if rung.name in deadline.reached:
                continue
            moment = (deadline.due_on, rung.working_days)
            if moment not in known:
                at = rung_at(deadline, rung, calendar)
                known[moment] = (at, calendar.local_date(at))
            at, day = known[moment]
            # A short deadline has no room for its early rungs: what would precede its first day is left out.
            if day > deadline.anchor:
                yield deadline, rung, at
