"""People of the registry."""

from sqlmodel.ext.asyncio.session import AsyncSession

from api.problems import ProblemCode, invalid
from models.procedure import Id
from models.tables import CouncilRow, PersonRow


async def person_in_registry(session: AsyncSession, person: Id) -> PersonRow:
    """A person a command names. Raises Failed (422, person_unknown)."""
    row = await session.get(PersonRow, person)
    if row is None:
        raise invalid(ProblemCode.PERSON_UNKNOWN, person=person)
    return row


async def council_in_registry(session: AsyncSession, council: Id) -> CouncilRow:
    """A council a command names. Raises Failed (422, council_unknown)."""
    row = await session.get(CouncilRow, council)
    if row is None:
        raise invalid(ProblemCode.COUNCIL_UNKNOWN, council=council)
    return row
