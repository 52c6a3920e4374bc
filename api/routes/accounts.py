"""Accounts: who may sign in, for which body and in which role. Tokens: `api.tokens_cli`."""

from datetime import date, datetime
from typing import Annotated

from fastapi import Path, Query
from pydantic import Field
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.editions import editions_known
from api.access.auth import Caller
from api.access.routing import account_router, permit_account
from api.commands.idempotency import Key
from api.commands.registering import registered_once
from api.http.deps import Now, Session, Today
from api.http.languages import ReadersLanguage
from api.http.pagination import Cursor, Limit, Page, id_before, numbered_page
from api.http.requests import Day, Line, RequestBody
from api.problems.problem import ProblemCode, conflict, documented, invalid
from api.registries.named import organisation_in_registry
from api.registries.people import person_in_registry
from api.registries.told_of_accounts import other_heads, tell_of_account
from models.tables.accounts import AccountRow
from models.tables.grants import GrantRow
from models.tables.people import PersonRow
from models.vocabulary.access import OVERSEEING, Action
from models.vocabulary.base import Model
from models.vocabulary.editions import rules_since
from models.vocabulary.procedure import Id, Role
from models.vocabulary.sign_in import StaffRole
from models.words.order import by_name

router = account_router("registries", "/registry/accounts")
grants = account_router("registries", "/registry/grants")
AccountInPath = Annotated[Id, Path(examples=["a-sary-analyst"])]


class Account(Model):
    """A person signing in for a body."""

    id: Id
    person: Id
    organisation: Id
    role: StaffRole
    active: bool = Field(default=True, description="Tokens of an account that is not active open nothing.")


class GrantAct(RequestBody):
    """The act by which an account was given."""

    act: Line = Field(examples=["№ 17-ө бұйрық"], description="Its kind and number.")
    dated: Day


class AccountBody(RequestBody):
    person: Id
    organisation: Id
    role: StaffRole
    active: bool = True
    act: GrantAct | None = Field(
        default=None,
        description="Needed for `auditor` (of a body), `oversight` (of everything), and for a `head` beside "
        "another head of the body: whoever acts for the head does so by an act.",
    )
    reason: Line = Field(description="Why the registry changes.")


class GrantView(Model):
    """One change of an account: who was given it, by whom, by which act."""

    id: int
    account: Id
    person: Id
    organisation: Id
    role: Role
    active: bool
    act: str
    act_dated: date | None
    reason: str
    granted_by: str = Field(description="An account; empty where it was founded or carried over.")
    at: datetime


async def keep_account(session: AsyncSession, account: Account, grant: GrantRow) -> Account:
    """Write an account, and how it was given; flushed. Raises Failed: 409 where it would become another's."""
    former = await session.get(AccountRow, account.id)
    # The journal names accounts: one that changed hands would put a stranger's name under old acts.
    if former and (former.person, former.organisation) != (account.person, account.organisation):
        raise conflict(ProblemCode.ACCOUNT_OF_ANOTHER)
    await session.merge(AccountRow(**account.model_dump(mode="json")))
    session.add(grant)
    await session.flush()
    return account


def grant_of(
    account: Account, *, reason: str, by: Id, now: datetime, act: GrantAct | None = None
) -> GrantRow:
    """The line of the log of grants."""
    return GrantRow(
        account=account.id,
        person=account.person,
        organisation=account.organisation,
        role=account.role.value,
        active=account.active,
        act=act.act if act else "",
        act_dated=act.dated if act else None,
        reason=reason,
        granted_by=by,
        at=now,
    )


@router.get("")
async def list_accounts(
    caller: Annotated[Caller, permit_account(Action.WRITE_REGISTRIES)],
    session: Session,
    language: ReadersLanguage,
) -> tuple[Account, ...]:
    """All accounts by the names of their people, for those who keep them."""
    held = select(AccountRow, PersonRow.name).join(PersonRow, col(PersonRow.id) == col(AccountRow.person))
    rows = {row.id: (row, name) for row, name in await session.exec(held)}
    ordered = by_name({known: name for known, (_, name) in rows.items()}, language)
    return tuple(Account.model_validate(rows[known][0], from_attributes=True) for known, _ in ordered)


