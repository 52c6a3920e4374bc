"""The registry of spheres (rules 10, 11)."""

from collections.abc import Iterable
from functools import partial

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.bodies import name_of
from activities.registries.remembered import remembered
from models.report.content import Wording
from models.tables.spheres import SphereRow
from models.vocabulary.procedure import Id


async def sphere_names(session: AsyncSession, spheres: Iterable[Id] | None = None) -> dict[Id, Wording]:
    """Names of these spheres, of all when none are named."""
    known = await remembered(session, "spheres", partial(_sphere_names, session))
    wanted = known if spheres is None else [each for each in dict.fromkeys(spheres) if each in known]
    return {each: known[each] for each in wanted}


async def _sphere_names(session: AsyncSession) -> dict[Id, Wording]:
    return {row.id: name_of(row) for row in await session.exec(select(SphereRow))}
