"""Whoever oversees is seen overseeing: each read of an auditor is written down."""

from datetime import datetime
from typing import Final

from fastapi import Request
from sqlmodel.ext.asyncio.session import AsyncSession

from api.access.auth import Caller
from api.http.deps import SAFE
from models.tables.reads import ReadRow
from models.vocabulary.access import OVERSEEING
from models.vocabulary.procedure import Mark

_LONGEST: Final = 200
_MOST: Final = 20


def note_read(
    session: AsyncSession, request: Request, caller: Caller, mark: Mark | None, now: datetime
) -> None:
    """Add the read of an auditor, or of oversight, to the request's own transaction: an answer that left was
    written down before.

    `mark` is a monitoring's number or a duty's mark, None for what is of all of them. What others read of
    their own monitorings is their work and is not written down.
    """
    if caller.role in OVERSEEING and request.method in SAFE:
        session.add(_row(request, caller, mark, _filters(request), now))


def note_decoding(
    session: AsyncSession, request: Request, caller: Caller, payloads: int, opened: int, now: datetime
) -> None:
    """The same for payloads of a history: how many were sent and how many opened, never what they say.

    A payload does not tell of which monitoring it is.
    """
    said: dict[str, object] = {"payloads": payloads, "opened": opened}
    session.add(_row(request, caller, None, said, now))


def _row(
    request: Request, caller: Caller, mark: Mark | None, filters: dict[str, object], now: datetime
) -> ReadRow:
    return ReadRow(
        account=caller.account,
        organisation=caller.organisation,
        number=mark,
        what=getattr(request.scope.get("route"), "name", ""),
        filters=filters,
        at=now,
    )


def _filters(request: Request) -> dict[str, object]:
    """What stood in the address, bounded; PostgreSQL's JSON knows no NUL."""
    given = (*request.path_params.items(), *request.query_params.items())
    named = [(name, value) for name, value in given if name not in {"number", "mark"}]
    return {_clean(name): _clean(str(value)) for name, value in named[:_MOST]}


def _clean(text: str) -> str:
    plain = text.replace("\x00", "").encode("utf-8", "replace").decode()
    return plain[:_LONGEST]