@grants.get("")
async def list_grants(
    caller: Annotated[Caller, permit_account(Action.READ_COMMANDS)],
    session: Session,
    account: Annotated[Id | None, Query()] = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[GrantView]:
    """The log of grants, newest first: every change of an account; an auditor sees those of its own body."""
    found = select(GrantRow)
    if caller.role is Role.AUDITOR:
        found = found.where(GrantRow.organisation == caller.organisation)
    if account is not None:
        found = found.where(GrantRow.account == account)
    if cursor is not None:
        found = found.where(col(GrantRow.id) < id_before(cursor))
    rows = list(await session.exec(found.order_by(col(GrantRow.id).desc()).limit(limit + 1)))
    return numbered_page([GrantView.model_validate(row, from_attributes=True) for row in rows], limit)


@router.put("/{account}", responses=documented(409))
async def register_account(
    account: AccountInPath,
    body: AccountBody,
    caller: Annotated[Caller, permit_account(Action.WRITE_REGISTRIES)],
    session: Session,
    key: Key,
    now: Now,
    today: Today,
) -> Account:
    """Give a person an account, or change its role, or end it by `active: false`. Never one's own.

    Whoever oversees is given that by an act: `auditor` of what is the body's own matter, `oversight` of all.
    So is a second head: the first one decides by the post, whoever acts for the head by an act. Who is given
    one is told by letter, and so are the heads beside whom another one decides.
    """

    async def change() -> Account:
        if account == caller.account:
            raise conflict(ProblemCode.OWN_ACCOUNT)
        _act_fits(body, today, rules_since(await editions_known(session)))
        await person_in_registry(session, body.person, "/person")
        await organisation_in_registry(session, body.organisation, "/organisation")
        given = Account(id=account, **body.model_dump(exclude={"act", "reason"}))
        former = await _opens(session, account)
        if body.act is None:
            await _head_by_act(session, given, former)
        grant = grant_of(given, reason=body.reason, by=caller.account, now=now, act=body.act)
        kept = await keep_account(session, given, grant)
        await tell_of_account(session, grant, former)
        return kept

    return await registered_once(session, key, caller, "register_account", now, Account, change)


def _act_fits(body: AccountBody, today: date, since: date | None) -> None:
    """Raises Failed (422): nobody oversees without an act, or by one of a day to come, or from before there
    were Rules: it gave nothing under them. `since` is the first day of the first edition."""
    if body.act is None and body.active and body.role in OVERSEEING:
        raise invalid(ProblemCode.GRANT_WITHOUT_ACT, "/act", role=body.role.value)
    if body.act is not None and body.act.dated > today:
        raise invalid(ProblemCode.AUTHORITY_IN_FUTURE, "/act/dated", date=body.act.dated.isoformat())
    if body.act is not None and since is not None and body.act.dated < since:
        raise invalid(ProblemCode.GRANT_BEFORE_THE_RULES, "/act/dated", date=since.isoformat())


async def _opens(session: AsyncSession, account: Id) -> Role | None:
    """The role that an account opens as it stands."""
    row = await session.get(AccountRow, account)
    return Role(row.role) if row is not None and row.active else None


async def _head_by_act(session: AsyncSession, given: Account, former: Role | None) -> None:
    """Raises Failed (422) for a head beside another one who is given it newly, and by no act."""
    if not given.active or given.role is not Role.HEAD or former is Role.HEAD:
        return
    if await other_heads(session, given.organisation, given.person):
        raise invalid(ProblemCode.HEAD_WITHOUT_ACT, "/act", organisation=given.organisation)
