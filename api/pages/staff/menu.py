"""What stands at the head of every page for somebody who is signed in: the pages that their role opens."""

from datetime import date
from typing import Final

from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.bodies import authorized_body_on
from api.access.auth import Caller
from api.access.consolidation import may_consolidate
from api.register.readers import reads_register
from models.tables.people import PersonRow
from models.vocabulary.access import Action, Relation, may
from models.vocabulary.base import Model
from models.vocabulary.procedure import Role

HOME: Final = "/staff"
MONITORINGS: Final = "/staff/monitorings"
_SEES_NONE: Final = frozenset({Role.ADMIN})  # registries are the administrator's, monitorings are not


class Entry(Model):
    """`page.workplace.menu.<name>` and where it leads."""

    name: str
    address: str


class Menu(Model):
    """Who is signed in, and the pages there are for them."""

    name: str
    role: Role
    entries: tuple[Entry, ...]


async def menu_of(session: AsyncSession, caller: Caller, today: date) -> Menu:
    """Nothing that would answer «not allowed»."""
    person = await session.get(PersonRow, caller.person)
    office = await authorized_body_on(session, today)
    reads = may(caller.role, Action.READ_REGISTRIES, Relation.NONE)
    shown = (
        ("home", HOME, True),
        ("monitorings", MONITORINGS, caller.role not in _SEES_NONE),
        ("consolidation", "/staff/consolidation", reads_register(caller, office)),
        (
            "inbox",
            "/staff/consolidation/inbox",
            may_consolidate(caller, Action.READ_CONSOLIDATION, office),
        ),
        ("duties", "/staff/duties", reads),
        ("registries", "/staff/registries", reads),
        ("mail", "/staff/mail", may(caller.role, Action.WRITE_REGISTRIES, Relation.NONE)),
    )
    return Menu(
        name=person.name if person else caller.account,
        role=caller.role,
        entries=tuple(Entry(name=name, address=address) for name, address, seen in shown if seen),
    )
