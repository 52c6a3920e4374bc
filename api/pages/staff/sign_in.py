"""Signing in on the pages with the token of an account, and out again."""

from http import HTTPStatus
from typing import Annotated

from fastapi import Query, Request, Response
from fastapi.responses import RedirectResponse
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.bodies import authorized_body_on
from api.access.auth import Caller, shown_token
from api.access.consolidation import may_consolidate
from api.access.routing import public
from api.access.sessions import HOURS
from api.http.deps import Now, Session, Today
from api.pages.site.origin import check_origin
from api.pages.site.rendering import page
from api.pages.site.routing import Reads, language_asked, page_router, readers_language
from api.pages.staff.session import sign_in, sign_out, signed_in
from api.pages.staff.sign_in_first import SIGN_IN, way_on
from api.register.readers import reads_register
from api.services.services import AnyServices
from api.views.lists import visible_to
from api.views.search import found_by, reader, with_words
from models.monitoring.readers import words_of_an_heir
from models.monitoring.state import MonitoringState
from models.report.content import Wording
from models.tables.monitorings import MonitoringRow
from models.tables.people import PersonRow
from models.vocabulary.access import OVERSEEING, Action, Relation, may
from models.vocabulary.base import Model
from models.vocabulary.procedure import Language, Number, Role

router = page_router()
_MOST = 50
_LONGEST = 500


class Seen(Model):
    """A monitoring whose history the reader may open; `orphaned` where nobody leads it any more."""

    number: Number
    title: str
    orphaned: bool = False


@router.api_route(SIGN_IN, methods=Reads, dependencies=[public()])
async def show_sign_in(
    request: Request,
    services: AnyServices,
    session: Session,
    now: Now,
    today: Today,
    way: Annotated[str, Query(alias="next", max_length=_LONGEST)] = "",
    out: str = "",
    q: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """A form for the token; whoever is signed in sees as whom, and finds the histories there are."""
    holder = await signed_in(request, services.settings, session, now)
    if holder is None:
        return _form(request, way_on(way), out=bool(out))
    language = readers_language(request)
    caller = holder.caller
    person = await session.get(PersonRow, caller.person)
    authorized_body = await authorized_body_on(session, today)
    return page(
        "history/signed_in.html",
        language,
        here=SIGN_IN,
        name=person.name if person else caller.account,
        role=caller.role,
        way=way_on(way),
        starts=may(caller.role, Action.START_MONITORING, Relation.NONE),
        register=reads_register(caller, authorized_body),
        inbox=may_consolidate(caller, Action.READ_CONSOLIDATION, authorized_body),
        sees_duties=may(caller.role, Action.READ_REGISTRIES, Relation.NONE),
        sought=q.strip(),
        monitorings=await _seen(session, caller, language, q.replace("\x00", "").strip()),
    )


@router.api_route("/staff", methods=Reads, dependencies=[public()])
async def show_staff(request: Request) -> Response:
    """The page that leads to all others that staff may open, as somebody would type it."""
    return RedirectResponse(_in_language(SIGN_IN, request), HTTPStatus.SEE_OTHER)


@router.post(SIGN_IN, dependencies=[public()])
async def take_sign_in(request: Request, services: AnyServices, session: Session, now: Now) -> Response:
    """Look the token up and let the browser remember it by a cookie."""
    check_origin(request, services.settings)
    form = await request.form(max_files=0, max_fields=5, max_part_size=4_096)
    token, way = (str(form.get(name, "")).strip() for name in ("token", "next"))
    holder = await shown_token(request, session, now, token) if token else None
    if holder is None:
        return _form(request, way_on(way), wrong=True)
    response = RedirectResponse(_in_language(way_on(way) or SIGN_IN, request), HTTPStatus.SEE_OTHER)
    await sign_in(response, services.settings, session, holder, now)
    return response


@router.post("/sign-out", dependencies=[public()])
async def take_sign_out(request: Request, services: AnyServices, session: Session, now: Now) -> Response:
    """End the session, wherever its cookie was copied to."""
    check_origin(request, services.settings)
    response = RedirectResponse(_in_language(f"{SIGN_IN}?out=1", request), HTTPStatus.SEE_OTHER)
    await sign_out(request, response, services.settings, session, now)
    return response


def _form(request: Request, way: str, *, wrong: bool = False, out: bool = False) -> Response:
    return page(
        "history/sign_in.html",
        readers_language(request),
        HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK,
        here=SIGN_IN,
        way=way,
        wrong=wrong,
        out=out,
        hours=HOURS,
    )


def _in_language(address: str, request: Request) -> str:
    """A language that was chosen stays chosen."""
    chosen = language_asked(request)
    if chosen is None or "lang=" in address:
        return address
    return f"{address}{'&' if '?' in address else '?'}lang={chosen.value}"


async def _seen(session: AsyncSession, caller: Caller, language: Language, words: str) -> tuple[Seen, ...]:
    """The newest monitorings whose history the caller may open: in an auditor's scope, one's own, and
    what has nobody and may be taken over.

    With words, those of them in which all of the words stand.
    """
    if caller.role not in {*OVERSEEING, Role.ANALYST, Role.HEAD}:
        return ()
    scope = visible_to(caller)
    if caller.role not in OVERSEEING:
        orphaned = found_by(words_of_an_heir(caller.role, caller.organisation, caller.person))
        scope = col(MonitoringRow.conductors).contains([caller.organisation]) | orphaned
    found = with_words(words, reader(caller)) if words else []
    rows = select(MonitoringRow).where(scope, *found)
    rows = rows.order_by(col(MonitoringRow.started_at).desc(), col(MonitoringRow.number)).limit(_MOST)
    return tuple(
        Seen(
            number=row.number,
            title=Wording(kk=row.title_kk, ru=row.title_ru, en=row.title_en).best(language),
            orphaned=not row.ended and MonitoringState.model_validate(row.state).leading is None,
        )
        for row in await session.exec(rows)
    )
