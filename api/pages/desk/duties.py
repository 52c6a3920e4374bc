"""The duties of rule 13 beside one another: bodies by years, what is late first."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Final

from fastapi import Request, Response
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.remembered import see
from api.access.auth import Caller
from api.access.duties import duty_states_seen_by
from api.access.policy import forbidden
from api.access.reads import note_read
from api.http.conditional import compressed
from api.http.deps import Now, Session, Today
from api.pages.desk.naming import bodies_named
from api.pages.desk.sitting import staff
from api.pages.site.rendering import page
from api.pages.site.routing import Reads, page_router, readers_language
from api.pages.staff.menu import menu_of
from api.services.services import AnyServices, Services
from models.duty.standing import Pressing, Standing, pressing, standings
from models.duty.state import DutyState
from models.vocabulary.access import Action, Relation, may
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Kind, Mark
from models.words.order import by_name

router = page_router()
DUTIES: Final = "/staff/duties"
_YEARS: Final = 5
"""Shown beside one another; all of them stand on the page of a duty."""


class DutyInYears(Model):
    """A duty as a row: how each of its periods stands, under the year in which it begins."""

    mark: Mark
    name: str
    pressing: Pressing
    ended_on: date | None
    years: Mapping[int, tuple[Standing, ...]]


class DutiesOfKind(Model):
    """A table: what presses most comes first; of equals, by their names."""

    kind: Kind
    rows: tuple[DutyInYears, ...]

    @property
    def counted(self) -> Mapping[Pressing, int]:
        """How many there are of each, what presses most first."""
        counted = Counter(row.pressing for row in self.rows)
        return {each: counted[each] for each in Pressing if counted[each]}


@router.api_route(DUTIES, methods=Reads)
async def show_duties(
    request: Request, services: AnyServices, session: Session, today: Today, now: Now
) -> Response:
    """The reader's own body's duties; the authorized body's people and auditors see all of them."""
    caller = await reader_of_duties(request, services, session, now)
    note_read(session, request, caller, None, now)
    await see(session)
    language = readers_language(request)
    states = await duty_states_seen_by(caller, session, today)
    names = await bodies_named(session, language, today, {state.organisation for state in states})
    ordered = dict(by_name(names, language))
    shown = page(
        "desk/duties.html",
        language,
        here=DUTIES,
        menu=await menu_of(session, caller, today),
        tables=[(table, _newest_first(table, today)) for table in _tables(states, ordered)],
    )
    return compressed(request, shown)


async def reader_of_duties(
    request: Request, services: Services, session: AsyncSession, now: datetime
) -> Caller:
    """Whoever is signed in and reads registries. Raises Elsewhere (to sign in), Failed (403)."""
    caller = await staff(request, services, session, now)
    if not may(caller.role, Action.READ_REGISTRIES, Relation.NONE):
        raise forbidden(caller, Action.READ_REGISTRIES)
    return caller


def _newest_first(table: DutiesOfKind, today: date) -> range:
    """The years that are shown; an interval of 13.2 that ends in the next one stands where it begins."""
    newest = max([today.year, *(year for row in table.rows for year in row.years)])
    return range(newest, newest - _YEARS, -1)


def _tables(states: Iterable[DutyState], names: Mapping[Id, str]) -> tuple[DutiesOfKind, ...]:
    """Those of 13.1 and those of 13.2; `names` are in order."""
    by_body = {name: place for place, name in enumerate(names)}
    ordered = sorted(states, key=lambda state: (pressing(state), by_body[state.organisation]))
    tables = (
        DutiesOfKind(
            kind=kind,
            rows=tuple(
                _in_years(state, names[state.organisation]) for state in ordered if state.kind is kind
            ),
        )
        for kind in (Kind.COMPREHENSIVE, Kind.THEMATIC)
    )
    return tuple(table for table in tables if table.rows)


def _in_years(state: DutyState, name: str) -> DutyInYears:
    years: dict[int, tuple[Standing, ...]] = {}
    for each in standings(state):
        year = each.period.begins_on.year
        years[year] = (*years.get(year, ()), each)
    return DutyInYears(
        mark=state.mark, name=name, pressing=pressing(state), ended_on=state.ended_on, years=years
    )
