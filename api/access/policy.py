"""Every route declares who may use it, by one of these dependencies; a test fails for a route without one."""

from http import HTTPStatus
from typing import Annotated, Final

from fastapi import Path, Request
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.remembered import VERSION, seen
from api.access.auth import AnyCaller, Caller
from api.access.beside import STATE, ReadBeside, read_beside
from api.access.reads import note_read
from api.http.deps import Now, Session
from api.http.requests import KEY_HEADER
from api.problems.problem import Failed, ProblemCode, not_found
from models.commands.command import command_id
from models.monitoring.readers import relations_of, sees
from models.monitoring.state import MonitoringState
from models.tables.commands import CommandRow
from models.vocabulary.access import Action, Relation, allowed, may
from models.vocabulary.actors import Actor, Authority
from models.vocabulary.base import Model
from models.vocabulary.commands import CommandOutcome
from models.vocabulary.procedure import Id, Number

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
        role=caller.role, account=caller.account, organisation=caller.organisation, on_behalf=on_behalf
    )


class MonitoringPolicy:
    """For routes under `/monitorings/{number}`: at least one of the actions is allowed."""

    def __init__(self, *actions: Action) -> None:
        self.actions = actions

    async def __call__(
        self, number: NumberInPath, request: Request, session: Session, caller: AnyCaller, now: Now
    ) -> Access:
        """Raises Failed: 404 for whoever may not know that it exists, 403 for whoever may not do this."""
        access = await _standing(session, number, caller, read_beside(request, number))
        if access.may.isdisjoint(self.actions) and not await _did_so_before(session, request, caller):
            raise _not_allowed(access, self.actions[0])
        note_read(session, request, caller, number, now)
        return access


async def access_to(
    session: AsyncSession,
    number: Number,
    caller: Caller,
    actions: tuple[Action, ...],
    read: ReadBeside | None = None,
) -> Access:
    """A caller before a monitoring, with at least one of the actions. Raises Failed as `MonitoringPolicy`."""
    access = await _standing(session, number, caller, read)
    if access.may.isdisjoint(actions):
        raise _not_allowed(access, actions[0])
    return access


def _not_allowed(access: Access, action: Action) -> Failed:
    """403, and why: it need not be the role."""
    if Relation.STEPPED_ASIDE in access.relations:
        return Failed(HTTPStatus.FORBIDDEN, ProblemCode.STEPPED_ASIDE)
    return forbidden(access.caller, action)


async def _standing(session: AsyncSession, number: Number, caller: Caller, read: ReadBeside | None) -> Access:
    """A caller before a monitoring that they may know of. Raises Failed (404)."""
    if read is None:
        found = (await session.exec(_READ, params={"number": number})).one()
        read = ReadBeside(number, *found)
    recorded = read.state
    if recorded is None:
        raise not_found(ProblemCode.MONITORING_UNKNOWN, number=number)
    seen(session, read.version)
    state = MonitoringState.model_validate(recorded)
    relations = relations_of(state, caller.organisation, caller.person, caller.account)
    rights = allowed(caller.role, relations)
    if not sees(state, caller.role, relations):
        raise not_found(ProblemCode.MONITORING_UNKNOWN, number=number)
    return Access(caller=caller, state=state, relations=relations, may=rights)


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
        if not may(caller.role, self.actions[0], Relation.NONE):
            raise forbidden(caller, self.actions[0])
        return caller


class PublicPolicy:
    """For routes without sign-in: what is published, and whether the service is up."""

    actions = (Action.READ_PUBLISHED,)

    async def __call__(self) -> None:
        """Everybody may."""


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
