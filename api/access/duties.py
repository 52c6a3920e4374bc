"""Who may read a duty of rule 13, and who may prove it."""

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import Depends, Path, Request
from sqlalchemy import ColumnElement, Text, cast, literal
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.bodies import authorized_body_on
from api.access.auth import AnyCaller, Caller
from api.access.policy import forbidden, within_scope
from api.access.reads import note_read
from api.http.deps import Now, Session, Today
from api.problems.problem import ProblemCode, not_found
from models.duty.state import DutyState
from models.tables.duties import DutyRow
from models.vocabulary.access import Action, Relation, allowed
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Mark, Role

MarkInPath = Annotated[Mark, Path(description="The duty's mark.", examples=["13.1-SARY"])]


class DutyAccess(Model):
    """A caller before one duty, and how it stands; `next_due` is its next reminder or its period's end
    (UTC)."""

    caller: Caller
    state: DutyState
    head_hash: str
    next_due: datetime | None
    may: frozenset[Action]


class DutyPolicy:
    """For routes under `/duties/{mark}`: whoever sees the duty reads it; its body's auditors prove it, and
    oversight."""

    def __init__(self, action: Action) -> None:
        self.actions = (action,)

    async def __call__(
        self, mark: MarkInPath, request: Request, session: Session, caller: AnyCaller, today: Today, now: Now
    ) -> DutyAccess:
        """Raises Failed: 404 for whoever may not know of it, 403 for whoever may not do this."""
        within_scope(caller, *self.actions)
        access = await duty_access(session, mark, caller, self.actions[0], today)
        note_read(session, request, caller, mark, now)
        return access


async def duty_access(
    session: AsyncSession, mark: Mark, caller: Caller, action: Action, today: date
) -> DutyAccess:
    """A caller before a duty. Raises Failed as `DutyPolicy`."""
    authorized_body = await authorized_body_on(session, today)
    seen = duties_seen(caller, authorized_body)
    row = (await session.exec(select(DutyRow).where(seen, col(DutyRow.mark) == mark))).first()
    if row is None:
        raise not_found(ProblemCode.ITEM_UNKNOWN, item=mark)
    rights = allowed(caller.role, _relations(caller, row.organisation))
    if action not in rights:
        raise forbidden(caller, action)
    return DutyAccess(
        caller=caller,
        state=DutyState.model_validate(row.state),
        head_hash=row.head_hash,
        next_due=row.next_due,
        may=rights,
    )


async def duty_states_seen_by(caller: Caller, session: AsyncSession, today: date) -> list[DutyState]:
    """How they stand, by their marks; each read from the text that it is kept as."""
    seen = duties_seen(caller, await authorized_body_on(session, today))
    found = select(cast(DutyRow.state, Text)).where(seen).order_by(col(DutyRow.mark))
    return [DutyState.model_validate_json(written) for written in await session.exec(found)]


async def duties_seen_by(caller: Caller, session: AsyncSession, today: date) -> tuple[DutyRow, ...]:
    """The duties in the reader's scope, by their marks."""
    seen = duties_seen(caller, await authorized_body_on(session, today))
    return tuple(await session.exec(select(DutyRow).where(seen).order_by(col(DutyRow.mark))))


def duties_seen(caller: Caller, authorized_body: Id) -> ColumnElement[bool]:
    """Rule 13 is the authorized body's to watch over; every other body sees its own duty."""
    oversees = caller.role is Role.OVERSIGHT or caller.organisation == authorized_body
    return literal(True) if oversees else col(DutyRow.organisation) == caller.organisation


def _relations(caller: Caller, owing: Id) -> frozenset[Relation]:
    """The body that owes conducts, and its auditors audit."""
    own = caller.organisation == owing
    holds = {
        Relation.NONE: True,
        Relation.CONDUCTOR: own,
        Relation.AUDIT: own,
        Relation.OVERSIGHT: True,
    }
    return frozenset(relation for relation, held in holds.items() if held)


def permit_duty(action: Action) -> Any:
    """Only for callers who may do this with the duty in the path."""
    return Depends(DutyPolicy(action))
