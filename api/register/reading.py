"""The register for one reader. Nothing is kept: it is computed from what is on file at this moment."""

import asyncio
from datetime import date, datetime
from typing import Final

from sqlmodel.ext.asyncio.session import AsyncSession

from activities.printing.register import render_register
from api.register.choices import RegisterChoices, choices_in
from api.register.on_file import OnFile, read_on_file
from api.register.paper import sheet_of
from api.register.views import RegisterView
from api.register.wording import said_in
from models.register import RegisterFilters, consolidate
from models.vocabulary.procedure import Id, Language

# Reading a thousand reports takes seconds of a processor: two at a time, and never on the loop.
_AT_ONCE: Final = asyncio.Semaphore(2)
_PRINTED_AT_ONCE: Final = asyncio.Semaphore(1)  # the paper of many years takes minutes: reading goes on


async def read_register(
    session: AsyncSession, filters: RegisterFilters, language: Language, today: date, now: datetime
) -> RegisterView:
    """The whole register under these filters, in words; `today` is the local date."""
    return (await read_desk(session, filters, language, today, now))[0]


async def read_desk(
    session: AsyncSession, filters: RegisterFilters, language: Language, today: date, now: datetime
) -> tuple[RegisterView, RegisterChoices]:
    """The register, and what else it could be narrowed by."""
    await session.commit()  # whoever waits for a turn holds no connection
    async with _AT_ONCE:
        on_file = await read_on_file(session, today)

        def computed() -> tuple[RegisterView, RegisterChoices]:
            register = consolidate(on_file.filed, on_file.places, filters)
            return said_in(language, register, on_file, now), choices_in(on_file, language)

        return await asyncio.to_thread(computed)


async def print_register(view: RegisterView) -> bytes:
    """The register as PDF/A."""
    async with _PRINTED_AT_ONCE:
        return await asyncio.to_thread(lambda: render_register(sheet_of(view)))


async def read_ground(session: AsyncSession, today: date, report: Id) -> OnFile:
    """What one report gives to the register."""
    await session.commit()  # whoever waits for a turn holds no connection
    async with _AT_ONCE:
        return await read_on_file(session, today, report)
