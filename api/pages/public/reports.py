"""Pages for everybody: what this is, which reports are published, and each of them under its number."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import Path, Query, Request, Response

from api.access.routing import public
from api.http.deps import Session, Today
from api.http.downloads import download
from api.pages.public.published import Filters, published_list, published_report, version_by_number
from api.pages.site.rendering import html, page
from api.pages.site.routing import Reads, page_router, readers_language
from api.pages.site.stopping import StopKind, Stopped
from api.services.services import AnyServices
from models.monitoring.state import MonitoringState
from models.report.rendition import Rendition
from models.tables.monitorings import MonitoringRow
from models.vocabulary.procedure import Kind, Number, Sha256

router = page_router()
_EARLIEST, _LATEST = 2023, 2200
Search = Annotated[str, Query(max_length=200)]


@router.api_route("/", methods=Reads, dependencies=[public()])
async def home(request: Request) -> Response:
    """What this is, in three sentences."""
    return page("public/home.html", readers_language(request), here="/")


@router.api_route("/public", methods=Reads, dependencies=[public()])
async def list_published(
    request: Request,
    session: Session,
    today: Today,
    kind: str = "",
    year: str = "",
    q: Search = "",
    page_number: Annotated[int, Query(alias="page", ge=1, le=10_000)] = 1,
) -> Response:
    """Published reports, the newest first."""
    language = readers_language(request)
    filters = Filters(
        kind=Kind(kind) if kind in set(Kind) else None,
        year=int(year) if year.isdecimal() and _EARLIEST <= int(year) <= _LATEST else None,
        q=q.replace("\x00", "").strip(),
        page=page_number,
    )
    reports, more = await published_list(session, filters, language, today)
    return page(
        "public/list.html",
        language,
        here="/public",
        filters=filters,
        reports=reports,
        more=more,
        kinds=tuple(Kind),
        years=tuple(range(today.year, _EARLIEST - 1, -1)),
    )


@router.api_route("/public/feed.atom", methods=Reads, dependencies=[public()])
async def feed(request: Request, services: AnyServices, session: Session, today: Today) -> Response:
    """The newest publications as an Atom feed (RFC 4287)."""
    language = readers_language(request)
    reports, _ = await published_list(session, Filters(), language, today)
    newest = reports[0].published_on if reports else today
    atom = html(
        "public/feed.xml",
        language,
        base=services.settings.public_url.rstrip("/"),
        reports=reports,
        updated=datetime(newest.year, newest.month, newest.day, tzinfo=UTC).isoformat(),
    )
    return Response(atom, media_type="application/atom+xml")


@router.api_route("/public/{number}", methods=Reads, dependencies=[public()])
async def show_published(
    number: Annotated[Number, Path()], request: Request, services: AnyServices, session: Session, today: Today
) -> Response:
    """The permanent page of a published report: its text, its files, its versions, the journal's head."""
    language = readers_language(request)
    found = await published_report(session, number, language, today)
    if found is None:
        raise Stopped(StopKind.NOT_FOUND)
    address = f"{services.settings.public_url.rstrip('/')}/public/{number}"
    return page(
        "public/report.html", language, here=f"/public/{number}", found=found, permanent_address=address
    )


@router.api_route("/files/{number}/{sha256}.pdf", methods=Reads, dependencies=[public()])
async def published_file(
    number: Annotated[Number, Path()], sha256: Annotated[Sha256, Path()], session: Session
) -> Response:
    """A printed public rendition; files of what is not published do not exist here."""
    row = await session.get(MonitoringRow, number)
    state = MonitoringState.model_validate(row.state) if row else None
    for publication in state.publications if state else ():
        version = version_by_number(state, publication.version) if state else None
        for document in version.documents if version else ():
            if document.sha256 == sha256 and document.rendition == Rendition.PUBLIC.value:
                name = f"{number}-v{publication.version}-{document.language.value}.pdf"
                return await download(session, sha256, name, shared=True)
    raise Stopped(StopKind.NOT_FOUND)
