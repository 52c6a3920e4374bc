"""The register for one reader. Nothing is kept: it is computed from what is on file at this moment."""

import asyncio
from datetime import date, datetime
from typing import Final

from sqlmodel.ext.asyncio.session import AsyncSession

from activities.typst_register import render_register
from api.register.ground import Ground, fetch, read
from api.register.paper import sheet_of
from api.register.views import RegisterView
from api.register.wording import said_in
from models.procedure import Language
from models.register import RegisterFilters, consolidate

# Reading a thousand reports takes seconds of a processor: two at a time, and never on the loop.
_AT_ONCE: Final = asyncio.Semaphore(2)


async def read_register(
    session: AsyncSession, filters: RegisterFilters, language: Language, today: date, now: datetime
) -> RegisterView:
    """The whole register under these filters, in words; `today` is the local date."""
    frozen = await fetch(session, today)

    def computed() -> RegisterView:
        ground = read(frozen)
        return said_in(language, consolidate(ground.filed, ground.places, filters), ground, now)

    async with _AT_ONCE:
        return await asyncio.to_thread(computed)


async def print_register(view: RegisterView) -> bytes:
    """The register as PDF/A. Setting type takes seconds of a processor, as reading does."""
    async with _AT_ONCE:
        return await asyncio.to_thread(lambda: render_register(sheet_of(view)))


async def read_ground(session: AsyncSession, today: date) -> Ground:
    """What the register rests on."""
    frozen = await fetch(session, today)
    async with _AT_ONCE:
        return await asyncio.to_thread(read, frozen)
