"""Tells running monitorings which bodies came and went (decision 0017): those that lead, are studied, asked,
written to or owe something, and the authorized body.

What is compared is what is: what the registries say today against what each monitoring was told. So an
abolition that takes effect while no worker runs, or one put on record late, is caught up by the next look.
"""

import asyncio
import logging
from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from sqlalchemy import ARRAY, Text, cast, func, literal, or_
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from activities.database.sessions import Sessions
from activities.registries.bodies import authorized_body_on
from activities.registries.local_day import local_today
from activities.registries.not_ready import RegistryNotReady
from activities.registries.successions import known_successions
from models.monitoring.briefing import MonitoringBriefing, briefing_of
from models.monitoring.state import MonitoringState
from models.tables.bodies import OrganisationVersionRow
from models.tables.monitorings import MonitoringRow
from models.tables.successions import SuccessionRow
from models.vocabulary.procedure import Id, Stage
from models.vocabulary.succession import Successions

LOOK_EVERY_SECONDS: Final = 5.0
BRIEF: Final = "brief_monitoring"
log = logging.getLogger(__name__)
Marker = tuple[date | datetime | int | None, ...]


async def keep_successions(
    client: Client, sessions: Sessions, every_seconds: float = LOOK_EVERY_SECONDS
) -> None:
    """Look until cancelled, anew when the registry of bodies, the date or the count of monitorings has."""
    settled: Marker | None = None
    while True:
        try:
            seen = await _marker(sessions)
            if seen != settled:
                told = await tell_successions(client, sessions, local_today())
                log.info("successions: %d monitorings told", told)
                settled = seen
        except (SQLAlchemyError, RPCError):
            log.warning("not every monitoring could be told of its bodies yet")
        await asyncio.sleep(every_seconds)


async def tell_successions(client: Client, sessions: Sessions, today: date) -> int:
    """Tell every open monitoring what it does not know on a local date; returns how many were told."""
    async with sessions() as session:
        try:
            authorized_body = await authorized_body_on(session, today)
        except RegistryNotReady:
            return 0
        passed = await known_successions(session, today)
        numbers = await _concerned(session, authorized_body, passed)
    told = 0
    for number in numbers:
        async with sessions() as session:
            row = await session.get_one(MonitoringRow, number)
            workflow_id, state = row.workflow_id, MonitoringState.model_validate(row.state)
        news = briefing_of(state, authorized_body, passed)
        told += news is not None and await _tell(client, workflow_id, news)
    return told


async def _concerned(session: AsyncSession, authorized_body: Id, passed: Successions) -> Iterable[str]:
    """The numbers of open monitorings that may have something to hear."""
    state = col(MonitoringRow.state)
    words = cast(literal([f'%"{body}"%' for body in passed], ARRAY(Text)), ARRAY(Text))
    other = state["authorized_body"].as_string() != authorized_body
    rows = await session.exec(
        select(MonitoringRow.number)
        .where(col(MonitoringRow.stage) != Stage.CANCELLED.value)
        .where(state["follow_up_ended"].as_boolean().is_(False))
        .where(or_(other, cast(state, Text).like(func.any(words))))
        .order_by(col(MonitoringRow.number))
    )
    return list(rows)


async def _tell(client: Client, workflow_id: str, news: MonitoringBriefing) -> bool:
    """Signal one workflow. False when it has ended meanwhile: it needs to know nothing any more."""
    try:
        await client.get_workflow_handle(workflow_id).signal(BRIEF, news)
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise
        return False
    return True


async def _marker(sessions: Sessions) -> Marker:
    """Differs when something that successions rest on has changed, or there is a monitoring more."""
    async with sessions() as session:
        versions = select(func.max(OrganisationVersionRow.at), func.count())
        bodies_at, bodies = (await session.exec(versions.select_from(OrganisationVersionRow))).one()
        acts = (await session.exec(select(func.max(SuccessionRow.id)))).one()
        monitorings = (await session.exec(select(func.count()).select_from(MonitoringRow))).one()
    return (bodies_at, bodies, acts, monitorings, local_today())
