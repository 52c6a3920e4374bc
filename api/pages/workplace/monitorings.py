"""The list of monitorings: searched, narrowed, sorted, in parts, and as files; its address is a view."""

from datetime import date
from enum import StrEnum
from http import HTTPStatus
from typing import Final

from fastapi import Request, Response
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.database.counted import MOST_COUNTED
from activities.published.finding import FoundRows
from activities.registries.remembered import see
from activities.registries.spheres import sphere_names
from api.access.reads import note_read
from api.http.conditional import compressed
from api.http.deps import Now, Session, Today
from api.http.making import answered
from api.http.pagination import Part, part_of
from api.pages.desk.many.chosen import MOST
from api.pages.desk.naming import bodies_named
from api.pages.desk.sitting import staff
from api.pages.site.rendering import page
from api.pages.site.routing import Reads, page_router, readers_language
from api.pages.staff.menu import MONITORINGS, menu_of
from api.pages.workplace.asked import AskedList, Wanted
from api.pages.workplace.lines import Line, lines_of
from api.pages.workplace.list_files import ListFile, MonitoringsFile
from api.services.made import Made
from api.services.services import AnyServices
from api.views.desk_list import (
    DueBy,
    Sort,
    desk_list,
    leads_seen,
    place_of,
)
from api.views.lists import DeskName
from locales.catalogue import text
from locales.terms import term
from models.monitoring.rules.handing import COORDINATES
from models.vocabulary.access import Action, Relation, may
from models.vocabulary.base import Model
from models.vocabulary.procedure import Kind, Language, Stage
from models.words.order import by_name

router = page_router()
Choice = tuple[str, str]
_AT_ONCE: Final = 50


@router.api_route(MONITORINGS, methods=Reads)
async def show_monitorings(
    request: Request, wanted: Wanted, services: AnyServices, session: Session, today: Today, now: Now
) -> Response:
    """What the reader may see, as the API's list judges it."""
    caller = await staff(request, services, session, now)
    note_read(session, request, caller, None, now)
    await see(session)
    language = readers_language(request)
    leads = await bodies_named(session, language, today, await leads_seen(session, caller))
    spheres = await sphere_names(session)
    listed = await desk_list(session, caller, wanted.filters, today, wanted.turned, _AT_ONCE)
    shown = page(
        "workplace/monitorings.html",
        language,
        HTTPStatus.OK,
        None,
        here=MONITORINGS,
        switch={each.value: f"{MONITORINGS}?{wanted.query(lang=each.value)}" for each in Language},
        menu=await menu_of(session, caller, today),
        starts=may(caller.role, Action.START_MONITORING, Relation.NONE),
        asked=wanted,
        part=await _part(session, listed, wanted, language, today),
        total=listed.count,
        counted=MOST_COUNTED,
        choices=_choices(language),
        leads=by_name(leads, language),
        spheres=by_name({known: name.best(language) for known, name in spheres.items()}, language),
        files=tuple(ListFile),
        hands_over=caller.role in COORDINATES,
        most=MOST,
        **_ticking(request, wanted, language),
    )
    return compressed(request, shown)


@router.api_route(f"{MONITORINGS}.{{kind}}", methods=Reads)
async def download_monitorings(
    kind: ListFile,
    request: Request,
    wanted: Wanted,
    services: AnyServices,
    session: Session,
    today: Today,
    now: Now,
) -> Response:
    """The whole list as a file, narrowed as on the page."""
    caller = await staff(request, services, session, now)
    note_read(session, request, caller, None, now)
    await session.commit()  # whoever waits for a turn holds no connection
    file = MonitoringsFile(kind, caller, wanted.filters, readers_language(request), today, now)

    async def making() -> Made:
        return await file.made(services)

    return await answered(services, caller.account, making, None)


def _ticking(request: Request, wanted: AskedList, language: Language) -> dict[str, object]:
    """Whether all rows stand ticked, and the address of this very part with the ticks the other way."""
    ticked = request.query_params.get("ticked") == "all"
    turned = {
        name: request.query_params[name] for name in ("before", "after") if name in request.query_params
    }
    other = wanted.query(lang=language.value, ticked="no" if ticked else "all", **turned)
    return {"ticked": ticked, "tick_otherwise": f"{MONITORINGS}?{other}#chosen"}


class Choices(Model):
    """What a filter can be set to: the value, and what it is called."""

    stages: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    dues: tuple[Choice, ...]
    desks: tuple[Choice, ...]
    sorts: tuple[Choice, ...]


def _choices(language: Language) -> Choices:
    def said(of: str, members: type[StrEnum]) -> tuple[Choice, ...]:
        return tuple((each.value, text(language, f"page.workplace.{of}.{each.value}")) for each in members)

    return Choices(
        stages=tuple((each.value, term(language, each)) for each in Stage),
        kinds=tuple((each.value, term(language, each)) for each in Kind),
        dues=said("due", DueBy),
        desks=said("desk", DeskName),
        sorts=said("sort", Sort),
    )


async def _part(
    session: AsyncSession, listed: FoundRows, wanted: AskedList, language: Language, today: date
) -> Part[Line]:
    part = part_of(listed.rows, lambda row: place_of(row, wanted.filters.sort), wanted.turned, _AT_ONCE)
    lines = await lines_of(session, language, today, part.rows)
    return Part(rows=lines, before=part.before, after=part.after)
