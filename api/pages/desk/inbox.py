"""The inbox as a page: what was received by which way, what waits, and the review rounds (rules 17, 18)."""

from http import HTTPStatus
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import Depends, Path, Request, Response
from pydantic import ValidationError

from activities.database.counted import MOST_COUNTED
from activities.registries.received_reports import report_lying_in
from activities.registries.remembered import see
from api.access.consolidation import consolidation_access
from api.access.reads import note_read
from api.history.as_it_was import Stood
from api.history.names import people_named
from api.http.conditional import compressed
from api.http.deps import Now, Session, Today
from api.http.pagination import Part, part_of
from api.pages.desk.naming import bodies_named
from api.pages.desk.office import DONE_AT_INBOX, HOME, INBOX, OfficeSitting
from api.pages.desk.policies import OfficePolicy
from api.pages.desk.rounds import rounds_said
from api.pages.desk.sitting import staff
from api.pages.site.rendering import page
from api.pages.site.routing import Reads, page_router, readers_language
from api.pages.staff.just_done import just_done
from api.pages.staff.looking_back import looked_back
from api.pages.staff.menu import menu_of
from api.pages.staff.on_day import looking
from api.pages.workplace.turning import turned
from api.register.readers import reads_register
from api.routes.consolidation_reports import download_paper_report
from api.services.services import AnyServices
from api.views.inbox import (
    InboxFilters,
    ReceivedReportView,
    conductors_in_inbox,
    found_in_inbox,
    how_many,
    part_of_inbox,
    place_of,
    turned_to_place,
    views_of,
    views_of_reports,
    years_in_inbox,
)
from models.consolidation.inbox import inbox_told
from models.report.received import Way
from models.vocabulary.access import Action
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Kind, Language
from models.words.order import by_name

router = page_router()
_FIELDS: Final = ("waiting", "way", "year", "conductor")
_AT_ONCE: Final = 50


class AskedInbox(Model):
    """The filters as they stand in the address; one that cannot be read is named and does not narrow."""

    filters: InboxFilters
    waiting: bool
    typed: dict[str, str]
    faults: tuple[str, ...] = ()

    def query(self, **more: object) -> str:
        return urlencode({**self.typed, **more})


class InboxLine(Model):
    """One report of the inbox in words."""

    report: ReceivedReportView
    title: str
    title_language: Language
    conductor: str
    considered_by: str = ""

    @property
    def considered_here(self) -> bool:
        """What came on paper is marked here; any other report where its monitoring is (rule 18)."""
        return self.report.way is Way.PAPER and self.report.awaits_consideration


class Lines(Model):
    """A part of the reports that match, and of how many."""

    part: Part[InboxLine]
    total: int


def asked_inbox(request: Request) -> AskedInbox:
    given = ((name, request.query_params.get(name, "").strip()) for name in _FIELDS)
    typed = {name: value for name, value in given if value}
    wrong: set[str] = set()
    narrowing = {name: value for name, value in typed.items() if name != "waiting"}
    try:
        filters = InboxFilters.model_validate(narrowing)
    except ValidationError as error:
        wrong = {str(each["loc"][0]) for each in error.errors()}
        kept = {name: value for name, value in narrowing.items() if name not in wrong}
        filters = InboxFilters.model_validate(kept)
    if typed.get("waiting", "1") != "1":
        wrong.add("waiting")
    typed = {name: value for name, value in typed.items() if name not in wrong}
    faults = tuple(name for name in _FIELDS if name in wrong)
    return AskedInbox(filters=filters, waiting="waiting" in typed, typed=typed, faults=faults)


