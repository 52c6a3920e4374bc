"""Before and after a command: is its proceeding under repair? Then nothing is sent, no false answer is kept.

A workflow that a restore has set back refuses by yesterday's state, or is not there: neither is an answer.
"""

import time
from collections.abc import Awaitable, Callable
from math import inf
from typing import Final

from activities.reconciliation.comparing import NotAsked, compared
from activities.record.disagreements import disagreement_of, note_disagreement
from api.commands.sending import Fate, Outcome
from api.problems.problem import Failed, ProblemCode
from api.services.agreements import Store, store_of
from api.services.services import Services
from api.services.temporal import TemporalDown
from models.proceeding.disagreement import Disagreement, StoreFault

RETRY_SECONDS: Final = 900
ASKED_EVERY_SECONDS: Final = 10.0
_MANY: Final = 10_000
_asked_at: dict[str, float] = {}
_OLDER: Final = frozenset({StoreFault.WORKFLOW_BEHIND, StoreFault.DIFFER})
_DOUBTFUL: Final = frozenset({Fate.REFUSED, Fate.CLOSED})


async def sent_where_sound(
    services: Services, workflow_id: str, store: Store | None, send: Callable[[], Awaitable[Outcome]]
) -> Outcome:
    """The outcome of a command, or that its proceeding is under repair.

    `store` is the database as it was when the command was claimed; it is asked where nobody has yet.
    """
    if store is None:
        async with services.reads() as session:
            store = await store_of(session, workflow_id)
    if store.disagrees:
        return Outcome(fate=Fate.UNDER_REPAIR)
    outcome = await send()
    if outcome.receipt is not None:
        services.agreements.note(workflow_id, store, outcome.receipt.seq)
    if outcome.fate in _DOUBTFUL:
        older = await _found_older(services, workflow_id)
        return Outcome(fate=Fate.UNDER_REPAIR) if older else outcome
    if outcome.fate is Fate.UNKNOWN and await is_under_repair(services, workflow_id):
        return Outcome(fate=Fate.UNDER_REPAIR)  # the recorder has just refused what it made happen
    return outcome


async def is_under_repair(services: Services, workflow_id: str) -> bool:
    """Whether the proceeding is on the list of those whose stores disagree."""
    async with services.reads() as session:
        return await disagreement_of(session, workflow_id) is not None


async def _found_older(services: Services, workflow_id: str) -> Disagreement | None:
    """Whether the workflow that refused knows less than the journal; then it is listed.

    Asked once in a while: of two hundred who are refused at once the first one finds out for all.
    """
    if time.monotonic() - _asked_at.get(workflow_id, -inf) < ASKED_EVERY_SECONDS:
        return None
    if len(_asked_at) > _MANY:
        _asked_at.clear()
    _asked_at[workflow_id] = time.monotonic()
    try:
        found = await compared(await services.temporal.client(), services.sessions, workflow_id)
    except (NotAsked, TemporalDown):
        return None
    if found is None or found.fault not in _OLDER:
        return None
    async with services.sessions() as session, session.begin():
        await note_disagreement(session, found)
    return found


def under_repair(failed: Failed) -> bool:
    """Whether a command failed because its proceeding is under repair: to send it again at once is no use."""
    return any(refusal.code == ProblemCode.UNDER_REPAIR for refusal in failed.refusals)
