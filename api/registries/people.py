"""People of the registry."""

from datetime import date, datetime
from typing import Final

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.bodies import versions_on
from activities.sign_in.asked import change_told
from api.access.auth import Caller
from api.access.sessions import end_those_by_mail
from api.problems.problem import ProblemCode, invalid
from models.tables.accounts import AccountRow
from models.tables.councils import CouncilRow
from models.tables.people import PersonRow
from models.vocabulary.procedure import Id, Language, OrganisationKind, Role

_OVERSEE: Final = frozenset({Role.ADMIN, Role.OVERSIGHT})
_FORM_GROUPS: Final = frozenset({OrganisationKind.AUTHORIZED_BODY, OrganisationKind.TERRITORIAL_DIVISION})


async def sees_all_people(session: AsyncSession, caller: Caller, day: date) -> bool:
    """Whether a caller may know of people of other organisations on a day.

    Heads of the authorized body and of its divisions invite members from everywhere (rule 12); an
    administrator and oversight need all. Nobody else needs strangers' names.
    """
    if caller.role in _OVERSEE:
        return True
    own = (await versions_on(session, day, (caller.organisation,))).get(caller.organisation)
    return own is not None and OrganisationKind(own.kind) in _FORM_GROUPS


async def person_in_registry(session: AsyncSession, person: Id, pointer: str) -> PersonRow:
    """A person a command names in this field. Raises Failed (422, person_unknown)."""
    row = await session.get(PersonRow, person)
    if row is None:
        raise invalid(ProblemCode.PERSON_UNKNOWN, pointer, person=person)
    return row


async def council_in_registry(session: AsyncSession, council: Id, pointer: str) -> CouncilRow:
    """A council a command names in this field. Raises Failed (422, council_unknown)."""
    row = await session.get(CouncilRow, council)
    if row is None:
        raise invalid(ProblemCode.COUNCIL_UNKNOWN, pointer, council=council)
    return row


async def address_changes(session: AsyncSession, person: Id, address: str, now: datetime) -> None:
    """Before a person's address is another one: what the former one opened ends, and it is told so.

    Whoever keeps the registry could else come in as anybody unseen.
    """
    former = await session.get(PersonRow, person)
    if former is None or former.email.lower() == address.lower():
        return
    await end_those_by_mail(session, person, now)
    has_account = select(AccountRow.id).where(AccountRow.person == person, col(AccountRow.active)).limit(1)
    if (await session.exec(has_account)).first() is not None:
        session.add(change_told(former.email, Language(former.language), now))
