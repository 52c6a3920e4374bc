"""Tells running monitorings which bodies came and went (decision 0017): those that lead, are studied, asked,
written to or owe something, and the authorized body.

What is compared is what is: what the registries say today against what each monitoring was told. So an
abolition that takes effect while no worker runs, or one put on record late, is caught up by the next look.
"""

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final

from sqlalchemy import ARRAY, Text, cast, func, literal, or_
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from activities.database.sessions import Sessions
from activities.observing.codes import LogCode
from activities.observing.logs import Log
from activities.registries.bodies import authorized_body_on
from activities.registries.local_day import local_today
from activities.registries.not_ready import RegistryNotReady
from activities.registries.successions import known_successions
from models.monitoring.briefing import MonitoringBriefing, briefing_of
from models.monitoring.state import MonitoringState
from models.tables.bodies import OrganisationVersionRow
from models.tables.columns import Json
from models.tables.monitorings import MonitoringRow
from models.tables.successions import SuccessionRow
from models.vocabulary.procedure import Id
from models.vocabulary.succession import Successions

LOOK_EVERY_SECONDS: Final = 5.0
BRIEF: Final = "brief_monitoring"
AT_A_TIME: Final = 200
"""Monitorings looked at in one statement: between them the worker does what else there is."""
LATE: Final = timedelta(hours=1)
"""So long after its start a monitoring may come to be on record and is still looked at by itself."""

log = Log(__name__)
Marker = tuple[date | datetime | int | None, ...]


async def keep_successions(
    client: Client, sessions: Sessions, every_seconds: float = LOOK_EVERY_SECONDS
) -> None:
    """Look until cancelled: at all when the registry of bodies or the date has changed, else at new ones."""
    settled: Marker | None = None
    looked_at: frozenset[str] = frozenset()
    while True:
        try:
            seen = await _marker(sessions)
            started = frozenset(await _started_since(sessions, datetime.now(UTC) - LATE))
            if seen != settled:
                told = await tell_successions(client, sessions, local_today())
                log.info(LogCode.SUCCESSIONS_TOLD, count=told)
            elif started - looked_at:
                await tell_successions(client, sessions, local_today(), started - looked_at)
            settled, looked_at = seen, started
        except (SQLAlchemyError, RPCError):
            log.warning(LogCode.SUCCESSIONS_LATE)
        await asyncio.sleep(every_seconds)


async def tell_successions(
    client: Client, sessions: Sessions, today: date, among: Collection[Id] | None = None
) -> int:
    """Tell open monitorings, all or some by their numbers, what they do not know on a local date.

    Returns how many were told.
    """
    async with sessions() as session:
        try:
            authorized_body = await authorized_body_on(session, today)
        except RegistryNotReady:
            return 0
        passed = await known_successions(session, today)
    told = 0
    async for numbers in _pages(sessions, among):
        async with sessions() as session:
            states = (await session.exec(_concerned(numbers, authorized_body, passed))).all()
        for read in states:
            state = MonitoringState.model_validate(read)
            news = briefing_of(state, authorized_body, passed)
            told += news is not None and await _tell(client, state.workflow_id, news)
    return told


async def _pages(sessions: Sessions, among: Collection[Id] | None) -> AsyncIterator[Sequence[Id]]:
    """The numbers of the open monitorings, or of those that are named, so many at a time."""
    if among is not None:
        named = sorted(among)
        for first in range(0, len(named), AT_A_TIME):
            yield named[first : first + AT_A_TIME]
        return
    after: Id | None = ""
    while after is not None:
        open_ones = select(MonitoringRow.number).where(
            ~col(MonitoringRow.ended), col(MonitoringRow.number) > after
        )
        page = open_ones.order_by(col(MonitoringRow.number)).limit(AT_A_TIME)
        async with sessions() as session:
            numbers = (await session.exec(page)).all()
        yield numbers
        after = numbers[-1] if len(numbers) == AT_A_TIME else None


def _concerned(numbers: Sequence[Id], authorized_body: Id, passed: Successions) -> SelectOfScalar[Json]:
    """The states of those of some monitorings that may have something to hear."""
    state = col(MonitoringRow.state)
    words = cast(literal([f'%"{body}"%' for body in passed], ARRAY(Text)), ARRAY(Text))
    other = state["authorized_body"].as_string() != authorized_body
    return (
        select(state)
        .where(~col(MonitoringRow.ended), col(MonitoringRow.number).in_(numbers))
        .where(or_(other, cast(state, Text).like(func.any(words))))
        .order_by(col(MonitoringRow.number))
    )


async def _started_since(sessions: Sessions, instant: datetime) -> Sequence[Id]:
    """What began meanwhile may have begun with what the registries said before."""
    lately = select(MonitoringRow.number).where(col(MonitoringRow.started_at) > instant)
    async with sessions() as session:
        return (await session.exec(lately)).all()


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
    """Differs when something that successions rest on has changed."""
    async with sessions() as session:
        versions = select(func.max(OrganisationVersionRow.at), func.count())
        bodies_at, bodies = (await session.exec(versions.select_from(OrganisationVersionRow))).one()
        acts = (await session.exec(select(func.max(SuccessionRow.id)))).one()
    return (bodies_at, bodies, acts, local_today())
