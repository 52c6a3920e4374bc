"""Whoever oversees is seen overseeing: each read of an auditor is written down, whatever it is of."""

from datetime import datetime

from fastapi import Request
from sqlmodel.ext.asyncio.session import AsyncSession

from api.access.auth import Caller
from api.access.noted import note
from api.http.deps import SAFE
from models.vocabulary.access import OVERSEEING
from models.vocabulary.procedure import Mark


def note_read(
    session: AsyncSession, request: Request, caller: Caller, mark: Mark | None, now: datetime
) -> None:
    """Add the read of an auditor, or of oversight, to the request's own transaction.

    `mark` is a monitoring's number or a duty's mark, None for what is of all of them. What others read is
    written down where it tells of people (`api/access/personal_reads.py`).
    """
    if caller.role in OVERSEEING and request.method in SAFE:
        note(session, request, caller.account, caller.organisation, caller.role, now, mark=mark)


def note_decoding(
    session: AsyncSession, request: Request, caller: Caller, payloads: int, opened: int, now: datetime
) -> None:
    """The same for payloads of a history: how many were sent and how many opened, never what they say.

    A payload does not tell of which monitoring it is.
    """
    said: dict[str, object] = {"payloads": payloads, "opened": opened}
    note(session, request, caller.account, caller.organisation, caller.role, now, said=said)
