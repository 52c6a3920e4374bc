"""The edition of the Rules in force (rule 1)."""

from datetime import date
from functools import partial

from pydantic import ValidationError
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.not_ready import RegistryNotReady
from activities.registries.remembered import remembered
from models.tables.editions import EditionRow
from models.vocabulary.editions import Edition, edition_on


async def current_edition(session: AsyncSession, day: date) -> Edition:
    """The edition of the Rules in force on a local day. Raises `RegistryNotReady` where none is."""
    edition = edition_on(await editions_known(session), day)
    if edition is None:
        raise RegistryNotReady("edition")
    return edition


async def editions_known(session: AsyncSession) -> tuple[Edition, ...]:
    """Every edition on file. Raises `RegistryNotReady` where one cannot be read."""
    return await remembered(session, "editions", partial(_editions_known, session))


async def _editions_known(session: AsyncSession) -> tuple[Edition, ...]:
    try:
        return tuple(Edition.model_validate(row.body) for row in await session.exec(select(EditionRow)))
    except ValidationError:
        raise RegistryNotReady("edition") from None
