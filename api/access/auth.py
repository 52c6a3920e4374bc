"""Who calls: an opaque bearer token (RFC 6750) stands for an account. Only its SHA-256 is stored."""

from datetime import date, datetime
from http import HTTPStatus
from typing import Annotated, Any, Final

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy import Select, bindparam
from sqlalchemy import select as columns
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.bodies import still_there
from activities.registries.local_day import local_day
from activities.registries.remembered import VERSION
from api.access.beside import STATE, ReadBeside, keep_beside, number_in
from api.access.noted import note_personal_read
from api.access.sessions import Door, Entrance, counts, known
from api.access.token_use import note_use
from api.access.tokens import token_sha256
from api.access.trying import wait_to_try, was_right, was_wrong
from api.http.codec_origin import KEPT
from api.http.deps import Now, Session
from api.problems.problem import Failed, ProblemCode
from models.tables.accounts import AccountRow
from models.tables.tokens import TokenRow
from models.vocabulary.actors import StandIn
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Role
from models.vocabulary.scopes import EVERY_SCOPE, Scope
from models.vocabulary.sign_in import WayIn

BEARER = HTTPBearer(
    auto_error=False, description="A token issued by `python -m api.tokens_cli issue --account …`."
)


class Caller(Model):
    """An account, its person and the organisation it belongs to.

    `organisation` and `role` are those of whoever they stand in for, where they do.
    """

    account: Id
    person: Id
    organisation: Id
    role: Role
    scopes: frozenset[Scope] = EVERY_SCOPE  # a browser's session has all of them; a token may have fewer
    stands_in: StandIn | None = None

    @property
    def right_of(self) -> Id:
        """The account whose rights are used."""
        return self.stands_in.account if self.stands_in else self.account


class TokenHolder(Model):
    """A caller and the id of the token it came with; the local day on which that was used before."""

    caller: Caller
    token: str
    used_on: date | None = None

    @property
    def entrance(self) -> Entrance:
        """How a session by this token begins."""
        caller = self.caller
        return Entrance(
            account=caller.account, organisation=caller.organisation, way=WayIn.TOKEN, token=self.token
        )


Holders = Select[str, datetime, date | None, list[str], str, str, str, str]
_HOLDERS: Final[Holders] = columns(
    col(TokenRow.id).label("token"),
    col(TokenRow.expires_at),
    col(TokenRow.last_used_on),
    col(TokenRow.scopes),
    col(AccountRow.id).label("account"),
    col(AccountRow.person),
    col(AccountRow.organisation),
    col(AccountRow.role),
).where(
    col(AccountRow.id) == col(TokenRow.account),
    col(AccountRow.active),
    col(TokenRow.revoked_at).is_(None),
    still_there(AccountRow.organisation, bindparam("day")),
)
BY_TEXT: Final = _HOLDERS.where(col(TokenRow.sha256) == bindparam("token"))
_AND_STATE: Final = BY_TEXT.add_columns(STATE.label("state"), VERSION.label("version"))
BY_ID: Final = _HOLDERS.where(col(TokenRow.id) == bindparam("token"))
"""Whom tokens stand for; written once, and held to the rows they are about by `tests/api/test_auth.py`."""


async def account_in_force(session: AsyncSession, now: datetime, account: Id) -> Caller | None:
    """Whom an account stands for, if it is active and its body is still there."""
    found = select(AccountRow).where(
        AccountRow.id == account, col(AccountRow.active), still_there(AccountRow.organisation, local_day(now))
    )
    row = (await session.exec(found)).first()
    if row is None:
        return None
    return Caller(account=row.id, person=row.person, organisation=row.organisation, role=Role(row.role))


async def holder_of(session: AsyncSession, now: datetime, which: Holders, token: str) -> TokenHolder | None:
    """Whom a token stands for, if it is in force, the account is active and its body is still there.

    `token` is its id or the hash of its text, as `which` (`BY_ID`, `BY_TEXT`) has it.
    """
    connection = await session.connection()
    found = (await connection.execute(which, {"token": token, "day": local_day(now)})).first()
    return _in_force(found, now)


def _in_force(found: Any, now: datetime) -> TokenHolder | None:
    if found is None or now >= found.expires_at:
        return None
    caller = Caller(
        account=found.account,
        person=found.person,
        organisation=found.organisation,
        role=Role(found.role),
        scopes=frozenset(map(Scope, found.scopes)),
    )
    return TokenHolder(caller=caller, token=found.token, used_on=found.last_used_on)


async def shown_token(
    request: Request, session: AsyncSession, now: datetime, token: str
) -> TokenHolder | None:
    """Whom a token stands for; looked up once for a request, and slowly after many wrong ones.

    The same one query runs for every token: time tells nothing. Raises TooMany.
    """
    sha256 = token_sha256(token)
    looked_up: tuple[str, TokenHolder] | None = getattr(request.state, "shown_token", None)
    if looked_up is not None and looked_up[0] == sha256:
        return looked_up[1]
    subject = f"token/{sha256}"
    await wait_to_try(request, subject)
    holder = await _holder_by_text(request, session, now, sha256)
    if holder is None:
        was_wrong(request, subject)
        return None
    was_right(request, subject)
    note_use(request, holder.token, holder.used_on, local_day(now))
    request.state.shown_token = (sha256, holder)
    return holder


async def _holder_by_text(
    request: Request, session: AsyncSession, now: datetime, sha256: str
) -> TokenHolder | None:
    """Where the request is about a monitoring, that is read beside."""
    number = number_in(request)
    if number is None:
        return await holder_of(session, now, BY_TEXT, sha256)
    connection = await session.connection()
    given = {"token": sha256, "day": local_day(now), "number": number}
    found = (await connection.execute(_AND_STATE, given)).first()
    if found is not None:
        keep_beside(request, ReadBeside(number, found.state, found.version))
    return _in_force(found, now)


async def authenticated(
    request: Request,
    session: Session,
    now: Now,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(BEARER)],
) -> Caller:
    """The caller. Raises Failed (401): the answer does not tell an unknown token from an expired one.

    After many wrong ones TooMany takes the place of that answer.
    """
    token = credentials.credentials if credentials else None
    caller = (await caller_shown(request, session, now, token)).caller
    note_personal_read(session, request, caller.account, caller.organisation, caller.role, now)
    return caller


async def caller_shown(
    request: Request, session: AsyncSession, now: datetime, token: str | None
) -> TokenHolder:
    """Whom the token, or the codec's cookie in its place, stands for. Raises Failed (401), TooMany."""
    if token is None:
        kept = getattr(request.state, KEPT, None)
        row = await known(request, session, Door.CODEC, kept) if kept else None
        holder = None
        if row is not None and row.token is not None and counts(row, now):
            holder = await holder_of(session, now, BY_ID, row.token)
    else:
        holder = await shown_token(request, session, now, token)
    if holder is None:
        raise unauthenticated(given=token is not None)
    return holder


def unauthenticated(given: bool) -> Failed:
    """401: no token, or none that is in force."""
    challenge = 'Bearer realm="monitoring"' + (', error="invalid_token"' if given else "")
    return Failed(
        HTTPStatus.UNAUTHORIZED, ProblemCode.NOT_AUTHENTICATED, headers={"WWW-Authenticate": challenge}
    )


AnyCaller = Annotated[Caller, Depends(authenticated)]
