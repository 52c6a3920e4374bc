"""Whoever oversees is seen overseeing: each read of an auditor is written down."""

from datetime import datetime
from typing import Final

from fastapi import Request
from sqlmodel.ext.asyncio.session import AsyncSession

from api.auth import Caller
from models.procedure import Number, Role
from models.tables import ReadRow

_LONGEST: Final = 200
_MOST: Final = 20
_SAFE: Final = frozenset({"GET", "HEAD"})


def note_read(
    session: AsyncSession, request: Request, caller: Caller, number: Number | None, now: datetime
) -> None:
    """Add an auditor's read to the request's own transaction: an answer that left was written down before.

    What others read of their own monitorings is their work and is not written down.
    """
    if caller.role is not Role.AUDITOR or request.method not in _SAFE:
        return
    route = request.scope.get("route")
    session.add(
        ReadRow(
            account=caller.account,
            organisation=caller.organisation,
            number=number,
            what=getattr(route, "name", ""),
            filters=_filters(request),
            at=now,
        )
    )


def _filters(request: Request) -> dict[str, object]:
    """What stood in the address, bounded; PostgreSQL's JSON knows no NUL."""
    given = (*request.path_params.items(), *request.query_params.items())
    named = [(name, value) for name, value in given if name != "number"]
    return {_clean(name): _clean(str(value)) for name, value in named[:_MOST]}


def _clean(text: str) -> str:
    plain = text.replace("\x00", "").encode("utf-8", "replace").decode()
    return plain[:_LONGEST]
