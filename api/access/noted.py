"""One row per request in the log of reads, in the request's own transaction: an answer that left was written
down before, and what was refused was not read."""

from datetime import datetime
from typing import Final

from fastapi import Request
from sqlmodel.ext.asyncio.session import AsyncSession

from api.access.personal_reads import personal_data_of
from api.http.deps import SAFE
from models.tables.reads import ReadRow
from models.vocabulary.access import OVERSEEING
from models.vocabulary.procedure import Id, Mark, Role

_LONGEST: Final = 200
_MOST: Final = 20
_ABOUT: Final = ("number", "mark")
_SEARCHED: Final = "q"
_LEFT_OUT: Final = "…"


def note_personal_read(
    session: AsyncSession, request: Request, account: Id, organisation: Id, role: Role, now: datetime
) -> None:
    """Of whoever has an account, where the route is declared to return personal data of others."""
    if request.method in SAFE and personal_data_of(route_name(request)):
        note(session, request, account, organisation, role, now)


def note(
    session: AsyncSession,
    request: Request,
    account: Id,
    organisation: Id,
    role: Role,
    now: datetime,
    *,
    mark: Mark | None = None,
    said: dict[str, object] | None = None,
) -> None:
    """Add the row, or tell the one that this request has already of what it is about.

    `mark` is a monitoring's number or a proceeding's mark; `said` stands in place of what the address says.
    """
    about = mark or next((request.path_params[each] for each in _ABOUT if each in request.path_params), None)
    known: ReadRow | None = getattr(request.state, "noted_read", None)
    if known is not None:
        known.number = mark or known.number
        return
    row = ReadRow(
        account=account,
        organisation=organisation,
        number=_clean(str(about)) if about is not None else None,
        what=route_name(request),
        path=_clean(request.url.path),
        filters=_filters(request, role) if said is None else said,
        kinds=[kind.value for kind in personal_data_of(route_name(request))],
        at=now,
    )
    request.state.noted_read = row
    session.add(row)


def route_name(request: Request) -> str:
    """The operation's id of a route of the API, the name of a page's."""
    name: str = getattr(request.scope.get("route"), "name", "")
    return name


def _filters(request: Request, role: Role) -> dict[str, object]:
    """What stood in the address, bounded; PostgreSQL's JSON knows no NUL.

    What somebody searched for may be a name: it is kept of those alone who oversee.
    """
    given = (*request.path_params.items(), *request.query_params.items())
    named = [(name, value) for name, value in given if name not in _ABOUT]
    kept = {_clean(name): _clean(str(value)) for name, value in named[:_MOST]}
    hidden = {_SEARCHED} & kept.keys() if role not in OVERSEEING else set()
    return {**kept, **dict.fromkeys(hidden, _LEFT_OUT)}


def _clean(text: str) -> str:
    plain = text.replace("\x00", "").encode("utf-8", "replace").decode()
    return plain[:_LONGEST]
