"""An address of another system: by whose reading it is told, and what its secret is sealed for."""

from datetime import date

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.feed.readers import FeedReader
from activities.registries.bodies import still_there
from models.tables.accounts import AccountRow
from models.tables.webhooks import WebhookRow
from models.vocabulary.procedure import Id, Role


async def reader_of(session: AsyncSession, hook: WebhookRow, today: date) -> FeedReader | None:
    """As whom it reads; None while that account opens nothing, or its body is no more."""
    found = select(AccountRow).where(
        AccountRow.id == hook.reads_as,
        col(AccountRow.active),
        still_there(col(AccountRow.organisation), today),
    )
    row = (await session.exec(found)).first()
    if row is None:
        return None
    return FeedReader(role=Role(row.role), organisation=row.organisation, person=row.person)


def purpose_of(webhook: Id) -> str:
    """What a secret is sealed for: put into another row it opens nothing."""
    return f"webhook/{webhook}"


def set_back(hook: WebhookRow, position: int) -> None:
    """What was recorded after a position is to be delivered again, by runs of their own."""
    if position < hook.position:
        hook.position, hook.round = position, hook.round + 1
