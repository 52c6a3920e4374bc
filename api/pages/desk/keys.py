"""The key of a form: made when it is opened, sent along hidden. Sent twice, it happens once."""

import hashlib
import re
from http import HTTPStatus
from typing import Final
from uuid import uuid4

from sqlmodel.ext.asyncio.session import AsyncSession

from api.commands.idempotency import CommandOutcome, RequestKey, command_id
from api.pages.forms.typed import Typed
from api.problems.problem import Failed
from models.tables.commands import CommandRow
from models.vocabulary.procedure import Id

KEY: Final = "key"
_FORM: Final = re.compile(r"[0-9a-f]{32}")
_NOT_ASKED: Final = frozenset({"action", KEY})
_ATTEMPTS: Final = 200


def keyed(typed: Typed, *, anew: bool = False) -> Typed:
    """With a key: the one that came, or a new one."""
    if _FORM.fullmatch(typed.one(KEY)) and not anew:
        return typed
    return typed.with_values(KEY, (uuid4().hex,))


async def key_of(session: AsyncSession, account: Id, here: str, typed: Typed) -> RequestKey:
    """The key of what was typed. After a refusal the next one, so that a mended form is asked anew."""
    sha256 = _sha256(here, typed)
    for attempt in range(1, _ATTEMPTS):
        key = f"{typed.one(KEY)}/{attempt}"
        known = command_id(account, key)
        row = await session.get(CommandRow, known, populate_existing=True)
        if row is None or row.outcome != CommandOutcome.REFUSED:
            return RequestKey(key=key, id=known, sha256=sha256)
    raise Failed(HTTPStatus.CONFLICT, "busy")


def _sha256(here: str, typed: Typed) -> str:
    """What was asked for: the same fields again are the same request."""
    what = hashlib.sha256(here.encode())
    for name, values in sorted(typed.fields.items()):
        if name not in _NOT_ASKED:
            what.update("\0".join((name, *values)).encode() + b"\n")
    return what.hexdigest()
