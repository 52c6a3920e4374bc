"""Who has access to personal data on a day: accounts, deputies and tokens, since when and by which act."""

from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import takewhile
from typing import Final

from pydantic import Field
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.bodies import versions_on
from activities.registries.local_day import end_of, local_day
from api.access.auth import Caller
from models.tables.accounts import AccountRow
from models.tables.bodies import OrganisationVersionRow
from models.tables.deputies import DeputyshipEndRow, DeputyshipRow
from models.tables.grants import GrantRow
from models.tables.people import PersonRow
from models.tables.sign_ins import SignInRow
from models.tables.tokens import TokenRow
from models.vocabulary.base import Model
from models.vocabulary.personal_data import AccessWay, PersonalData, reached
from models.vocabulary.procedure import Id, Role
from models.vocabulary.scopes import Scope

CARRIED_OVER: Final = "carried over"


class PersonWithAccess(Model):
    """Somebody who can read personal data of others, in one way; days are local."""

    account: Id
    way: AccessWay
    name: str = Field(description="Of the person, as the registry has it today.")
    post: str
    organisation: Id
    role: Role = Field(description="Of whoever is stood in for, where it is a deputy's.")
    kinds: tuple[PersonalData, ...]
    since: date | None = Field(description="None where the log of grants does not tell.")
    until: date | None = Field(description="The last day that is known; none while it is open-ended.")
    act: str
    act_dated: date | None
    reason: str
    granted_by: str = Field(description="An account; empty for the operator, and for what was founded.")
    last_sign_in: datetime | None
    last_used_on: date | None = Field(description="Of a token, the last day of its use.")
    about: str = Field(description="Of a deputy: the account stood in for; of a token: its label.")


@dataclass(frozen=True)
class _Held:
    """An account that opened something on the day."""

    row: AccountRow
    person: PersonRow
    role: Role
    since: date | None
    until: date | None
    given: GrantRow | None


async def persons_with_access(session: AsyncSession, caller: Caller, on: date) -> list[PersonWithAccess]:
    """As things stood when the local day `on` ended, in the order of bodies and names; an auditor of a body
    sees those of its own."""
    held = await _accounts_on(session, on)
    if caller.role is Role.AUDITOR:
        held = {known: each for known, each in held.items() if each.row.organisation == caller.organisation}
    seen = await _last_sign_ins(session, on)
    found = [
        *(_by_account(each, seen) for each in held.values()),
        *[each async for each in _deputies(session, held, seen, on)],
        *[each async for each in _tokens(session, held, seen, on)],
    ]
    reading = [each for each in found if each.kinds]  # a token may be for something else
    return sorted(reading, key=lambda each: (each.organisation, each.name, each.account, each.way.value))


async def accounts_seen(session: AsyncSession, caller: Caller) -> dict[Id, str]:
    """All accounts that there ever were, by the names of their people; to an auditor of a body its own."""
    found = select(AccountRow.id, PersonRow.name).join(PersonRow)
    if caller.role is Role.AUDITOR:
        found = found.where(AccountRow.organisation == caller.organisation)
    return dict((await session.exec(found)).all())


async def _accounts_on(session: AsyncSession, on: date) -> dict[Id, _Held]:
    """What the log of grants says of the day; where it says nothing of an account, how that stands today."""
    there = await versions_on(session, on)
    rows = (await session.exec(select(AccountRow, PersonRow).join(PersonRow))).all()
    told: dict[Id, list[GrantRow]] = defaultdict(list)
    for grant in await session.exec(select(GrantRow).order_by(col(GrantRow.at), col(GrantRow.id))):
        told[grant.account].append(grant)
    held = (_held(row, person, told[row.id], there, on) for row, person in rows)
    return {each.row.id: each for each in held if each is not None}


