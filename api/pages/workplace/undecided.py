"""What waits for a head where no head can decide, and who can help (rule 15): none has an account in use, or
each who has one stepped aside.

Reports wait then until a head has an account, or somebody acts for the head by an act: an administrator opens
it.
"""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Final

from sqlalchemy import Select, func, true
from sqlalchemy import select as columns_of
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.bodies import versions_on
from activities.registries.recipients import head_account
from api.access.auth import Caller
from api.pages.desk.naming import bodies_named
from api.views.lists import visible_to
from api.views.states import states_of
from api.views.waiting import NOBODY
from models.monitoring.moves import Mover, moves_of, word_of_head
from models.monitoring.state import MonitoringState
from models.tables.accounts import AccountRow
from models.tables.bodies import OrganisationRow
from models.tables.monitorings import MonitoringRow
from models.tables.people import PersonRow
from models.tables.waits import WaitsRow
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Language, Number, Role
from models.words.order import by_name

NAMED: Final = 20
"""Monitorings of a body that has no head's account: those that are due first."""


class Undecided(Model):
    """Monitorings of one body in which something waits for a head, and none can decide."""

    body: str
    numbers: tuple[Number, ...]


async def nobody_decides(session: AsyncSession, state: MonitoringState, today: date) -> bool:
    """Whether something waits for the head of the body that leads, and no head can decide."""
    if state.leading is None or not any(move.mover is Mover.HEAD for move in moves_of(state)):
        return False
    return await head_account(session, state.leading, today, state.stepped_aside) is None


async def undecided(
    session: AsyncSession, callers: Sequence[Caller], language: Language, today: date
) -> tuple[Undecided, ...]:
    """For the people of the body that leads, its head who stepped aside among them; for whoever gives
    accounts, of all bodies."""
    caller = callers[0]
    aside = columns_of(col(MonitoringRow.number)).where(col(MonitoringRow.stepped_aside) != NOBODY)
    headless = _without_a_head()
    if caller.role in {Role.ANALYST, Role.HEAD}:
        aside = aside.where(col(MonitoringRow.lead) == caller.organisation, visible_to(caller))
        headless = headless.where(col(OrganisationRow.id) == caller.organisation)
    elif caller.role is not Role.ADMIN:
        return ()
    connection = await session.connection()
    states = await states_of(session, (await connection.execute(aside.union(headless))).scalars())
    left = [state for state in states.values() if await nobody_decides(session, state, today)]
    names = await bodies_named(session, language, today, {state.responsible for state in left})
    left.sort(key=lambda state: (names[state.responsible], state.number))
    return tuple(
        Undecided(body=body, numbers=tuple(state.number for state in of_body))
        for body, of_body in groupby(left, key=lambda state: names[state.responsible])
    )


def _without_a_head() -> Select[str]:
    """The first that wait for the head of each body in which nobody has a head's account."""
    heads = columns_of(col(AccountRow.id)).where(
        col(AccountRow.organisation) == col(OrganisationRow.id),
        col(AccountRow.role) == Role.HEAD.value,
        col(AccountRow.active),
    )
    number, day = col(WaitsRow.number), col(WaitsRow.due_on)
    waiting = columns_of(number).where(
        col(WaitsRow.word) == func.concat(word_of_head(""), col(OrganisationRow.id))
    )
    first = waiting.order_by(day, number).limit(NAMED).lateral()
    found = columns_of(first.c.number).select_from(OrganisationRow).join(first, true())
    return found.where(~heads.exists())


async def administrators(session: AsyncSession, language: Language, today: date) -> str:
    """Who gives accounts: each by name, with the body."""
    found = await session.exec(
        select(AccountRow.id, AccountRow.organisation, PersonRow.name)
        .join(PersonRow, col(PersonRow.id) == col(AccountRow.person))
        .where(AccountRow.role == Role.ADMIN.value, col(AccountRow.active))
    )
    held: dict[Id, tuple[Id, str]] = {known: (body, name) for known, body, name in found}
    there = await versions_on(session, today, {body for body, _ in held.values()})
    bodies = await bodies_named(session, language, today, set(there))
    said = {known: f"{name} ({bodies[body]})" for known, (body, name) in held.items() if body in there}
    return "; ".join(name for _, name in by_name(said, language))
