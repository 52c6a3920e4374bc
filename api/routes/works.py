"""Files that are being made for the caller: bundles, the register's exports."""

from typing import Annotated, Final

from fastapi import Path, Response

from api.access.auth import Caller
from api.access.routing import account_router, permit_account
from api.http.making import WorkView, sent, view_of
from api.problems.problem import ProblemCode, conflict, documented, not_found
from api.services.services import AnyServices, Services
from api.services.works import Work
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
    found = _own(services, caller, work)
    if found.failure is not None:
        raise found.failure
    return view_of(found, services)


@router.get("/{work}/file", response_class=Response, responses={**documented(409, 503), **_FILE})
async def download_work(
    work: AnyWork, caller: Annotated[Caller, permit_account(Action.READ_PUBLISHED)], services: AnyServices
) -> Response:
    """The file, once. Whoever was allowed to ask for it was asked then."""
    found = _own(services, caller, work)
    if found.failure is not None:
        raise found.failure
    if found.made is None:
        raise conflict(ProblemCode.WORK_NOT_READY)
    made = services.works.fetched(found)
    assert made is not None, "it was there a moment ago"
    return sent(made)


def _own(services: Services, caller: Caller, work: Id) -> Work:
    found = services.works.of(caller.account, work)
    if found is None:
        raise not_found(ProblemCode.ITEM_UNKNOWN, item=work)
    return found
