"""The duties of rule 13 as a page: who owes what, what fulfils it, how the years before ended."""

from datetime import date

from fastapi import Request, Response
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from api.access.auth import Caller
from api.access.duties import duties_seen_by
from api.access.policy import EVERYTHING, forbidden
from api.access.reads import note_read
from api.http.deps import Now, Session, Today
from api.pages.desk.naming import bodies_named
from api.pages.desk.sitting import staff
from api.pages.links.due import Due, due_said
from api.pages.site.rendering import page
from api.pages.site.routing import Reads, page_router, readers_language
from api.pages.staff.menu import menu_of
from api.services.services import AnyServices
from models.agenda.deadline import Deadline
from models.duty.state import DutyState, Evidence, PastPeriod
from models.events import DutyPeriod
from models.monitoring.readers import relations_of
from models.monitoring.state import MonitoringState
from models.tables.duties import DutyRow
from models.tables.monitorings import MonitoringRow
from models.vocabulary.access import Action, Relation, allowed, may
from models.vocabulary.base import Model
from models.vocabulary.ladders import RungName
from models.vocabulary.procedure import Kind, Language, Mark, ReportNumber
from models.words.order import by_name

router = page_router()
HERE = "/staff/duties"


class PastSaid(Model):
    """A period that is over, with what counted for it."""

    past: PastPeriod
    counted: tuple[Evidence, ...]


class DutySaid(Model):
    """One duty in words."""

    mark: Mark
    kind: Kind
    rule: str
    period: DutyPeriod | None
    fulfilled: bool
    counted: tuple[Evidence, ...]
    due: Due | None
    days_left: int | None
    warned: tuple[RungName, ...]
    past: tuple[PastSaid, ...]
    owed: tuple[ReportNumber, ...]
    ended_on: date | None


class BodySaid(Model):
    """A body and its duties."""

    name: str
    duties: tuple[DutySaid, ...]


@router.api_route(HERE, methods=Reads)
async def show_duties(
    request: Request, services: AnyServices, session: Session, today: Today, now: Now
) -> Response:
    """The reader's own body's duties; the authorized body's people and auditors see all of them."""
    caller = await staff(request, services, session, now)
    if not may(caller.role, Action.READ_REGISTRIES, Relation.NONE):
        raise forbidden(caller, Action.READ_REGISTRIES)
    note_read(session, request, caller, None, now)
    language = readers_language(request)
    rows = await duties_seen_by(caller, session, today)
    states = [(row, DutyState.model_validate(row.state)) for row in rows]
    return page(
        "desk/duties.html",
        language,
        here=HERE,
        menu=await menu_of(session, caller, today),
        bodies=await _bodies(session, language, today, states),
        histories=await _histories(session, caller, [state for _, state in states]),
    )


async def _bodies(
    session: AsyncSession, language: Language, today: date, states: list[tuple[DutyRow, DutyState]]
) -> tuple[BodySaid, ...]:
    names = await bodies_named(session, language, today, {row.organisation for row, _ in states})
    return tuple(
        BodySaid(
            name=name,
            duties=tuple(
                _said(row.mark, state, language, today) for row, state in states if row.organisation == known
            ),
        )
        for known, name in by_name(names, language)
    )


def _said(mark: Mark, state: DutyState, language: Language, today: date) -> DutySaid:
    deadline = _deadline(state)
    evidence = state.evidence.values()
    return DutySaid(
        mark=mark,
        kind=state.kind,
        rule=mark.partition("-")[0],
        period=state.period,
        fulfilled=state.fulfilled,
        counted=state.within(state.period) if state.period else (),
        due=due_said(language, deadline, today) if deadline else None,
        days_left=max((deadline.due_on - today).days, 0) if deadline else None,
        warned=deadline.reached if deadline else (),
        past=tuple(PastSaid(past=each, counted=state.within(each.period)) for each in reversed(state.past)),
        owed=tuple(each.number for each in evidence if each.publication_owed),
        ended_on=state.ended_on,
    )


def _deadline(state: DutyState) -> Deadline | None:
    """Of the period in course; none where the body is exempt or the duty has ended."""
    wanted = state.period.id if state.period and not state.ended else None
    return next((each for each in state.deadlines.values() if each.subject == wanted), None)


async def _histories(
    session: AsyncSession, caller: Caller, states: list[DutyState]
) -> frozenset[ReportNumber]:
    """The monitorings whose timeline this reader may open."""
    numbers = {number for state in states for number in state.evidence}
    rows = await session.exec(select(MonitoringRow).where(col(MonitoringRow.number).in_(numbers)))
    known = (MonitoringState.model_validate(row.state) for row in rows)
    return frozenset(
        state.number
        for state in known
        if not allowed(caller.role, relations_of(state, caller.organisation, caller.person)).isdisjoint(
            EVERYTHING
        )
    )
