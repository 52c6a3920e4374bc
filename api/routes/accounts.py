"""Accounts: who may sign in, for which body and in which role. Tokens: `api.tokens_cli`."""

from typing import Annotated, Literal

from fastapi import Path
from pydantic import Field
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from api.access.auth import Caller
from api.access.routing import account_router, permit_account
from api.commands.idempotency import Key
from api.commands.registering import registered_once
from api.http.deps import Now, Session
from api.http.languages import ReadersLanguage
from api.http.requests import Line, RequestBody
from api.problems.problem import ProblemCode, conflict, documented
from api.registries.named import organisation_in_registry
from api.registries.people import person_in_registry
from models.tables.accounts import AccountRow
from models.tables.people import PersonRow
from models.vocabulary.access import Action
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Role
from models.words.order import by_name

router = account_router("registries", "/registry/accounts")
AccountInPath = Annotated[Id, Path(examples=["a-sary-analyst"])]
# Everybody else acts by the link of a letter, and the system by itself.
StaffRole = Literal[Role.ANALYST, Role.HEAD, Role.WEB_EDITOR, Role.ADMIN, Role.AUDITOR]


class Account(Model):
    """A person signing in for a body."""

    id: Id
    person: Id
    organisation: Id
    role: StaffRole
    active: bool = Field(default=True, description="Tokens of an account that is not active open nothing.")


class AccountBody(RequestBody):
    person: Id
    organisation: Id
    role: StaffRole
    active: bool = True
    reason: Line = Field(description="Why the registry changes.")


async def keep_account(session: AsyncSession, account: Account) -> Account:
    """Write an account; flushed. Raises Failed: 409 where it would become somebody else's."""
    former = await session.get(AccountRow, account.id)
    # The journal names accounts: one that changed hands would put a stranger's name under old acts.
    if former and (former.person, former.organisation) != (account.person, account.organisation):
        raise conflict(ProblemCode.ACCOUNT_OF_ANOTHER)
    await session.merge(AccountRow(**account.model_dump(mode="json")))
    await session.flush()
    return account


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


@router.put("/{account}", responses=documented(409))
async def register_account(
    account: AccountInPath,
    body: AccountBody,
    caller: Annotated[Caller, permit_account(Action.WRITE_REGISTRIES)],
    session: Session,
    key: Key,
    now: Now,
) -> Account:
    """Give a person an account, or change its role, or end it by `active: false`. Never one's own."""

    async def change() -> Account:
        if account == caller.account:
            raise conflict(ProblemCode.OWN_ACCOUNT)
        await person_in_registry(session, body.person, "/person")
        await organisation_in_registry(session, body.organisation, "/organisation")
        return await keep_account(session, Account(id=account, **body.model_dump(exclude={"reason"})))

    return await registered_once(session, key, caller, "register_account", now, Account, change)
