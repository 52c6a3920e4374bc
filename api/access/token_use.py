"""On which days a token was used: so that one nobody uses any more is found, and withdrawn."""

from datetime import date

from fastapi import Request
from sqlmodel import col, update

from api.http.afterwards import afterwards
from api.services.services import services
from models.tables.tokens import TokenRow


def note_use(request: Request, token: str, used_on: date | None, today: date) -> None:
    """Once a day, whatever becomes of the request: what is written at each would cost more than it tells."""
    if used_on is not None and used_on >= today:
        return

    async def noted() -> None:
        fresh = col(TokenRow.last_used_on).is_distinct_from(today)
        used = update(TokenRow).where(col(TokenRow.id) == token, fresh)
        async with services(request).sessions.begin() as session:
            await session.exec(used.values(last_used_on=today))

    afterwards(request, noted)
