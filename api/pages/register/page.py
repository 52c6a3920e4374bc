"""The consolidated register as a page, for the authorized body's people and auditors (rules 17, 18)."""

import asyncio
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import Depends, Path, Request, Response
from pydantic import ValidationError

from activities.printing.form_writer import sheet_of
from activities.printing.sheet import Sheet
from activities.registries.bodies import authorized_body_on
from activities.registries.received_reports import tally_of_inbox
from api.access.auth import Caller
from api.access.consolidation import consolidation_of, may_consolidate
from api.http.deps import Now, Session, Today
from api.http.making import answered
from api.http.pagination import part_of_all, turned_to
from api.pages.site.rendering import page
from api.pages.site.routing import Reads, page_router, readers_language
from api.pages.site.stopping import Elsewhere, StopKind, Stopped
from api.pages.staff.menu import menu_of
from api.pages.staff.session import signed_in
from api.pages.staff.sign_in_first import sign_in_first
from api.register.files import FileKind, RegisterFile
from api.register.filters import AskedRegister
from api.register.readers import admit
from api.register.reading import read_desk, read_ground
from api.register.views import RegisterRow
from api.register.wording import unnamed
from api.services.made import Made
from api.services.services import AnyServices
from models.register import ElementKind, FiledReport, RegisterFilters
from models.report.rendition import Rendition
from models.vocabulary.access import Action
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Language, consolidation_workflow_id

router = page_router()
HERE: Final = "/staff/consolidation"
_FIELDS: Final = ("year", "sphere", "region", "object", "conductor", "kind")
_AT_ONCE: Final = 50
_MOST: Final = 40  # repeats on the page, and members of each; all of them are in the files
_PLACED_BY: Final = 4  # parts of a cursor
_KINDS: Final = tuple(ElementKind)


async def register_staff(
    request: Request, services: AnyServices, session: Session, today: Today, now: Now
) -> Caller:
    """Whoever is signed in and reads the register. Raises Elsewhere (to sign in), Failed (403)."""
    caller = await signed_in(request, services.settings, session, now)
    if caller is None:
        raise Elsewhere(sign_in_first(request))
    await admit(session, request, caller, today, now)
    return caller


STAFF: Final = [Depends(register_staff)]


class Asked(Model):
    """The filters as they stand in the address, and those among them that cannot be read."""

    filters: RegisterFilters
    typed: dict[str, str]
    faults: tuple[str, ...] = ()

    def query(self, **more: object) -> str:
        """The same view again: in another language, as a file, its next page."""
        return urlencode({**self.typed, **more})

    def narrowed_to(self, dimension: str, key: str, language: str) -> str:
        """The same view of what one figure counts; of all where the figure has no key."""
        return self.query(**{dimension: key} if key else {}, lang=language)


def asked(request: Request) -> Asked:
    """An empty field does not narrow; a wrong one is named and does not narrow either."""
    given = ((name, request.query_params.get(name, "").strip()) for name in _FIELDS)
    typed = {name: value for name, value in given if value}
    wrong: set[str] = set()
    try:
        found = AskedRegister.model_validate(typed)
    except ValidationError as error:
        wrong = {str(each["loc"][0]) for each in error.errors()}
        typed = {name: value for name, value in typed.items() if name not in wrong}
        found = AskedRegister.model_validate(typed)
    return Asked(filters=found.filters(), typed=typed, faults=tuple(n for n in _FIELDS if n in wrong))


Wanted = Annotated[Asked, Depends(asked)]


@router.api_route(HERE, methods=Reads)
async def show_consolidation(
    request: Request,
    wanted: Wanted,
    caller: Annotated[Caller, Depends(register_staff)],
    session: Session,
    today: Today,
    now: Now,
) -> Response:
    """The register: counts, entries, repeats and differences, narrowed by plain forms."""
    language = readers_language(request)
    body = await authorized_body_on(session, today)
    view, choices = await read_desk(session, wanted.filters, language, today, now)
    return page(
        "consolidation/register.html",
        language,
        here=HERE,
        menu=await menu_of(session, caller, today),
        switch={each.value: f"{HERE}?{wanted.query(lang=each.value)}" for each in Language},
        view=view,
        choices=choices,
        kinds=tuple(ElementKind),
        files=tuple(FileKind),
        asked=wanted,
        most=_MOST,
        entries=part_of_all(view.rows, _place, turned_to(request.query_params, _PLACED_BY), _AT_ONCE),
        inbox=await consolidation_of(session, body),
        tally=await tally_of_inbox(session, consolidation_workflow_id(body)),
        reads_inbox=may_consolidate(caller, Action.READ_CONSOLIDATION, body),
    )


@router.api_route(f"{HERE}/register.{{kind}}", methods=Reads)
async def download_register(
    kind: FileKind,
    request: Request,
    wanted: Wanted,
    caller: Annotated[Caller, Depends(register_staff)],
    services: AnyServices,
    session: Session,
    today: Today,
    now: Now,
) -> Response:
    """The register as a file, narrowed as on the page."""
    await session.commit()  # whoever waits for a turn holds no connection
    file = RegisterFile(kind, wanted.filters, readers_language(request), today, now)

    async def making() -> Made:
        return await file.made(services)

    return await answered(services, caller.account, making, None)


@router.api_route(f"{HERE}/reports/{{report}}", methods=Reads, dependencies=STAFF)
async def show_filed_report(
    report: Annotated[Id, Path()], request: Request, session: Session, today: Today
) -> Response:
    """One report on file: what the figures of the register come from."""
    language = readers_language(request)
    ground = await read_ground(session, today, report)
    filed = next((each for each in ground.filed if each.received.id == report), None)
    if filed is None:
        raise Stopped(StopKind.NOT_FOUND)
    return page(
        "consolidation/report.html",
        language,
        here=f"{HERE}/reports/{report}",
        received=filed.received,
        sheet=await asyncio.to_thread(_sheet, filed, ground.persons, language),
    )


def _sheet(filed: FiledReport, persons: frozenset[Id], language: Language) -> Sheet:
    """The report as it was sent, natural persons unnamed where the register does not name them."""
    return sheet_of(
        unnamed(filed.content, persons, language),
        language=language,
        rendition=Rendition.FILED,
        version=filed.received.version,
        content_sha256=filed.received.content,
    )


def _place(row: RegisterRow) -> tuple[str, ...]:
    """As `models.register.rows.in_order`."""
    year, kind = f"{9999 - row.year:04d}", f"{_KINDS.index(row.kind):02d}"
    return year, kind, row.source.report, row.source.element
