"""A duty of rule 13 as a page: what fulfils it, until when it runs, how the periods before ended."""

from datetime import date
from http import HTTPStatus

from fastapi import Request, Response
from sqlmodel.ext.asyncio.session import AsyncSession

from api.access.auth import Caller
from api.access.duties import MarkInPath, duties_seen_by
from api.access.policy import EVERYTHING
from api.access.reads import note_read
from api.http.deps import Now, Session, Today
from api.pages.desk.duties import DUTIES, reader_of_duties
from api.pages.desk.naming import bodies_named
from api.pages.links.due import Due, due_said
from api.pages.site.rendering import page
from api.pages.site.routing import Reads, page_router, readers_language
from api.pages.site.stopping import StopKind, Stopped
from api.pages.staff.looking_back import looked_back
from api.pages.staff.menu import menu_of
from api.pages.staff.on_day import looking
from api.services.services import AnyServices
from api.views.states import states_of
from models.agenda.deadline import Deadline
from models.duty.state import DutyState, Evidence, PastPeriod
from models.events import DutyPeriod
from models.monitoring.readers import relations_of
from models.vocabulary.access import allowed
from models.vocabulary.base import Model
from models.vocabulary.ladders import RungName
from models.vocabulary.procedure import Kind, Language, Mark, ReportNumber

router = page_router()


class PastSaid(Model):
    """A period that is over, with what counted for it."""

    past: PastPeriod
    counted: tuple[Evidence, ...]


class DutySaid(Model):
    """One duty in words."""

    mark: Mark
    kind: Kind
    period: DutyPeriod | None
    fulfilled: bool
    counted: tuple[Evidence, ...]
    due: Due | None
    days_left: int | None
    warned: tuple[RungName, ...]
    past: tuple[PastSaid, ...]
    owed: tuple[ReportNumber, ...]
    ended_on: date | None


@router.api_route(f"{DUTIES}/{{mark}}", methods=Reads)
async def show_duty(
    mark: MarkInPath, request: Request, services: AnyServices, session: Session, today: Today, now: Now
) -> Response:
    """For whoever sees it in the list."""
    caller = await reader_of_duties(request, services, session, now)
    row = next((each for each in await duties_seen_by(caller, session, today) if each.mark == mark), None)
    if row is None:
        raise Stopped(StopKind.NOT_FOUND)
    note_read(session, request, caller, mark, now)
    language = readers_language(request)
    stood = await looked_back(request, session, row.workflow_id, today)
    state = stood.state if stood else DutyState.model_validate(row.state)
    assert isinstance(state, DutyState)
    day = stood.on if stood else today
    names = await bodies_named(session, language, day, {row.organisation})
    return page(
        "desk/duty.html",
        language,
        HTTPStatus.OK,
        None,
        here=f"{DUTIES}/{mark}",
        back=DUTIES,
        menu=await menu_of(session, caller, today),
        name=names[row.organisation],
        duty=_said(mark, state, language, day),
        histories=await _histories(session, caller, state),
        **looking(stood, f"{DUTIES}/{mark}", language),
    )


def _said(mark: Mark, state: DutyState, language: Language, today: date) -> DutySaid:
    deadline = _deadline(state)
    evidence = state.evidence.values()
    return DutySaid(
        mark=mark,
        kind=state.kind,
        period=state.period,
        fulfilled=state.fulfilled,
        counted=state.within(state.period) if state.period else (),
        due=due_said(language, deadline, today, None) if deadline else None,
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


async def _histories(session: AsyncSession, caller: Caller, state: DutyState) -> frozenset[ReportNumber]:
    """The monitorings whose timeline this reader may open."""
    known = (await states_of(session, state.evidence)).values()
    return frozenset(
        each.number
        for each in known
        if not allowed(caller.role, relations_of(each, caller.organisation, caller.person)).isdisjoint(
            EVERYTHING
        )
    )
