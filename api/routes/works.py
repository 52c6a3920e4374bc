"""Files that are being made for the caller: bundles, the register's exports."""

from typing import Annotated, Final

from fastapi import Path, Response

from api.access.auth import Caller
from api.access.routing import account_router, permit_account
from api.http.making import WorkView, sent, view_of
from api.problems.problem import ProblemCode, conflict, documented, not_found
from api.services.services import AnyServices, Services
from api.services.works import Work, WorkState
from models.vocabulary.access import Action
from models.vocabulary.procedure import Id

router = account_router("works", "/works", documented(404))
AnyWork = Annotated[Id, Path(description="The id of a file that is being made.", examples=["0d5ae2a3"])]
_FILE: Final[dict[int | str, dict[str, object]]] = {
    200: {
        "description": "The file, as an attachment.",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.get("/{work}", responses=documented(409, 503))
async def read_work(
    work: AnyWork, caller: Annotated[Caller, permit_account(Action.READ_PUBLISHED)], services: AnyServices
) -> WorkView:
    """How far it is. One that could not be made tells why."""
    return view_of(await _own(services, caller, work))


@router.get("/{work}/file", response_class=Response, responses={**documented(409, 503), **_FILE})
async def download_work(
    work: AnyWork, caller: Annotated[Caller, permit_account(Action.READ_PUBLISHED)], services: AnyServices
) -> Response:
    """The file, once. Whoever was allowed to ask for it was asked then."""
    found = await _own(services, caller, work)
    if found.state is not WorkState.READY:
        raise conflict(ProblemCode.WORK_NOT_READY)
    made = await services.works.fetched(found)
    if made is None:  # somebody else was quicker
        raise not_found(ProblemCode.ITEM_UNKNOWN, item=work)
    return sent(made)


async def _own(services: Services, caller: Caller, work: Id) -> Work:
    """Raises what it could not be made for."""
    found = await services.works.of(caller.account, work)
    if found is None:
        raise not_found(ProblemCode.ITEM_UNKNOWN, item=work)
    if found.failure is not None:
        raise found.failure
    return found
