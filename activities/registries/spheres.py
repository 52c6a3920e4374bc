"""The registry of spheres (rules 10, 11)."""

from collections.abc import Iterable

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.bodies import name_of
from models.report.content import Wording
from models.tables.spheres import SphereRow
from models.vocabulary.procedure import Id


async def sphere_names(session: AsyncSession, spheres: Iterable[Id] | None = None) -> dict[Id, Wording]:
    """Names of these spheres, of all when none are named."""
    found = select(SphereRow)
    if spheres is not None:
        found = found.where(col(SphereRow.id).in_(set(spheres)))
    rows = await session.exec(found)
    return {row.id: name_of(row) for row in rows}
