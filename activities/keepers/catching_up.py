"""What an operator does about missed moments: see them, and have them caught up."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlmodel.ext.asyncio.session import AsyncSession
from temporalio.client import Client

from activities.bounds.within import within
from activities.database.sessions import Sessions
from activities.keepers.moments import Late, fault_of, late_at, look_at_clock, missed_moments
from models.proceeding.missed import MissedFault
from models.vocabulary.base import Model

CATCHING_UP_SECONDS: Final = 30.0
_AGAIN_SECONDS: Final = 0.5


class Seen(StrEnum):
    """How one fares once it was looked at."""

    UNDER_WAY = "under way"
    MISSED = "missed"
    CAUGHT_UP = "caught up"
    NOT_CAUGHT_UP = "not caught up"
    BEYOND = "beyond"  # the clock is not what is wrong with it


class LookedAt(Model):
    """One late proceeding, what is wrong with it, and how it fares."""

    late: Late
    fault: MissedFault | None
    seen: Seen


async def those_missed(session: AsyncSession, only: Sequence[str]) -> list[Late]:
    """Those on the list; or those that are named, where their moment is over."""
    if only:
        return [late for late in await late_at(session, datetime.now(UTC)) if late.workflow_id in only]
    rows = await missed_moments(session)
    return [Late(workflow_id=row.workflow_id, mark=row.mark, due_at=row.due_at) for row in rows]


async def see_to(sessions: Sessions, client: Client, late: Late, *, refresh: bool) -> LookedAt:
    """Look at one, and have it look at the clock where that helps and is wanted. Raises RPCError."""
    fault = await fault_of(client, late.workflow_id)
    if fault is None:
        return LookedAt(late=late, fault=None, seen=Seen.UNDER_WAY)
    if fault is not MissedFault.SILENT:
        return LookedAt(late=late, fault=fault, seen=Seen.BEYOND)
    if not refresh:
        return LookedAt(late=late, fault=fault, seen=Seen.MISSED)
    await look_at_clock(client, late.workflow_id, late.due_at)
    done = await _caught_up(sessions, late)
    return LookedAt(late=late, fault=fault, seen=Seen.CAUGHT_UP if done else Seen.NOT_CAUGHT_UP)


async def _caught_up(sessions: Sessions, late: Late) -> bool:
    """Whether what its moment brings is on record within the time."""

    async def waited() -> None:
        while True:
            async with sessions() as session:
                known = await late_at(session, late.due_at + timedelta(seconds=1))
            if late not in known:
                return
            await asyncio.sleep(_AGAIN_SECONDS)

    try:
        await within(CATCHING_UP_SECONDS, waited(), f"{late.mark} is caught up")
    except TimeoutError:
        return False
    return True
