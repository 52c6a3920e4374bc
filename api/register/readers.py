"""Who reads the register: the authorized body's own people, and oversight (rules 17, 18)."""

from datetime import date, datetime
from typing import Annotated

from fastapi import Depends, Request
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.bodies import authorized_body_on
from api.access.auth import Caller
from api.access.policy import forbidden
from api.access.reads import note_read
from api.access.routing import permit_account
from api.http.deps import Now, Session, Today
from models.vocabulary.access import Action, Relation, allowed
from models.vocabulary.procedure import Id

# Whoever may read every report that reached the authorized body may read them together.
_ANY = frozenset({Action.READ_SENT, Action.READ_ALL})


def reads_register(caller: Caller, authorized_body: Id) -> bool:
    """Whether the register is this caller's to read."""
    own = {Relation.AUTHORIZED_BODY} if caller.organisation == authorized_body else set()
    return not allowed(caller.role, frozenset({Relation.OVERSIGHT, *own})).isdisjoint(_ANY)


async def register_reader(
    request: Request,
    caller: Annotated[Caller, permit_account(Action.READ_REGISTRIES)],
    session: Session,
    today: Today,
    now: Now,
) -> Caller:
    """Raises Failed (403) for everybody else."""
    await admit(session, request, caller, today, now)
    return caller


async def admit(session: AsyncSession, request: Request, caller: Caller, today: date, now: datetime) -> None:
    """Let a reader of the register in, and write an auditor's read down. Raises Failed (403)."""
    if not reads_register(caller, await authorized_body_on(session, today)):
        raise forbidden(caller, Action.READ_SENT)
    note_read(session, request, caller, None, now)


RegisterReader = Annotated[Caller, Depends(register_reader)]
