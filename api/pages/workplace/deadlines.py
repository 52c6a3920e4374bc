"""The deadlines of a monitoring: what each rests on, why it is that day, what may be done with it."""

from typing import Annotated, Final

from fastapi import Depends, Response

from activities.registries.calendars import calendar_in
from api.access.policy import ANY_READ
from api.calendar.store import edition_of
from api.history.extensions import extensions_said
from api.history.names import names_for
from api.pages.desk.coordinating import MonitoringSitting
from api.pages.desk.forms import Way, ways_about
from api.pages.desk.policies import MonitoringPagePolicy
from api.pages.site.routing import Reads, page_router
from api.pages.workplace.dates import UNFINISHED, DateSaid, date_said, mentioned
from api.pages.workplace.turning import turned
from api.views.deadlines import DeadlineExplanationView, deadlines_seen, explained
from models.agenda.deadline import Deadline
from models.calendar.edition import CalendarEdition
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id

router = page_router()
_AT_ONCE: Final = 30


class DeadlineSaid(Model):
    """A deadline, its explanation in sentences, and the forms about it."""

    said: DateSaid
    because: tuple[str, ...]
    days_left: int | None
    ended: str
    extensions: int
    ways: tuple[Way, ...]


@router.api_route("/staff/monitorings/{number}/deadlines", methods=Reads)
async def show_deadlines(
    sitting: Annotated[MonitoringSitting, Depends(MonitoringPagePolicy(*ANY_READ, looks_back=True))],
) -> Response:
    """What is awaited first, by its day; then what is over."""
    state, language = sitting.state, sitting.language
    part = turned(_in_order(deadlines_seen(sitting.access)), sitting.request.query_params, _AT_ONCE)
    names = await names_for(sitting.session, language, sitting.today, mentioned(state, part.rows))
    because = await _explained(sitting, part.rows)
    return sitting.shows(
        "workplace/deadlines.html",
        "/deadlines",
        part=part,
        lines=tuple(
            DeadlineSaid(
                said=date_said(language, state, each, names, sitting.today),
                because=because[each.id].said,
                days_left=because[each.id].deadline.remaining_working_days,
                ended=each.ended_on.isoformat() if each.ended_on else "",
                extensions=each.extensions,
                ways=tuple(ways_about(state, sitting.access.may, each.id, "deadlines")),
            )
            for each in part.rows
        ),
    )


def _in_order(deadlines: tuple[Deadline, ...]) -> tuple[Deadline, ...]:
    return tuple(sorted(deadlines, key=lambda each: (each.status not in UNFINISHED, each.due_on, each.id)))


async def _explained(
    sitting: MonitoringSitting, deadlines: tuple[Deadline, ...]
) -> dict[Id, DeadlineExplanationView]:
    """Each by the edition of the calendar that it was computed with; an edition is read once."""
    editions: dict[Id, CalendarEdition | None] = {}
    for known in {each.calendar for each in deadlines}:
        row = await edition_of(sitting.session, known)
        editions[known] = calendar_in(row) if row else None
    state, today, language = sitting.state, sitting.today, sitting.language
    extended = [each.id for each in deadlines if each.extensions]
    by = await extensions_said(sitting.session, state, extended, language, today)
    return {
        each.id: explained(each, state, editions[each.calendar], by.get(each.id, ()), today, language)
        for each in deadlines
    }
