"""Every route declares who may use it, by one of these dependencies; a test fails for a route without one."""

from datetime import date
from http import HTTPStatus
from typing import Annotated, Final

from fastapi import Path, Request
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.record.as_kept import state_as_kept
from activities.registries.local_day import local_day
from activities.registries.remembered import VERSION, seen
from api.access.auth import AnyCaller, Caller
from api.access.beside import STATE, ReadBeside, read_beside
from api.access.deputies import in_whose_stead, relations_for, rights_of
from api.access.reads import note_read
from api.http.deps import Now, Session
from api.http.requests import KEY_HEADER
from api.problems.problem import Failed, ProblemCode, not_found
from models.commands.command import command_id
from models.monitoring.readers import sees
from models.monitoring.state import MonitoringState
from models.tables.commands import CommandRow
from models.vocabulary.access import READS, Action, Relation, may
from models.vocabulary.actors import Actor, Authority
from models.vocabulary.base import Model
from models.vocabulary.commands import CommandOutcome
from models.vocabulary.procedure import Id, Number
from models.vocabulary.scopes import scope_of

NumberInPath = Annotated[Number, Path(description="The registration number.", examples=["2026-SARY-0003"])]
EVERYTHING: Final = (Action.READ_OWN, Action.READ_ALL)
CONTENT_READS: Final = (*EVERYTHING, Action.READ_AS_MEMBER)
ANY_READ: Final = (*CONTENT_READS, Action.READ_SENT)
_READ: Final = select(STATE, VERSION)


class Access(Model):
    """A caller before one monitoring: how it stands, and all that the caller may do with it."""

    caller: Caller
    state: MonitoringState
    relations: frozenset[Relation]
    may: frozenset[Action]

    @property
    def number(self) -> Number:
        return self.state.number

    @property
    def sees_everything(self) -> bool:
        return not self.may.isdisjoint(EVERYTHING)

    def answers_for(self, organisation: Id) -> bool:
        """Whether the caller is of the body that was written to, or of whoever stands for it today."""
        return self.state.stands_for(organisation) == self.caller.organisation

    def actor(self, on_behalf: Authority | None = None) -> Actor:
        return actor_of(self.caller, on_behalf)


def actor_of(caller: Caller, on_behalf: Authority | None = None) -> Actor:
    """The author of a command as it is written into the journal."""
    return Actor(
        role=caller.role,
        account=caller.account,
        organisation=caller.organisation,
        on_behalf=on_behalf,
        stands_in=caller.stands_in,
    )


class MonitoringPolicy:
    """For routes under `/monitorings/{number}`: at least one of the actions is allowed."""

    def __init__(self, *actions: Action) -> None:
        self.actions = actions

    async def __call__(
        self, number: NumberInPath, request: Request, session: Session, caller: AnyCaller, now: Now
    ) -> Access:
        """Raises Failed: 404 for whoever may not know that it exists, 403 for whoever may not do this."""
        within_scope(caller, *self.actions)
        found = await _standing(session, number, caller, read_beside(request, number))
        access = await _in_own_right_or_not(session, found, self.actions, local_day(now))
        _sees_it(access)
        if access.may.isdisjoint(self.actions) and not await _did_so_before(session, request, caller):
            raise _not_allowed(access, self.actions[0])
        note_read(session, request, caller, number, now)
        return access


async def access_to(
    session: AsyncSession,
    number: Number,
    caller: Caller,
    actions: tuple[Action, ...],
    today: date,
) -> Access:
    """A caller before a monitoring, with at least one of the actions. Raises Failed as `MonitoringPolicy`.

    Whoever reads a page is offered, too, what they may do in somebody's stead.
    """
    found = await _standing(session, number, caller, None)
    access = await _in_own_right_or_not(session, found, actions, today)
    _sees_it(access)
    if access.caller == caller and not READS.isdisjoint(actions):
        others = await in_whose_stead(session, caller, today)
        more = (_before(access.state, each).may for each in others)
        access = access.model_copy(update={"may": access.may.union(*more)})
    if access.may.isdisjoint(actions):
        raise _not_allowed(access, actions[0])
    return access


def _not_allowed(access: Access, action: Action) -> Failed:
    """403, and why: it need not be the role."""
    if Relation.STEPPED_ASIDE in access.relations:
        return Failed(HTTPStatus.FORBIDDEN, ProblemCode.STEPPED_ASIDE)
    return forbidden(access.caller, action)


