"""What a workflow would refuse, said by its record: nobody need be asked, where that is known to be whole.

History comes first, so a record may be behind: by what is just being written, of which nobody was told yet,
or, after a restore of the database, by days. Then it says nothing: a refusal by yesterday's record would be a
false answer, and it would be kept. What passes is decided by the workflow alone.
"""

from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from activities.record.projections import chronicle_of
from api.commands.addressed import Addressed, Standing
from api.services.agreements import Agreements, store_of
from models.commands.command import Command
from models.vocabulary.refusal import Refusal, Refused


async def foreseen(
    session: AsyncSession, agreements: Agreements, to: Addressed[Any], command: Command, now: datetime
) -> tuple[Refusal, ...]:
    """Why the command would be refused; nothing where it would pass, or where only the workflow can say.

    A refusal is asked once more of what is on record by now: somebody may have been faster since it was read.
    """
    if to.standing is None or not _refusals(to.standing, command, now):
        return ()
    store = await store_of(session, to.workflow_id)
    latest = await chronicle_of(to.workflow_id).known(session, to.workflow_id)
    if latest.state is None or not agreements.hold(to.workflow_id, store, latest.seq):
        return ()
    return _refusals(Standing(latest.state, to.standing.ask), command, now)


def _refusals(standing: Standing, command: Command, now: datetime) -> tuple[Refusal, ...]:
    """What the rules say, as the workflow would; nothing of a command that was obeyed already, or of a
    proceeding that has ended and may answer no more."""
    if standing.state.ended or command.id in standing.state.commands:
        return ()
    try:
        standing.ask(standing.state, command, now)
    except Refused as refused:
        return refused.refusals
    return ()
