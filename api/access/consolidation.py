"""Who may see and do what with the authorized body's consolidation (rules 17, 18)."""

from datetime import date
from typing import Any

from fastapi import Depends, Request
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.bodies import authorized_body_on
from api.access.auth import AnyCaller, Caller
from api.access.policy import forbidden, within_scope
from api.access.reads import note_read
from api.http.deps import Now, Session, Today
from api.problems.problem import ProblemCode, not_found
from models.consolidation.state import ConsolidationState
from models.tables.consolidations import ConsolidationRow
from models.vocabulary.access import Action, Relation, allowed
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, consolidation_workflow_id


class ConsolidationAccess(Model):
    """A caller before the consolidation of the authorized body of today."""

    caller: Caller
    state: ConsolidationState
    head_hash: str
    may: frozenset[Action]


class ConsolidationPolicy:
    """For routes under `/consolidation`: staff of the authorized body act, its auditors and oversight read
    and prove."""

    def __init__(self, action: Action) -> None:
        self.actions = (action,)

    async def __call__(
        self, request: Request, session: Session, caller: AnyCaller, today: Today, now: Now
    ) -> ConsolidationAccess:
        """Raises Failed: 403 for everybody else, 404 before the consolidation has begun."""
        within_scope(caller, *self.actions)
        access = await consolidation_access(session, caller, self.actions[0], today)
        if access is None:
            raise not_found(ProblemCode.ITEM_UNKNOWN, item="consolidation")
        note_read(session, request, caller, access.state.mark, now)
        return access


async def consolidation_access(
    session: AsyncSession, caller: Caller, action: Action, today: date
) -> ConsolidationAccess | None:
    """A caller before the consolidation; None before it has begun. Raises Failed (403) for everybody else."""
    body = await authorized_body_on(session, today)
    rights = allowed(caller.role, _relations(caller, body))
    if action not in rights:
        raise forbidden(caller, action)
    row = await _row(session, body)
    if row is None:
        return None
    state = ConsolidationState.model_validate(row.state)
    return ConsolidationAccess(caller=caller, state=state, head_hash=row.head_hash, may=rights)


async def consolidation_of(session: AsyncSession, authorized_body: Id) -> ConsolidationState | None:
    """A body's consolidation as it stands; None before it has begun."""
    row = await _row(session, authorized_body)
    return ConsolidationState.model_validate(row.state) if row else None


async def _row(session: AsyncSession, body: Id) -> ConsolidationRow | None:
    return await session.get(ConsolidationRow, consolidation_workflow_id(body), populate_existing=True)


def may_consolidate(caller: Caller, action: Action, authorized_body: Id) -> bool:
    """Staff of the authorized body act on its consolidation; its auditors and oversight read it."""
    return action in allowed(caller.role, _relations(caller, authorized_body))


def _relations(caller: Caller, authorized_body: Id) -> frozenset[Relation]:
    own = caller.organisation == authorized_body
    holds = {
        Relation.NONE: True,
        Relation.CONSOLIDATOR: own,
        Relation.OVERSIGHT: True,
    }
    return frozenset(relation for relation, held in holds.items() if held)


def permit_consolidation(action: Action) -> Any:
    """Only for callers who may do this with the consolidation."""
    return Depends(ConsolidationPolicy(action))