async def _in_own_right_or_not(
    session: AsyncSession, own: Access, actions: tuple[Action, ...], today: date
) -> Access:
    """In whose right one of the actions is done: one's own, but where only a deputy may do it, or where it is
    done in the stead of whoever coordinates the matter."""
    lacks = own.may.isdisjoint(actions)
    theirs = own.state.coordinator not in {None, own.caller.right_of} and READS.isdisjoint(actions)
    if not lacks and not theirs:
        return own
    others = [_before(own.state, each) for each in await in_whose_stead(session, own.caller, today)]
    able = [each for each in others if not each.may.isdisjoint(actions)]
    coordinating = (each for each in able if Relation.COORDINATOR in each.relations)
    return next(coordinating, next(iter(able), own) if lacks else own)


def _sees_it(access: Access) -> None:
    """Raises Failed (404) for whoever may not know of it."""
    if not sees(access.state, access.caller.role, access.relations):
        raise not_found(ProblemCode.MONITORING_UNKNOWN, number=access.number)


def _before(state: MonitoringState, caller: Caller) -> Access:
    relations = relations_for(state, caller)
    return Access(caller=caller, state=state, relations=relations, may=rights_of(caller, relations))


async def _standing(session: AsyncSession, number: Number, caller: Caller, read: ReadBeside | None) -> Access:
    """A caller before a monitoring, in their own right. Raises Failed (404) where there is none."""
    if read is None:
        found = (await session.exec(_READ, params={"number": number})).one()
        read = ReadBeside(number, *found)
    recorded = read.state
    if recorded is None:
        raise not_found(ProblemCode.MONITORING_UNKNOWN, number=number)
    seen(session, read.version)
    return _before(state_as_kept(recorded), caller)


async def _did_so_before(session: AsyncSession, request: Request, caller: Caller) -> bool:
    """Whether this very key brought a command of the caller's that happened: its answer is given again, even
    where the command itself took the right away (a monitoring was handed over)."""
    key = request.headers.get(KEY_HEADER)
    row = await session.get(CommandRow, command_id(caller.account, key)) if key else None
    return row is not None and row.outcome == CommandOutcome.DONE


class AccountPolicy:
    """For routes that concern no one monitoring."""

    def __init__(self, action: Action) -> None:
        self.actions = (action,)

    async def __call__(self, caller: AnyCaller) -> Caller:
        """Raises Failed (403)."""
        within_scope(caller, *self.actions)
        if not may(caller.role, self.actions[0], Relation.NONE):
            raise forbidden(caller, self.actions[0])
        return caller


class PublicPolicy:
    """For routes without sign-in: what is published, and whether the service is up."""

    actions = (Action.READ_PUBLISHED,)

    async def __call__(self) -> None:
        """Everybody may."""


def within_scope(caller: Caller, *actions: Action) -> None:
    """Whether the token was issued for one of these. Raises Failed (403), whatever the account may do."""
    scopes = [scope_of(action) for action in actions]
    if None in scopes or not caller.scopes.isdisjoint(scopes):
        return
    lacking = next(scope for scope in scopes if scope is not None)
    challenge = f'Bearer realm="monitoring", error="insufficient_scope", scope="{lacking.value}"'
    raise Failed(
        HTTPStatus.FORBIDDEN,
        ProblemCode.SCOPE_MISSING,
        headers={"WWW-Authenticate": challenge},
        params={"scope": lacking.value},
    )


def forbidden(caller: Caller, action: Action) -> Failed:
    """403: the caller's role does not allow it."""
    return Failed(
        HTTPStatus.FORBIDDEN,
        ProblemCode.FORBIDDEN,
        params={"role": caller.role.value, "action": action.value},
    )


def speaks_for(access: Access, organisation: Id, on_behalf: Authority | None) -> None:
    """Whoever answers for a body belongs to it, or records its paper on its behalf. Raises Failed (403).

    Where the body is no more, its successor answers.
    """
    own = access.answers_for(organisation)
    asked = {organisation, access.state.stands_for(organisation)}
    recorded = on_behalf is not None and on_behalf.organisation in asked
    conducts = Relation.CONDUCTOR in access.relations
    if not own and not (conducts and recorded):
        raise Failed(
            HTTPStatus.FORBIDDEN, ProblemCode.NOT_ON_OWN_BEHALF, params={"organisation": organisation}
        )
