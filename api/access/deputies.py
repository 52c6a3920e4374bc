"""A deputy has the rights of whoever they stand in for, beside their own, and uses them by name."""

from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.deputies import StoodInFor, stood_in_for
from api.access.auth import Caller
from models.monitoring.readers import relations_of
from models.monitoring.state import MonitoringState
from models.vocabulary.access import PERSONAL, Action, Relation, allowed
from models.vocabulary.deputies import DEPUTIES

_NOBODY = ""  # memberships of a working group are personal (rule 12)


async def in_whose_stead(session: AsyncSession, caller: Caller, today: date) -> tuple[Caller, ...]:
    """The caller once more for each person they are deputy of today; none for whoever changes nothing."""
    if caller.role not in DEPUTIES or caller.stands_in is not None:
        return ()
    return tuple(_instead(caller, each) for each in await stood_in_for(session, caller.account, today))


def _instead(caller: Caller, of: StoodInFor) -> Caller:
    return Caller(
        account=caller.account,
        person=caller.person,
        organisation=of.organisation,
        role=of.role,
        scopes=caller.scopes,
        stands_in=of.deputyship.stand_in,
    )


def relations_for(state: MonitoringState, caller: Caller) -> frozenset[Relation]:
    """How a caller stands to a monitoring. Whoever stepped aside from it stands in for nobody there."""
    if caller.stands_in is None:
        return relations_of(state, caller.organisation, caller.person, caller.account)
    if caller.account in state.stepped_aside:
        return frozenset({Relation.NONE})
    return relations_of(state, caller.organisation, _NOBODY, caller.stands_in.account)


def rights_of(caller: Caller, relations: frozenset[Relation]) -> frozenset[Action]:
    rights = allowed(caller.role, relations)
    return rights if caller.stands_in is None else rights - PERSONAL
