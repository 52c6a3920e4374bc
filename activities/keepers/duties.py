"""Duties exist for every body that owes one, without anyone remembering to start them (rule 13); so does the
authorized body's consolidation (rules 17, 18).

Looked at when the registries, the Rules or the date changed; what is compared is what is, so nothing that
happened while no worker ran is missed.
"""

import asyncio
from datetime import date, datetime
from typing import Final

from sqlalchemy import func
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import select
from temporalio.service import RPCError

from activities.database.sessions import Sessions
from activities.keepers.consolidation_notices import ConsolidationPost
from activities.keepers.duty_notices import DutyPost
from activities.observing.codes import LogCode
from activities.observing.logs import Log
from activities.registries.local_day import local_today
from models.tables.bodies import OrganisationVersionRow
from models.tables.editions import EditionRow
from models.tables.successions import SuccessionRow

LOOK_EVERY_SECONDS: Final = 5.0
LOOKS: Final = 12
"""After a change at most: one that is told before it can hear is told again at the next look."""
log = Log(__name__)

Marker = tuple[datetime | None, int, datetime | None, int, int | None, date]


async def keep_duties(
    post: DutyPost,
    consolidation: ConsolidationPost,
    sessions: Sessions,
    every_seconds: float = LOOK_EVERY_SECONDS,
) -> None:
    """Look until cancelled: after a change until there is nothing left to tell."""
    known: Marker | None = None
    looks = 0
    while True:
        try:
            seen = await _marker(sessions)
            known, looks = seen, LOOKS if seen != known else looks
            if looks:
                told, heard = await post.settle(), await consolidation.settle()
                log.info(LogCode.DUTIES_TOLD, count=told, heard=heard)
                looks = looks - 1 if told or heard else 0
        except (SQLAlchemyError, RPCError):
            log.warning(LogCode.DUTIES_LATE)
        await asyncio.sleep(every_seconds)


async def _marker(sessions: Sessions) -> Marker:
    """Differs when something that duties rest on has changed."""
    versions = select(func.max(OrganisationVersionRow.at), func.count())
    editions = select(func.max(EditionRow.at), func.count())
    async with sessions() as session:
        bodies_at, bodies = (await session.exec(versions.select_from(OrganisationVersionRow))).one()
        editions_at, rules = (await session.exec(editions.select_from(EditionRow))).one()
        acts = (await session.exec(select(func.max(SuccessionRow.id)))).one()
    return (bodies_at, bodies, editions_at, rules, acts, local_today())
