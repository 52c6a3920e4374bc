"""Who stands in for whom, as it is on record."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.bodies import still_there
from models.tables.accounts import AccountRow
from models.tables.deputies import DeputyshipEndRow, DeputyshipRow
from models.vocabulary.base import Model
from models.vocabulary.deputies import Deputyship
from models.vocabulary.procedure import Id, Role


class StoodInFor(Model):
    """Somebody whose deputy one is today: their account, and until when."""

    deputyship: Deputyship
    organisation: Id
    role: Role


async def deputyships_of(session: AsyncSession, *accounts: Id) -> tuple[Deputyship, ...]:
    """All in which one of the accounts is stood in for, or stands in; the newest first."""
    mine = or_(col(DeputyshipRow.account).in_(accounts), col(DeputyshipRow.deputy).in_(accounts))
    return await _found(session, mine)


async def deputyship_by_id(session: AsyncSession, known: Id) -> Deputyship | None:
    return next(iter(await _found(session, col(DeputyshipRow.id) == known)), None)


async def stood_in_for(session: AsyncSession, deputy: Id, today: date) -> tuple[StoodInFor, ...]:
    """Whose deputy an account is on a local date: of accounts that are in use, of bodies that are there."""
    found = (
        select(DeputyshipRow, AccountRow)
        .join(AccountRow, col(AccountRow.id) == col(DeputyshipRow.account))
        .outerjoin(DeputyshipEndRow, col(DeputyshipEndRow.deputyship) == col(DeputyshipRow.id))
        .where(DeputyshipRow.deputy == deputy, col(DeputyshipEndRow.deputyship).is_(None))
        .where(col(DeputyshipRow.first_day) <= today, col(DeputyshipRow.last_day) >= today)
        .where(col(AccountRow.active), still_there(AccountRow.organisation, today))
        .order_by(col(DeputyshipRow.id))
    )
    return tuple(
        StoodInFor(
            deputyship=_deputyship(row, None), organisation=account.organisation, role=Role(account.role)
        )
        for row, account in await session.exec(found)
    )


async def _found(session: AsyncSession, which: ColumnElement[bool]) -> tuple[Deputyship, ...]:
    found = (
        select(DeputyshipRow, DeputyshipEndRow)
        .outerjoin(DeputyshipEndRow, col(DeputyshipEndRow.deputyship) == col(DeputyshipRow.id))
        .where(which)
        .order_by(col(DeputyshipRow.at).desc(), col(DeputyshipRow.id))
    )
    rows: Iterable[tuple[DeputyshipRow, DeputyshipEndRow | None]] = await session.exec(found)
    return tuple(_deputyship(row, end) for row, end in rows)


def _deputyship(row: DeputyshipRow, end: DeputyshipEndRow | None) -> Deputyship:
    return Deputyship(
        id=row.id,
        account=row.account,
        deputy=row.deputy,
        first_day=row.first_day,
        last_day=row.last_day,
        act=row.act,
        dated=row.dated,
        ended_at=end.at if end else None,
    )