def _held(
    row: AccountRow,
    person: PersonRow,
    grants: list[GrantRow],
    there: Mapping[Id, OrganisationVersionRow],
    on: date,
) -> _Held | None:
    body = there.get(row.organisation)
    by_then = [each for each in grants if each.at < end_of(on) or _carried_over(each)]
    if body is None or (grants and not by_then) or not (by_then[-1].active if by_then else row.active):
        return None
    if not by_then:
        return _Held(row, person, Role(row.role), None, body.valid_until, None)
    role = by_then[-1].role
    unbroken = list(takewhile(lambda each: each.active and each.role == role, reversed(by_then)))
    ended = next((each for each in grants[len(by_then) :] if not each.active or each.role != role), None)
    ends = {body.valid_until, local_day(ended.at) if ended else None} - {None}
    first = unbroken[-1]
    given = next((each for each in unbroken if each.act), first)
    until = min((end for end in ends if end is not None), default=None)
    since = None if _carried_over(first) else local_day(first.at)
    return _Held(row, person, Role(role), since, until, given)


def _carried_over(grant: GrantRow) -> bool:
    """The account is older than the log of grants (migration 0015): since when it was there is not known."""
    return not grant.granted_by and grant.reason.startswith(CARRIED_OVER)


def _by_account(held: _Held, seen: Mapping[Id, datetime]) -> PersonWithAccess:
    given = held.given
    return PersonWithAccess(
        account=held.row.id,
        way=AccessWay.ACCOUNT,
        name=held.person.name,
        post=held.person.post,
        organisation=held.row.organisation,
        role=held.role,
        kinds=reached(held.role),
        since=held.since,
        until=held.until,
        act=given.act if given else "",
        act_dated=given.act_dated if given else None,
        reason=given.reason if given else "",
        granted_by=given.granted_by if given else "",
        last_sign_in=seen.get(held.row.id),
        last_used_on=None,
        about="",
    )


async def _deputies(
    session: AsyncSession, held: Mapping[Id, _Held], seen: Mapping[Id, datetime], on: date
) -> AsyncIterator[PersonWithAccess]:
    found = (
        select(DeputyshipRow, DeputyshipEndRow)
        .outerjoin(DeputyshipEndRow, col(DeputyshipEndRow.deputyship) == col(DeputyshipRow.id))
        .where(col(DeputyshipRow.first_day) <= on, col(DeputyshipRow.last_day) >= on)
        .order_by(col(DeputyshipRow.id))
    )
    rows: Iterable[tuple[DeputyshipRow, DeputyshipEndRow | None]] = await session.exec(found)
    for row, end in rows:
        deputy, of = held.get(row.deputy), held.get(row.account)
        over = end is not None and end.at < end_of(on)
        if deputy is None or of is None or over or row.at >= end_of(on):
            continue
        ended = local_day(end.at) if end else row.last_day
        yield _by_account(deputy, seen).model_copy(
            update={
                "way": AccessWay.DEPUTY,
                "organisation": of.row.organisation,
                "role": of.role,
                "kinds": reached(of.role),
                "since": row.first_day,
                "until": min(ended, row.last_day),
                "act": row.act,
                "act_dated": row.dated,
                "reason": "",
                "granted_by": row.account,
                "about": row.account,
            }
        )


async def _tokens(
    session: AsyncSession, held: Mapping[Id, _Held], seen: Mapping[Id, datetime], on: date
) -> AsyncIterator[PersonWithAccess]:
    found = select(TokenRow).where(
        col(TokenRow.issued_at) < end_of(on), col(TokenRow.expires_at) >= end_of(on)
    )
    for row in await session.exec(found.order_by(col(TokenRow.issued_at), col(TokenRow.id))):
        of = held.get(row.account)
        if of is None or (row.revoked_at is not None and row.revoked_at < end_of(on)):
            continue
        used = row.last_used_on if row.last_used_on is not None and row.last_used_on <= on else None
        yield _by_account(of, seen).model_copy(
            update={
                "way": AccessWay.TOKEN,
                "kinds": reached(of.role, frozenset(map(Scope, row.scopes))),
                "since": local_day(row.issued_at),
                "until": local_day(min(row.expires_at, row.revoked_at or row.expires_at)),
                "act": "",
                "act_dated": None,
                "reason": "",
                "granted_by": row.issued_by or "",
                "last_used_on": used,
                "about": row.label,
            }
        )


async def _last_sign_ins(session: AsyncSession, on: date) -> dict[Id, datetime]:
    found = (
        select(SignInRow.account, func.max(SignInRow.at))
        .where(col(SignInRow.at) < end_of(on))
        .group_by(col(SignInRow.account))
    )
    return dict((await session.exec(found)).all())
