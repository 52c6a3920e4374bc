"""Pages for everybody: what this is, which reports are published, and each of them under its number."""

from datetime import date
from http import HTTPStatus
from typing import Annotated, Final

from fastapi import Path, Request, Response
from pydantic import TypeAdapter, ValidationError
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.published.tallying import found_among_published
from api.access.routing import public
from api.history.as_it_was import Stood
from api.http.conditional import conditional
from api.http.deps import Now, Session, Today
from api.http.downloads import download
from api.http.pagination import turned_to
from api.pages.public.alerts import alerts_asked
from api.pages.public.facets import facets_of
from api.pages.public.published import (
    PublishedReport,
    published_list,
    published_report,
    version_by_number,
)
from api.pages.site.rendering import page
from api.pages.site.routing import Reads, page_router, readers_language
from api.pages.site.stopping import Elsewhere, StopKind, Stopped
from api.pages.staff.looking_back import looked_back
from api.pages.staff.on_day import looking
from api.routes.public import word_for_everybody
from api.services.services import AnyServices
from api.views.lists import last_change
from locales.dates import say_date
from models.monitoring.published_search import FACETS, Sort, asked_by
from models.monitoring.state import MonitoringState
from models.report.rendition import Rendition
from models.tables.monitorings import MonitoringRow
from models.vocabulary.procedure import Kind, Language, Number, Sha256, monitoring_workflow_id
from models.words.numbers import as_printed

router = page_router()
_NUMBER: Final[TypeAdapter[str]] = TypeAdapter(Number)
_PLACED_BY: Final = 2  # parts of a cursor: the day, the number


@router.api_route("/", methods=Reads, dependencies=[public()])
async def home(request: Request, now: Now) -> Response:
    """What this is, in three sentences."""
    return conditional(request, page("public/home.html", readers_language(request), here="/"), None, now)


@router.api_route("/public", methods=Reads, dependencies=[public()])
async def list_published(request: Request, session: Session, today: Today, now: Now) -> Response:
    """Published reports, the newest first where nothing else is asked for."""
    language, filters = readers_language(request), asked_by(request.query_params)
    turned = turned_to(request.query_params, _PLACED_BY)
    found = await found_among_published(session, filters, today)
    shown = page(
        "public/list.html",
        language,
        here="/public",
        switch=filters.switch(),
        filters=filters,
        facets=await facets_of(session, found, language, today),
        part=await published_list(session, found.conditions(), filters.sort, language, today, turned),
        kinds=tuple(Kind),
        sorts=tuple(Sort),
        hidden=FACETS,
        asked=alerts_asked(filters),
    )
    return conditional(request, shown, await last_change(session), now)


@router.api_route("/public/{number}", methods=Reads, dependencies=[public()])
async def show_published(
    number: Annotated[str, Path(max_length=60)],
    request: Request,
    services: AnyServices,
    session: Session,
    today: Today,
    now: Now,
) -> Response:
    """The permanent page of a published report: its text, its files, its versions, the journal's head."""
    language, printed = readers_language(request), as_printed(number)
    if not _is_number(printed):
        raise Stopped(StopKind.NOT_FOUND)
    if printed != number:
        asked = f"?{request.url.query}" if request.url.query else ""
        raise Elsewhere(f"/public/{printed}{asked}")
    found = await published_report(session, number, language, today)
    if found is None:
        raise Stopped(StopKind.NOT_FOUND)
    here = f"/public/{number}"
    stood = await looked_back(request, session, monitoring_workflow_id(number), today)
    if stood is not None:
        found = await published_report(session, number, language, today, stood)
        if found is None:
            said = {"day": say_date(language, stood.on)}
            raise Stopped(StopKind.NOT_YET_PUBLISHED, back=f"{here}?lang={language.value}", said=said)
    asked_for = request.query_params.get("version")
    if asked_for is not None:
        found = await _version(session, number, language, today, stood, asked_for)
    address = f"{services.settings.public_url.rstrip('/')}/public/{number}"
    shown = page(
        "public/report.html",
        language,
        HTTPStatus.OK,
        None,
        here=here,
        found=found,
        permanent_address=address,
        **looking(stood, here, language),
    )
    return conditional(request, shown, await last_change(session), now)


async def _version(
    session: AsyncSession, number: Number, language: Language, today: date, stood: Stood | None, asked: str
) -> PublishedReport:
    """The page of one version. Raises Stopped (404), with a sentence, for one that was not published."""
    known = asked.isascii() and asked.isdecimal() and len(asked) < 6 and int(asked) > 0
    version = int(asked) if known else None
    found = await published_report(session, number, language, today, stood, version) if known else None
    if found is None:
        back = f"/public/{number}?lang={language.value}"
        raise Stopped(StopKind.NO_VERSION, back=back, said={"version": asked[:20]})
    return found


def _is_number(text: str) -> bool:
    try:
        _NUMBER.validate_python(text)
    except ValidationError:
        return False
    return True


@router.api_route("/files/{number}/{sha256}.pdf", methods=Reads, dependencies=[public()])
async def published_file(
    number: Annotated[Number, Path()],
    sha256: Annotated[Sha256, Path()],
    request: Request,
    session: Session,
    now: Now,
) -> Response:
    """A printed public rendition; files of what is not published do not exist here."""
    row = await session.get(MonitoringRow, number)
    state = MonitoringState.model_validate(row.state) if row else None
    for publication in state.publications if state else ():
        version = version_by_number(state, publication.version) if state else None
        for document in version.documents if version else ():
            if document.sha256 == sha256 and document.rendition == Rendition.PUBLIC.value:
                name = f"{number}-v{publication.version}-{document.language.value}.pdf"
                return conditional(request, await download(session, sha256, name, shared=True), None, now)
    raise Stopped(StopKind.NOT_FOUND)


@router.api_route("/files/{number}/v{version}-{language}.docx", methods=Reads, dependencies=[public()])
async def published_word_copy(
    number: Annotated[Number, Path()],
    version: Annotated[int, Path(ge=1, le=10_000)],
    language: Annotated[Language, Path()],
    session: Session,
    services: AnyServices,
) -> Response:
    """A published version as a Word document; of what is not published there is none."""
    row = await session.get(MonitoringRow, number)
    state = MonitoringState.model_validate(row.state) if row else None
    published = {each.version for each in state.publications} if state else set()
    found = version_by_number(state, version) if state and version in published else None
    if found is None:
        raise Stopped(StopKind.NOT_FOUND)
    await session.commit()  # whoever waits for a turn holds no connection
    return await word_for_everybody(services, found, language)
