"""The key of a form: sent twice, it happens once; after a refusal a mended form is asked anew."""

import hashlib
from http import HTTPStatus
from typing import Final

from sqlmodel.ext.asyncio.session import AsyncSession

from api.commands.idempotency import RequestKey
from api.problems.problem import Failed, ProblemCode
from models.commands.command import command_id
from models.tables.commands import CommandRow
from models.vocabulary.commands import CommandOutcome

_ATTEMPTS: Final = 200


async def key_of(session: AsyncSession, whose: str, asked: str, sha256: str = "") -> RequestKey:
    """The first key of an asking that was not refused. `sha256` is of what was typed, where that counts."""
    for attempt in range(1, _ATTEMPTS):
        key = f"{asked}/{attempt}"
        known = command_id(whose, key)
        row = await session.get(CommandRow, known, populate_existing=True)
        if row is None or row.outcome != CommandOutcome.REFUSED:
            return RequestKey(key=key, id=known, sha256=sha256 or hashlib.sha256(known.encode()).hexdigest())
    raise Failed(HTTPStatus.CONFLICT, ProblemCode.BUSY)
