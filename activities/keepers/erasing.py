"""What of people is due for erasure, and its erasure by an order: logged, never what it was.

Kept are names, and whatever proves something: the journal, content, letters as they were sent, logs. So a
bundle tells the same before and after.
"""

import re
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Final

from sqlalchemy import ColumnElement, Text, cast, func
from sqlmodel import SQLModel, col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.correspondence.alerts.subscriptions import forget_unconfirmed
from models.tables.accounts import AccountRow
from models.tables.alerts import AlertSubscriptionRow
from models.tables.commands import CommandRow
from models.tables.consolidations import ConsolidationRow
from models.tables.councils import CouncilRow
from models.tables.duties import DutyRow
from models.tables.erasures import ErasureRow
from models.tables.foundings import FoundingRow
from models.tables.grants import GrantRow
from models.tables.letter_preferences import GatheredLetterRow
from models.tables.monitorings import MonitoringRow
from models.tables.people import PersonRow
from models.tables.service_letters import ServiceLetterRow
from models.tables.sessions import SessionRow
from models.tables.sign_ins import ProviderVisitRow, SignInLetterRow, SignInLinkRow
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id
from models.vocabulary.retention import ERASED_BY_COMMAND, RETENTION, Held
from models.vocabulary.sign_in import SignInLetterOutcome

_STRING: Final = re.compile(r'"([^"\\]+)"')
_REGISTERED: Final = "register_person"
_ERASED: Final = ""
_AT_ONCE: Final = 200


class Order(Model):
    """By which order something is erased."""

    act: str  # kind and number
    dated: date


_Rows = tuple[type[SQLModel], Callable[[datetime], ColumnElement[bool]]]
_OVER: Final[Mapping[Held, _Rows]] = MappingProxyType(
    {
        Held.SESSIONS: (SessionRow, lambda before: col(SessionRow.expires_at) < before),
        Held.SIGN_IN_LINKS: (SignInLinkRow, lambda before: col(SignInLinkRow.expires_at) < before),
        Held.SIGN_IN_LETTERS: (
            SignInLetterRow,
            lambda before: (
                (col(SignInLetterRow.asked_at) < before)
                & (col(SignInLetterRow.outcome) != SignInLetterOutcome.WAITS.value)
            ),
        ),
        Held.PROVIDER_VISITS: (ProviderVisitRow, lambda before: col(ProviderVisitRow.at) < before),
        Held.UNCONFIRMED_ALERTS: (
            AlertSubscriptionRow,
            lambda before: (
                col(AlertSubscriptionRow.confirmed_at).is_(None)
                & (col(AlertSubscriptionRow.confirm_before) <= before)
            ),
        ),
        Held.SERVICE_LETTERS: (ServiceLetterRow, lambda before: col(ServiceLetterRow.made_at) < before),
        Held.GATHERED_LETTERS: (GatheredLetterRow, lambda before: col(GatheredLetterRow.due_at) < before),
    }
)
"""The rows whose days are over, by the instant before which they would have to be."""


async def due_for_erasure(session: AsyncSession, now: datetime) -> dict[Held, int]:
    """How much of each is due at the aware instant `now`, of what the command erases."""
    due: dict[Held, int] = {}
    for held in ERASED_BY_COMMAND:
        if held is Held.PERSON_CONTACTS:
            due[held] = len(await people_needed_no_more(session, now))
        else:
            rows, over = _OVER[held]
            counted = select(func.count()).select_from(rows).where(over(_before(held, now)))
            due[held] = (await session.exec(counted)).one()
    return due


async def erase(session: AsyncSession, order: Order, now: datetime) -> tuple[ErasureRow, ...]:
    """Erase all that is due, and log what was erased of each kind. The caller commits."""
    done: list[ErasureRow] = []
    for held, count in (await due_for_erasure(session, now)).items():
        people: list[Id] = []
        if held is Held.PERSON_CONTACTS:
            people = await _erase_contacts(session, now)
        elif held is Held.UNCONFIRMED_ALERTS:
            await forget_unconfirmed(session, now)
        else:
            rows, over = _OVER[held]
            await session.exec(delete(rows).where(over(_before(held, now))))
        if count:
            done.append(
                ErasureRow(
                    held=held.value, count=count, people=people, act=order.act, dated=order.dated, at=now
                )
            )
    session.add_all(done)
    await session.flush()
    return tuple(done)


async def people_needed_no_more(session: AsyncSession, now: datetime) -> list[Id]:
    """Whose address is on file and leads nowhere: no account in use, no council, no proceeding that is open
    names them, and none of it did so within the days of `RETENTION`. Nobody is of an installation that was
    founded within them: who was entered then, and when, is not known."""
    before = _before(Held.PERSON_CONTACTS, now)
    founded = select(FoundingRow.id).where(col(FoundingRow.at) >= before)
    if (await session.exec(founded)).first() is not None:
        return []
    known = select(PersonRow.id).where(
        col(PersonRow.email) != _ERASED,
        col(PersonRow.id).not_in(select(AccountRow.person).where(col(AccountRow.active))),
        col(PersonRow.id).not_in(select(GrantRow.person).where(col(GrantRow.at) >= before)),
        col(PersonRow.id).not_in(select(CouncilRow.secretary)),
    )
    entered = select(CommandRow.answer).where(
        CommandRow.name == _REGISTERED, col(CommandRow.at) >= before, col(CommandRow.answer).is_not(None)
    )
    left = set(await session.exec(known))
    left -= {str(answer["id"]) for answer in await session.exec(entered) if answer is not None}
    for rows in (MonitoringRow, DutyRow, ConsolidationRow):
        if not left:
            break
        async for state in _states(session, rows, before):
            left -= left.intersection(_STRING.findall(state))
    return sorted(left)


async def _states(
    session: AsyncSession,
    rows: type[MonitoringRow] | type[DutyRow] | type[ConsolidationRow],
    before: datetime,
) -> AsyncIterator[str]:
    """As they are kept, of what is open or was changed since; some at a time, in a session of any kind."""
    last = ""
    while True:
        naming = select(rows.workflow_id, cast(rows.state, Text)).where(
            col(rows.ended).is_(False) | (col(rows.changed_at) >= before), col(rows.workflow_id) > last
        )
        found = (await session.exec(naming.order_by(col(rows.workflow_id)).limit(_AT_ONCE))).all()
        for _, state in found:
            yield state
        if len(found) < _AT_ONCE:
            return
        last = found[-1][0]


async def _erase_contacts(session: AsyncSession, now: datetime) -> list[Id]:
    """Their addresses, in the registry and in what the log of commands keeps of having entered them."""
    people = await people_needed_no_more(session, now)
    if not people:
        return []
    await session.exec(update(PersonRow).where(col(PersonRow.id).in_(people)).values(email=_ERASED))
    answer = col(CommandRow.answer)
    entered = (col(CommandRow.name) == _REGISTERED) & answer["id"].astext.in_(people)
    rows = await session.exec(select(CommandRow).where(entered))
    for row in rows:
        row.answer = {**(row.answer or {}), "email": None}
        session.add(row)
    return people


def _before(held: Held, now: datetime) -> datetime:
    return now - timedelta(days=RETENTION[held].days or 0)
