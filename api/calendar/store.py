"""Editions of the working calendar in the database: read, and followed by the next one. Never rewritten."""

import re
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.calendars import calendar_in
from api.problems.problem import Failed, ProblemCode, conflict, not_found
from api.registries.reference_rows import FIRST_CALENDAR_REASON, calendar_row
from models.calendar.edition import CalendarEdition
from models.tables.calendars import CalendarRow
from models.vocabulary.procedure import Id

_ONE_AT_A_TIME = 192_001  # the advisory lock of whoever publishes an edition
_TAG = re.compile(r'"([A-Za-z0-9][A-Za-z0-9._-]{0,39})"')
Derive = Callable[[CalendarEdition | None, tuple[str, ...]], CalendarEdition]


def edition_tag(row: CalendarRow) -> str:
    """The edition's id as an entity tag: editions never change, so it names what was read."""
    return f'"{row.edition}"'


async def newest_edition(session: AsyncSession) -> CalendarRow | None:
    """The edition in use, if there is any."""
    return (await session.exec(select(CalendarRow).order_by(col(CalendarRow.serial).desc()).limit(1))).first()


async def edition_in_use(session: AsyncSession) -> CalendarRow:
    """The edition in use. Raises Failed (404) before the first one is published."""
    row = await newest_edition(session)
    if row is None:
        raise not_found()
    return row


async def edition_of(session: AsyncSession, edition: str) -> CalendarRow | None:
    """An edition by its id."""
    return (await session.exec(select(CalendarRow).where(CalendarRow.edition == edition))).first()


async def known_edition(session: AsyncSession, edition: str | None) -> CalendarRow:
    """An edition by its id, the one in use for None. Raises Failed (404)."""
    if edition is None:
        return await edition_in_use(session)
    row = await edition_of(session, edition)
    if row is None:
        raise not_found(ProblemCode.CALENDAR_EDITION_UNKNOWN, edition=edition)
    return row


async def all_editions(session: AsyncSession) -> list[CalendarRow]:
    """Every edition, the newest first."""
    return list(await session.exec(select(CalendarRow).order_by(col(CalendarRow.serial).desc())))


async def former_edition(session: AsyncSession, row: CalendarRow) -> CalendarRow | None:
    """The edition that was in use before this one."""
    found = select(CalendarRow).where(col(CalendarRow.serial) < row.serial)
    return (await session.exec(found.order_by(col(CalendarRow.serial).desc()).limit(1))).first()


async def publish(
    session: AsyncSession,
    derive: Derive,
    *,
    reason: str,
    account: Id | None,
    now: datetime,
    if_match: str | None = None,
) -> CalendarRow:
    """Put the edition that `derive` makes of the newest one (and of the ids in use) in use; flushed.

    One at a time: whoever comes second sees what the first has published. Raises Failed: 412 if the newest
    edition is not the one in `if_match`, 409 if the id is taken.
    """
    await session.exec(select(func.pg_advisory_xact_lock(_ONE_AT_A_TIME)))
    rows = await all_editions(session)
    newest = rows[0] if rows else None
    if if_match is not None:
        _matches(newest, if_match)
    known = tuple(row.edition for row in rows)
    edition = derive(calendar_in(newest) if newest else None, known)
    if edition.id in known:
        raise conflict(ProblemCode.EDITION_EXISTS, edition=edition.id)
    row = calendar_row(edition, now, reason, account)
    session.add(row)
    await session.flush()
    return row


async def publish_first(session: AsyncSession, edition: CalendarEdition, now: datetime) -> CalendarRow | None:
    """Put an installation's first edition in use; None, and nothing done, where there is one already."""
    if await newest_edition(session) is not None:
        return None
    return await publish(session, lambda *_: edition, reason=FIRST_CALENDAR_REASON, account=None, now=now)


def required(if_match: str | None) -> str:
    """The `If-Match` of a change to what exists. Raises Failed (428) without one."""
    if if_match is None:
        raise Failed(HTTPStatus.PRECONDITION_REQUIRED, ProblemCode.REVISION_REQUIRED)
    return if_match


def _matches(newest: CalendarRow | None, if_match: str) -> None:
    tag = _TAG.fullmatch(if_match.strip())
    if newest is None or tag is None or tag[1] != newest.edition:
        item = newest.edition if newest else ""
        raise Failed(
            HTTPStatus.PRECONDITION_FAILED, ProblemCode.CALENDAR_CHANGED_MEANWHILE, params={"edition": item}
        )
