"""The caller's own account, and the log of commands."""

from datetime import datetime
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, Field
from sqlmodel import col, select

from activities.letters.gathering import prefer, preference_of
from activities.record.settling import settle_commands
from activities.registries.bodies import names_of
from api.access.auth import Caller
from api.access.routing import account_router, permit_account
from api.commands.registering import UPLOADS
from api.http.deps import Now, Session, Today
from api.http.pagination import Limit
from api.views.scope import in_scope
from models.letters.preference import LetterPreference
from models.report.content import Wording
from models.tables.commands import CommandRow
from models.tables.people import PersonRow
from models.vocabulary.access import Action, Relation, allowed
from models.vocabulary.actors import Actor
from models.vocabulary.commands import CommandOutcome
from models.vocabulary.procedure import Id, Mark, Number, Role

router = account_router("account")


class MeView(BaseModel):
    """Who the token stands for."""

    account: Id
    role: Role
    person: Id
    name: str
    organisation: Id
    organisation_name: Wording
    may: tuple[Action, ...] = Field(description="What the role may do apart from any one monitoring.")


class CommandView(BaseModel):
    """A command as it was received: who, what, and if refused, why."""

    id: Id
    at: datetime
    name: str
    number: Number | Mark | None = Field(
        description="Of the monitoring or paper report; or the mark of the consolidation."
    )
    actor: Actor
    outcome: CommandOutcome
    code: str
    rule: str


@router.get("/me")
async def read_me(
    caller: Annotated[Caller, permit_account(Action.READ_PUBLISHED)], session: Session, today: Today
) -> MeView:
    """The caller's account, person, organisation and role."""
    person = await session.get(PersonRow, caller.person)
    names = await names_of(session, today, (caller.organisation,))
    return MeView(
        account=caller.account,
        role=caller.role,
        person=caller.person,
        name=person.name if person else "",
        organisation=caller.organisation,
        organisation_name=names.get(caller.organisation) or Wording(kk=caller.organisation),
        may=tuple(sorted(allowed(caller.role, frozenset({Relation.NONE})))),
    )


@router.get("/me/letters")
async def read_letter_preference(
    caller: Annotated[Caller, permit_account(Action.START_MONITORING)], session: Session
) -> LetterPreference:
    """How the caller wants to be told what only informs: as it comes, or gathered at a local hour."""
    return await preference_of(session, caller.account)


@router.put("/me/letters")
async def choose_letter_preference(
    caller: Annotated[Caller, permit_account(Action.START_MONITORING)],
    wanted: LetterPreference,
    session: Session,
    now: Now,
) -> LetterPreference:
    """Choose it. Letters about terms and things to do come at once all the same."""
    await prefer(session, caller.account, wanted, now)
    return wanted


@router.get("/commands")
async def list_commands(
    caller: Annotated[Caller, permit_account(Action.READ_COMMANDS)],
    session: Session,
    now: Now,
    outcome: CommandOutcome | None = None,
    number: Annotated[Number | Mark | None, Query()] = None,
    limit: Limit = 100,
) -> tuple[CommandView, ...]:
    """The log of commands, newest first: refused ones leave no trace anywhere else.

    An auditor sees what is of its own body. Of one whose answer was not waited for the journal tells what
    became of it.
    """
    await settle_commands(session, now)
    acted_for = col(CommandRow.actor)["organisation"].astext
    found = select(CommandRow).where(
        col(CommandRow.name).not_in(UPLOADS), in_scope(caller, col(CommandRow.number), acted_for)
    )
    if outcome is not None:
        found = found.where(CommandRow.outcome == outcome.value)
    if number is not None:
        found = found.where(CommandRow.number == number)
    rows = await session.exec(found.order_by(col(CommandRow.at).desc(), col(CommandRow.id)).limit(limit))
    return tuple(CommandView.model_validate(row, from_attributes=True) for row in rows)
