"""One's deputy: named for a period on a page, ended on it; whom one stands in for oneself."""

from collections.abc import Sequence
from datetime import date
from http import HTTPStatus
from typing import Annotated, Final

from fastapi import Path, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError
from sqlmodel import col, select
from starlette.datastructures import FormData, UploadFile

from activities.database.among import rows_among
from activities.registries.deputies import deputyships_of
from api.access.auth import Caller
from api.access.routing import public
from api.commands.deputies import DeputyBody, end_deputyship, may_name, name_deputy
from api.content.attaching import Looked, looked_at
from api.history.names import people_named
from api.http.deps import Now, Session, Today
from api.http.downloads import download
from api.http.problems import sentence
from api.pages.desk.colleagues import colleagues
from api.pages.desk.sitting import staff
from api.pages.forms.typed import Reader, fields_of, typed_in
from api.pages.forms.uploads import files_taken
from api.pages.site.origin import check_origin
from api.pages.site.rendering import page
from api.pages.site.routing import Reads, page_router, readers_language
from api.pages.site.stopping import StopKind, Stopped
from api.pages.staff.menu import menu_of
from api.problems.problem import Failed
from api.services.services import AnyServices
from models.tables.deputies import DeputyshipRow
from models.vocabulary.base import Model
from models.vocabulary.deputies import DEPUTIES, Deputyship
from models.vocabulary.procedure import Id

router = page_router()
PATH: Final = "/staff/deputies"
_DAYS: Final = ("first_day", "last_day", "dated")
_FIELDS: Final = ("deputy", *_DAYS, "act")
Known = Annotated[Id, Path(max_length=100)]


class Said(Model):
    """One deputyship as its page shows it: to whom it belongs, and what can be done with it."""

    of: Deputyship
    whose: str
    deputy: str
    file: bool
    own: bool
    in_force: bool
    over: bool


@router.api_route(PATH, methods=Reads, dependencies=[public()])
async def show_deputies(
    request: Request, services: AnyServices, session: Session, today: Today, now: Now, done: str = ""
) -> Response:
    """Who stands in for whom, and the form."""
    caller = await _whoever_may(request, services, session, now)
    return await _shown(request, services, session, caller, today, done=done)


@router.post(PATH, dependencies=[public()])
async def name_a_deputy_on_page(
    request: Request, services: AnyServices, session: Session, today: Today, now: Now
) -> Response:
    """Name a deputy; what is wrong is told beside what was typed."""
    check_origin(request, services.settings)
    caller = await _whoever_may(request, services, session, now)
    sent = await fields_of(request)
    reader = Reader(typed_in(sent))
    typed = {name: typed_in(sent).one(name).strip() for name in _FIELDS}
    language = readers_language(request)
    try:
        body = DeputyBody.model_validate({**typed, **{name: reader.day(name) for name in _DAYS}})
    except ValidationError as wrong:
        fields = dict.fromkeys(str(error["loc"][0]) for error in wrong.errors())
        return await _shown(request, services, session, caller, today, typed=typed, wrong=tuple(fields))
    try:
        file = await _file(sent, services.settings.upload_limit_bytes)
        await name_deputy(session, caller, body, now, file)
    except Failed as failed:
        await session.rollback()
        told = tuple(sentence(language, each) for each in failed.refusals)
        return await _shown(request, services, session, caller, today, typed=typed, told=told)
    return RedirectResponse(f"{PATH}?done=named&lang={language.value}", HTTPStatus.SEE_OTHER)


@router.post(f"{PATH}/{{known}}/end", dependencies=[public()])
async def end_on_page(
    known: Known, request: Request, services: AnyServices, session: Session, today: Today, now: Now
) -> Response:
    """End it; a second press says the same."""
    check_origin(request, services.settings)
    caller = await _whoever_may(request, services, session, now)
    language = readers_language(request)
    try:
        await end_deputyship(session, caller, known, now)
    except Failed as failed:
        if failed.status is not HTTPStatus.CONFLICT:
            raise
        told = tuple(sentence(language, each) for each in failed.refusals)
        return await _shown(request, services, session, caller, today, told=told)
    return RedirectResponse(f"{PATH}?done=ended&lang={language.value}", HTTPStatus.SEE_OTHER)


@router.api_route(f"{PATH}/{{known}}/file", methods=Reads, dependencies=[public()])
async def fetch_act(
    known: Known, request: Request, services: AnyServices, session: Session, now: Now
) -> Response:
    """The file of the act, for either of the two."""
    caller = await _whoever_may(request, services, session, now)
    row = await session.get(DeputyshipRow, known)
    if row is None or row.file is None or caller.account not in {row.account, row.deputy}:
        raise Stopped(StopKind.NOT_FOUND)
    return await download(session, row.file, row.filename)


async def _whoever_may(request: Request, services: AnyServices, session: Session, now: Now) -> Caller:
    """Raises Elsewhere (to sign in), Stopped (403)."""
    caller = await staff(request, services, session, now)
    if not may_name(caller):
        raise Stopped(StopKind.NOT_ALLOWED)
    return caller


async def _file(sent: FormData, limit: int) -> Looked | None:
    """The file that was chosen, if one was. Raises Failed."""
    upload = sent.get("upload")
    return await looked_at(upload, limit) if isinstance(upload, UploadFile) and upload.filename else None


async def _shown(
    request: Request,
    services: AnyServices,
    session: Session,
    caller: Caller,
    today: date,
    *,
    typed: dict[str, str] | None = None,
    wrong: Sequence[str] = (),
    told: Sequence[str] = (),
    done: str = "",
) -> Response:
    language = readers_language(request)
    choices = await colleagues(session, language, caller.organisation, DEPUTIES)
    return page(
        "workplace/deputies.html",
        language,
        (HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.CONFLICT if told else HTTPStatus.OK),
        here=PATH,
        menu=await menu_of(session, caller, today),
        known=await _all(session, caller, today),
        choices=tuple(each for each in choices if each.value != caller.account),
        typed=typed or dict.fromkeys(_FIELDS, ""),
        wrong=wrong,
        told=told,
        done=done if done in {"named", "ended"} else "",
        files=files_taken(language, services.settings.upload_limit_bytes),
    )


async def _all(session: Session, caller: Caller, today: date) -> tuple[Said, ...]:
    known = await deputyships_of(session, caller.account)
    names = await people_named(session, {each for of in known for each in (of.account, of.deputy)})
    with_file = select(DeputyshipRow.id).where(col(DeputyshipRow.file).is_not(None))
    filed = set(await rows_among(session, with_file, col(DeputyshipRow.id), (each.id for each in known)))
    return tuple(
        Said(
            of=each,
            whose=names.get(each.account, each.account),
            deputy=names.get(each.deputy, each.deputy),
            file=each.id in filed,
            own=each.account == caller.account,
            in_force=each.in_force(today),
            over=each.over(today),
        )
        for each in known
    )
