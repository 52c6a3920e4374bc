"""What a request names of the registries, each refused at its field where it is unknown."""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.bodies import body_of, versions_on
from api.problems.problem import ProblemCode, invalid
from models.tables.bodies import OrganisationRow
from models.tables.spheres import SphereRow
from models.vocabulary.bodies import Body
from models.vocabulary.procedure import Id


async def bodies_on(session: AsyncSession, day: date, named: Mapping[str, Id]) -> tuple[Body, ...]:
    """The facts a command carries about bodies, as of a day; `named` has them by their fields' pointers.

    Raises Failed (422) for one unknown then.
    """
    versions = await versions_on(session, day, named.values())
    for pointer, organisation in named.items():
        if organisation not in versions:
            params = {"organisation": organisation, "day": day.isoformat()}
            raise invalid(ProblemCode.ORGANISATION_UNKNOWN, pointer, **params)
    return tuple(body_of(versions[organisation]) for organisation in named.values())


def each_of(pointer: str, ids: Iterable[Id], field: str = "") -> dict[str, Id]:
    """The ids in a list of a body, by their pointers; `field` where each is one of an object."""
    return {f"{pointer}/{place}{field}": known for place, known in enumerate(ids)}


async def spheres_known(session: AsyncSession, spheres: Iterable[Id]) -> None:
    """Raises Failed (422, sphere_unknown) for one that the registry does not have."""
    named = each_of("/spheres", spheres)
    rows = await session.exec(select(SphereRow.id).where(col(SphereRow.id).in_(named.values())))
    known = set(rows)
    for pointer, sphere in named.items():
        if sphere not in known:
            raise invalid(ProblemCode.SPHERE_UNKNOWN, pointer, sphere=sphere)


async def organisation_in_registry(session: AsyncSession, organisation: Id, pointer: str) -> None:
    """A body that a change of the registries names in a field. Raises Failed (422, organisation_unknown)."""
    if await session.get(OrganisationRow, organisation) is None:
        raise invalid(ProblemCode.ORGANISATION_UNKNOWN, pointer, organisation=organisation)
