"""Changes without a workflow, of registries, settings, files: each a row in `commands`; done once per key."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final, TypeVar

from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession

from api.access.auth import Caller
from api.access.policy import actor_of
from api.commands.idempotency import RequestKey, claim
from models.vocabulary.commands import CommandOutcome
from models.vocabulary.procedure import Id

UPLOADS: Final = frozenset({"attach_file", "upload_paper_report"})
"""Done once per key like the others, and told of where the files are listed, not in the log of commands."""

M = TypeVar("M", bound=BaseModel)


async def registered_once(
    session: AsyncSession,
    key: RequestKey,
    caller: Caller,
    name: str,
    now: datetime,
    model: type[M],
    change: Callable[[], Awaitable[M]],
    number: Id | None = None,
) -> M:
    """Make a change and log it in one transaction, or answer as before if the key was used for it.

    `number` is what it is on record under, where it belongs to one proceeding.
    """
    row = await claim(session, key, name, actor_of(caller), number, now)
    if row.outcome == CommandOutcome.DONE:
        return model.model_validate(row.answer)
    done = await change()
    row.outcome = CommandOutcome.DONE.value
    row.answer = done.model_dump(mode="json")
    session.add(row)
    return done
