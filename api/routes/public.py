"""What everybody may read: published reports (rule 19). Contacts of natural persons are never in it (A11)."""

from datetime import date, datetime
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.published.finding import EVERYBODY
from activities.published.listed import ever_published
from activities.registries.names_today import names_today
from activities.registries.spheres import sphere_names
from api.access.policy import NumberInPath
from api.access.routing import public
from api.content.word_copies import copy_of_version
from api.http.conditional import CONDITIONAL, as_json, conditional
from api.http.deps import Now, Session, Today
from api.http.downloads import DOCX_RESPONSE, PDF_RESPONSE, download
from api.http.making import answered
from api.http.pagination import Cursor, Page, encode_cursor
from api.http.requests import SearchText
from api.problems.problem import ProblemCode, documented, not_found
from api.services.made import Made
from api.services.services import AnyServices, Services
from api.views.lists import Filters, last_change, monitorings_seen
from api.views.monitorings import NamedView, named
from models.monitoring.state import MonitoringState, Publication, Version
from models.report.content import Wording
from models.report.rendition import Rendition
from models.tables.monitorings import MonitoringRow
from models.vocabulary.procedure import Kind, Language, Number

EVERYBODY_ASKS: Final = "everybody"
"""Whose account counts for files that are made for anybody."""
router = APIRouter(
    prefix="/public/monitorings",
    tags=["public"],
    dependencies=[public()],
    responses=documented(404, 422),
)


class PublishedLine(BaseModel):
    number: Number
    kind: Kind
    title: Wording
    started_at: datetime


class PublishedView(BaseModel):
    """A published monitoring: who, what, when, where published, and the public files."""

    number: Number
    kind: Kind
    title: Wording
    conductors: tuple[NamedView, ...]
    spheres: tuple[NamedView, ...]
    objects: tuple[NamedView, ...]
    studied_from: date
    studied_until: date
    approved_on: date | None
    publications: tuple[Publication, ...]
    languages: tuple[Language, ...]


@router.get("", response_model=Page[PublishedLine], responses=CONDITIONAL)
async def list_published(
    request: Request,
    session: Session,
    now: Now,
    kind: Kind | None = None,
    year: Annotated[int | None, Query(ge=2023, le=2100)] = None,
    text: SearchText | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    cursor: Cursor = None,
) -> Response:
    """Published monitorings, newest first."""
    filters = Filters(kind=kind, year=year, text=text)
    rows = await monitorings_seen(session, ever_published(), EVERYBODY, filters, limit, cursor)
    following = rows[limit - 1] if len(rows) > limit else None
    page = Page(
        items=tuple(map(_line, rows[:limit])),
        next_cursor=encode_cursor(following.started_at.isoformat(), following.number) if following else None,
    )
    return conditional(request, as_json(page), await last_change(session), now)


@router.get("/{number}", response_model=PublishedView, responses=CONDITIONAL)
async def read_published(
    number: NumberInPath, request: Request, session: Session, today: Today, now: Now
) -> Response:
    """A published monitoring."""
    view = await published_view(session, number, today)
    return conditional(request, as_json(view), await last_change(session), now)


async def published_view(session: AsyncSession, number: Number, today: date) -> PublishedView:
    """What everybody may know of a published monitoring. Raises Failed (404) where nothing is published."""
    row, state, version = await _published_one(session, number)
    bodies = (*state.conductors, *state.objects)
    names = await names_today(session, today, (body.organisation for body in bodies))
    return PublishedView(
        number=number,
        kind=state.kind,
        title=_title(row),
        conductors=named(tuple(body.organisation for body in state.conductors), names),
        spheres=named(state.spheres, await sphere_names(session, state.spheres)),
        objects=named(tuple(body.organisation for body in state.objects), names),
        studied_from=state.studied_from,
        studied_until=state.studied_until,
        approved_on=version.approved_on,
        publications=state.publications,
        languages=tuple(d.language for d in version.documents if d.rendition == "public"),
    )


@router.get(
    "/{number}/documents/{language}/docx",
    response_class=Response,
    responses=DOCX_RESPONSE | documented(429, 503),
)
async def download_published_as_word(
    number: NumberInPath, language: Language, session: Session, services: AnyServices
) -> Response:
    """The published report in its public rendition as a Word document."""
    _, _, version = await _published_one(session, number)
    await session.commit()  # whoever waits for a turn holds no connection
    return await word_for_everybody(services, version, language)


async def word_for_everybody(services: Services, version: Version, language: Language) -> Response:
    """A published version as a Word document, made when its turn comes. Raises TooMany, Failed (404, 503)."""

    async def making() -> Made:
        return await copy_of_version(services, version, version.content.sha256, Rendition.PUBLIC, language)

    return await answered(services, EVERYBODY_ASKS, making, None)


@router.get("/{number}/documents/{language}", response_class=Response, responses=PDF_RESPONSE)
async def download_published(
    number: NumberInPath, language: Language, request: Request, session: Session, now: Now
) -> Response:
    """The published report in its public rendition (PDF/A)."""
    _, _, version = await _published_one(session, number)
    for document in version.documents:
        if (document.rendition, document.language) == ("public", language):
            name = f"{number}-{language.value}.pdf"
            return conditional(
                request, await download(session, document.sha256, name, shared=True), None, now
            )
    raise not_found(ProblemCode.ATTACHMENT_UNKNOWN)


async def _published_one(
    session: AsyncSession, number: Number
) -> tuple[MonitoringRow, MonitoringState, Version]:
    """A published monitoring with the version that was published last."""
    row = await session.get(MonitoringRow, number)
    state = MonitoringState.model_validate(row.state) if row else None
    if row is None or state is None or not state.publications:
        raise not_found(ProblemCode.MONITORING_UNKNOWN, number=number)
    return row, state, state.versions[state.publications[-1].version - 1]


def _line(row: MonitoringRow) -> PublishedLine:
    return PublishedLine(number=row.number, kind=Kind(row.kind), title=_title(row), started_at=row.started_at)


def _title(row: MonitoringRow) -> Wording:
    return Wording(kk=row.title_kk, ru=row.title_ru, en=row.title_en)
