"""What was ticked in the list of monitorings leaves as a file: one sheet of them, and the bundle of each."""

from typing import Annotated

from fastapi import Depends, Request, Response

from api.access.reads import note_read
from api.http.deps import Now, Session, Today
from api.http.making import answered
from api.pages.desk.many.chosen import CHOSEN, MOST, chosen_by, numbers_in
from api.pages.desk.sitting import staff
from api.pages.site.rendering import page
from api.pages.site.routing import Reads, page_router, readers_language
from api.pages.staff.menu import MONITORINGS, menu_of
from api.pages.workplace.list_files import ListFile, MonitoringsFile
from api.services.made import Made
from api.services.services import AnyServices
from api.views.desk_list import DeskFilters
from models.vocabulary.access import Action
from models.vocabulary.base import Model
from models.vocabulary.procedure import Language, Number

router = page_router()
_AT = f"{MONITORINGS}/chosen"


def ticked(request: Request) -> tuple[Number, ...]:
    """What was ticked, as the address has it."""
    return numbers_in(request.query_params.getlist(CHOSEN))


Ticked = Annotated[tuple[Number, ...], Depends(ticked)]


class Leaving(Model):
    """One row: whether its bundle leaves, or that it is not this reader's to take."""

    number: Number
    title: str
    seen: bool
    bundle: bool


@router.api_route(_AT, methods=Reads)
async def show_chosen(
    numbers: Ticked, request: Request, services: AnyServices, session: Session, today: Today, now: Now
) -> Response:
    """What would leave, row by row, before it does."""
    caller = await staff(request, services, session, now)
    note_read(session, request, caller, None, now)
    language = readers_language(request)
    known = await chosen_by(session, caller, numbers[:MOST], language)
    asked = "".join(f"&{CHOSEN}={each}" for each in numbers)
    return page(
        "workplace/chosen.html",
        language,
        here=_AT,
        menu=await menu_of(session, caller, today),
        switch={each.value: f"{_AT}?lang={each.value}{asked}" for each in Language},
        back=f"{MONITORINGS}?lang={language.value}",
        asked=asked,
        most=MOST,
        count=len(numbers),
        files=tuple(ListFile),
        rows=[
            Leaving(
                number=each,
                title=known[each].title if each in known else "",
                seen=each in known,
                bundle=each in known and Action.READ_BUNDLE in known[each].may,
            )
            for each in numbers[:MOST]
        ],
    )


@router.api_route(f"{_AT}.{{kind}}", methods=Reads)
async def download_chosen(
    kind: ListFile,
    numbers: Ticked,
    request: Request,
    services: AnyServices,
    session: Session,
    today: Today,
    now: Now,
) -> Response:
    """Those of them that the reader sees, with the columns of the whole list."""
    caller = await staff(request, services, session, now)
    note_read(session, request, caller, None, now)
    await session.commit()  # whoever waits for a turn holds no connection
    filters = DeskFilters(numbers=numbers[:MOST])
    file = MonitoringsFile(kind, caller, filters, readers_language(request), today, now)

    async def making() -> Made:
        return await file.made(services)

    return await answered(services, caller.account, making, None)
