"""The addresses of the desk's forms: each is shown, taken, and confirmed where it does not lead elsewhere."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from sqlmodel import col, select

from api.http.deps import Now, Session
from api.pages.desk.desk_form import AnyDeskForm
from api.pages.desk.forms import FORMS
from api.pages.desk.policies import FormPolicy, SentFormPolicy
from api.pages.desk.sitting import DONE, Held, Sitting
from api.pages.forms.machine import Machine
from api.pages.site.routing import Reads, page_router
from api.pages.site.stopping import StopKind, Stopped
from api.services.services import AnyServices
from models.tables.journal import EntryRow
from models.vocabulary.procedure import Id

Admits = Callable[..., Awaitable[Sitting | Held]]


def form_pages(router: APIRouter, form: AnyDeskForm, reads: Admits, sends: Admits) -> None:
    """The pages of one form, and who is let in to read it, and to send it."""
    path = f"{form.under}/{form.path}"

    @router.api_route(path, methods=Reads, name=f"show_{form.key}")
    async def show(sitting: Annotated[Sitting, Depends(reads)], saved: bool = False) -> Response:
        return await Machine(form, sitting).show(saved=saved)

    @router.post(path, name=f"take_{form.key}")
    async def take(
        request: Request,
        sitting: Annotated[Sitting | Held, Depends(sends)],
        services: AnyServices,
        session: Session,
        now: Now,
    ) -> Response:
        if isinstance(sitting, Held):
            return await sitting.page(request, services, session, now)
        return await Machine(form, sitting).take(request)

    if not form.confirms:
        return

    @router.api_route(f"{path}/{DONE}", methods=Reads, name=f"confirm_{form.key}")
    async def confirm(
        sitting: Annotated[Sitting, Depends(reads)], of: Annotated[Id, Query(max_length=100)]
    ) -> Response:
        line = await line_of(sitting, of)
        if line is None:
            raise Stopped(StopKind.NOT_FOUND)
        return Machine(form, sitting).page("done.html", line=line)


async def line_of(sitting: Sitting, command: Id) -> EntryRow | None:
    """The last line of the journal that a command of this reader led to."""
    lines = (
        select(EntryRow)
        .where(EntryRow.workflow_id == sitting.to.workflow_id, EntryRow.command_id == command)
        .where(col(EntryRow.actor)["account"].astext == sitting.caller.account)
        .order_by(col(EntryRow.seq).desc())
        .limit(1)
    )
    return (await sitting.session.exec(lines)).first()


router = page_router()
for each in FORMS:
    form_pages(router, each, FormPolicy(each), SentFormPolicy(each))
