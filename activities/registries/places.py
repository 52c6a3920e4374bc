"""Where bodies lie: the last that the registry knows of each, also of those that no longer exist."""

from collections.abc import Mapping
from datetime import date

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.register.filed import Place
from models.tables.bodies import OrganisationVersionRow
from models.vocabulary.procedure import Id


async def last_known(session: AsyncSession, day: date) -> Mapping[Id, OrganisationVersionRow]:
    """The last version of every body that began by a local date."""
    found = select(OrganisationVersionRow).where(col(OrganisationVersionRow.valid_from) <= day)
    rows = await session.exec(found.order_by(col(OrganisationVersionRow.valid_from)))
    return {row.organisation: row for row in rows}


def places_of(bodies: Mapping[Id, OrganisationVersionRow]) -> dict[Id, Place]:
    """The region of each and the body above it."""
    return {body: Place(region=row.region, superior=row.superior) for body, row in bodies.items()}
