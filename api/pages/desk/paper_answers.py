"""The pages on which answers from paper are recorded: those behind a letter's link, with a paper beside."""

from typing import Annotated, Any, Final

from fastapi import Depends, Path, Query, Request, Response

from api.access.policy import forbidden
from api.commands.asking import action_of
from api.http.deps import Now, Session
from api.pages.desk.desk_form import Seat
from api.pages.desk.from_paper import ANSWER, PaperSitting, seat_before_letter
from api.pages.desk.policies import FormPolicy, SentFormPolicy
from api.pages.desk.routes import line_of
from api.pages.desk.sitting import DONE, Held
from api.pages.forms.machine import Machine
from api.pages.links.form_names import FormName
from api.pages.links.forms import form_behind
from api.pages.links.matter import Matter
from api.pages.links.papers import printed_file
from api.pages.site.routing import Reads, page_router
from api.pages.site.stopping import StopKind, Stopped
from api.services.services import AnyServices
from models.vocabulary.access import WORDS_OF_OTHERS
from models.vocabulary.procedure import Id, Sha256

router = page_router()
_SIDE: Final = f"{ANSWER}/form/{{form}}"
SideForm = Annotated[FormName, Path()]
Given = Annotated[Id, Query(max_length=100)]


class PaperPolicy(FormPolicy):
    """For whoever conducts the monitoring and may record what others say."""

    def __init__(self) -> None:
        self.actions = tuple(sorted(WORDS_OF_OTHERS))
        self._seat = Seat(seat_before_letter)


class SentPaperPolicy(SentFormPolicy):
    """The same, for a form that is sent."""

    def __init__(self) -> None:
        self.actions = tuple(sorted(WORDS_OF_OTHERS))
        self._seat = Seat(seat_before_letter)


Seated = Annotated[PaperSitting, Depends(PaperPolicy())]
SentFrom = Annotated[PaperSitting | Held, Depends(SentPaperPolicy())]


@router.api_route(ANSWER, methods=Reads)
async def open_answer(sitting: Seated, saved: bool = False) -> Response:
    """The main form of a letter, to be filled in as the paper says."""
    return await _machine(sitting, FormName.ANSWER).show(saved=saved)


@router.post(ANSWER)
async def send_answer(
    sitting: SentFrom, request: Request, services: AnyServices, session: Session, now: Now
) -> Response:
    if isinstance(sitting, Held):
        return await sitting.page(request, services, session, now)
    return await _machine(sitting, FormName.ANSWER).take(request)


@router.api_route(f"{ANSWER}/{DONE}", methods=Reads)
async def answer_recorded(sitting: Seated, of: Given) -> Response:
    return await _recorded(sitting, FormName.ANSWER, of)


@router.api_route(f"{ANSWER}/files/{{sha256}}", methods=Reads)
async def file_of_letter(sitting: Seated, sha256: Annotated[Sha256, Path()]) -> Response:
    """The printed report that the letter carries."""
    return await printed_file(sitting, sha256)


@router.api_route(_SIDE, methods=Reads)
async def open_side_answer(sitting: Seated, form: SideForm, saved: bool = False) -> Response:
    """A form of its own beside the main one: receipt, more time, amendment."""
    return await _machine(sitting, form).show(saved=saved)


@router.post(_SIDE)
async def send_side_answer(
    sitting: SentFrom, form: SideForm, request: Request, services: AnyServices, session: Session, now: Now
) -> Response:
    if isinstance(sitting, Held):
        return await sitting.page(request, services, session, now)
    return await _machine(sitting, form).take(request)


@router.api_route(f"{_SIDE}/{DONE}", methods=Reads)
async def side_answer_recorded(sitting: Seated, form: SideForm, of: Given) -> Response:
    return await _recorded(sitting, form, of)


async def _recorded(sitting: PaperSitting, name: FormName, of: Id) -> Response:
    line = await line_of(sitting, of)
    if line is None:
        raise Stopped(StopKind.NOT_FOUND)
    return _machine(sitting, name).page("done.html", line=line)


def _machine(sitting: PaperSitting, name: FormName) -> Machine[Any, Matter]:
    """Raises Failed (403) for what the caller may not record."""
    form = form_behind(sitting, name)
    action = action_of(form.command)
    if action not in sitting.access.may:
        raise forbidden(sitting.caller, action)
    return Machine(form, sitting)