@router.api_route(INBOX, methods=Reads)
async def show_inbox(
    request: Request, services: AnyServices, session: Session, today: Today, now: Now
) -> Response:
    """The inbox, narrowed by plain forms; before the consolidation has begun it says so."""
    caller = await staff(request, services, session, now)
    access = await consolidation_access(session, caller, Action.READ_CONSOLIDATION, today)
    note_read(session, request, caller, access.state.mark if access else None, now)
    await see(session)
    asked, language = asked_inbox(request), readers_language(request)
    switch = {each.value: f"{INBOX}?{asked.query(lang=each.value)}" for each in Language}
    menu = await menu_of(session, caller, today)
    if access is None:
        return page("desk/not_begun.html", language, here=INBOX, switch=switch, menu=menu)
    stood = await looked_back(request, session, access.state.workflow_id, today)
    sitting = OfficeSitting(
        request=request,
        services=services,
        session=session,
        caller=caller,
        access=access.model_copy(update={"state": stood.state}) if stood else access,
        language=language,
        today=stood.on if stood else today,
        now=now,
        stood=stood,
    )
    shown = page(
        "desk/inbox.html",
        language,
        HTTPStatus.OK,
        None,
        here=INBOX,
        menu=menu,
        home=HOME,
        sitting=sitting,
        state=sitting.state,
        asked=asked,
        lines=await (_lines_by_then(sitting, stood) if stood else _lines(sitting, asked)),
        rounds=await rounds_said(sitting),
        ways=tuple(Way),
        kinds=tuple(Kind),
        years=await years_in_inbox(session, sitting.state.workflow_id),
        conductors=await _conductors(sitting),
        reads_reports=reads_register(caller, sitting.state.organisation),
        done=None if stood else await _done(request, sitting),
        counted=None if stood else MOST_COUNTED,
        **{"switch": switch, **looking(stood, INBOX, language)},
    )
    return compressed(request, shown)


@router.api_route(f"{HOME}/reports/{{report}}/file", methods=Reads)
async def download_paper(
    report: Annotated[Id, Path()],
    sitting: Annotated[OfficeSitting, Depends(OfficePolicy(Action.READ_CONSOLIDATION))],
) -> Response:
    """The file of a report that came on paper."""
    return await download_paper_report(report, sitting.access, sitting.session)


async def _lines(sitting: OfficeSitting, asked: AskedInbox) -> Lines:
    session = sitting.session
    found = found_in_inbox(sitting.state.workflow_id, asked.filters, waiting=asked.waiting)
    place = turned_to_place(sitting.request.query_params)
    rows = await part_of_inbox(session, found, place.after, place.before, _AT_ONCE)
    part = part_of(await views_of(session, rows), place_of, place, _AT_ONCE)
    said = await _said(sitting, part.rows)
    total = await how_many(session, found)
    return Lines(part=Part(rows=said, before=part.before, after=part.after), total=total)


async def _lines_by_then(sitting: OfficeSitting, stood: Stood) -> Lines:
    """All that was received by the end of a day, the newest first; narrowed is the inbox of today alone."""
    told = inbox_told(stood.entries).values()
    newest = sorted(told, key=lambda each: (each.received_on, each.id), reverse=True)
    part = turned(newest, sitting.request.query_params, _AT_ONCE)
    said = await _said(sitting, await views_of_reports(sitting.session, part.rows))
    return Lines(part=Part(rows=said, before=part.before, after=part.after), total=len(newest))


async def _said(sitting: OfficeSitting, shown: tuple[ReceivedReportView, ...]) -> tuple[InboxLine, ...]:
    session, language = sitting.session, sitting.language
    bodies = await bodies_named(session, language, sitting.today, {each.conductor for each in shown})
    marked = (each.considered.by for each in shown if each.considered)
    people = await people_named(session, {by for by in marked if by})
    return tuple(_line(each, language, bodies, people) for each in shown)


def _line(
    each: ReceivedReportView, language: Language, bodies: dict[Id, str], people: dict[Id, str]
) -> InboxLine:
    spoken = (language, Language.KK, Language.RU, Language.EN)
    by = (each.considered.by or "") if each.considered else ""
    return InboxLine(
        report=each,
        title=each.title.best(language),
        title_language=next((known for known in spoken if known in each.title.given()), language),
        conductor=bodies[each.conductor],
        considered_by=people.get(by, by),
    )


async def _conductors(sitting: OfficeSitting) -> tuple[tuple[Id, str], ...]:
    known = await conductors_in_inbox(sitting.session, sitting.state.workflow_id)
    names = await bodies_named(sitting.session, sitting.language, sitting.today, known)
    return by_name(names, sitting.language)


async def _done(request: Request, sitting: OfficeSitting) -> tuple[str, str] | None:
    """What was just done, and with what: only of things that are there, whatever the address says."""
    done, about = just_done(request, sitting.now), request.query_params.get("about", "")
    if done not in DONE_AT_INBOX.values():
        return None
    current = sitting.state.round
    of_round = current is not None and about == current.id
    known = of_round or await report_lying_in(sitting.session, sitting.state.workflow_id, about) is not None
    return (done, about) if known else None
