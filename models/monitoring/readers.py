"""Who sees a monitoring (docs/procedure.md, Roles): lists and pages judge by the same words.

A monitoring is seen in a *relation*; which roles see it in which one is the table in `vocabulary/access`.
Lists ask the database, so the relations are kept beside the projection as words (`readers_of`), and whoever
asks brings the words of their own (`words_of`): one in common is sight.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from models.monitoring.open_work import publication_due
from models.monitoring.state import MonitoringState
from models.vocabulary.access import PERMISSIONS, Action, Relation, allowed
from models.vocabulary.procedure import Id, Role

WHOLE: Final = frozenset({Action.READ_OWN, Action.READ_ALL, Action.READ_AS_MEMBER, Action.READ_NAMING})
"""What lets somebody see a monitoring from its start; `READ_SENT` lets them see what was approved."""


def related(state: MonitoringState) -> Mapping[Relation, frozenset[Id]]:
    """The bodies in each relation to a monitoring; for participants, the persons.

    The authorized body stands in its own (rules 17-19) once an approved report reached it: its own one, one
    it was sent, or one it is to publish. Where a body is no more, whoever came after it stands in its place.
    """
    leading, authorized, conductors = state.leading, state.authorized_body, frozenset(state.conducting)
    lead = frozenset({leading} if leading else ())
    addressees = frozenset(body for each in state.addressees if (body := state.stands_for(each)))
    members = state.working_group.members.values() if state.working_group else ()
    reached = authorized in conductors | addressees or publication_due(state)
    return {
        Relation.CONDUCTOR: lead,
        Relation.CO_CONDUCTOR: conductors - lead,
        Relation.NAMED: frozenset(
            body
            for each, named in state.co_conductors.items()
            if named.waits and (body := state.stands_for(each))
        ),
        Relation.HEIR: frozenset(() if leading else {authorized}),
        Relation.AUTHORIZED_BODY: frozenset({authorized} if state.current and reached else ()),
        Relation.ADDRESSEE: addressees,
        Relation.PARTICIPANT: frozenset(member.person for member in members if member.effective),
        Relation.OVERSIGHT: conductors | {authorized},
    }


def relations_of(state: MonitoringState, organisation: Id, person: Id) -> frozenset[Relation]:
    """How somebody stands to a monitoring. To act on behalf of another body adds none of these."""
    own = {Relation.PARTICIPANT: person}
    held = (relation for relation, ids in related(state).items() if own.get(relation, organisation) in ids)
    return frozenset({Relation.NONE, *held})


def sees(state: MonitoringState, role: Role, relations: frozenset[Relation]) -> bool:
    """Whether somebody may know of a monitoring at all."""
    rights = allowed(role, relations)
    return not rights.isdisjoint(WHOLE) or (Action.READ_SENT in rights and state.current is not None)


def readers_of(state: MonitoringState) -> frozenset[str]:
    """The words by which a monitoring is found by whoever sees it."""
    approved = state.current is not None
    return frozenset(
        _word(relation, sight, each)
        for relation, ids in related(state).items()
        for sight in _SIGHTS[relation]
        if approved or sight is _Sight.WHOLE
        for each in ids
    )


def words_of(role: Role, organisation: Id, person: Id) -> frozenset[str]:
    """The words somebody brings."""
    return frozenset(
        _word(relation, sight, person if relation is Relation.PARTICIPANT else organisation)
        for relation, sights in _SIGHTS.items()
        for sight in sights
        if _gives(relation, role, sight)
    )


def words_of_whole_sight(role: Role, organisation: Id, person: Id) -> frozenset[str]:
    """Those of `words_of` by which somebody sees more than what was approved: drafts, too."""
    words = words_of(role, organisation, person)
    return frozenset(word for word in words if word.partition(":")[0].endswith(_Sight.WHOLE))


class _Sight(StrEnum):
    WHOLE = "whole"  # from the start
    SENT = "sent"  # what was approved


def _word(relation: Relation, sight: _Sight, each: Id) -> str:
    return f"{relation.value}/{sight.value}:{each}"


def _gives(relation: Relation, role: Role, sight: _Sight) -> bool:
    rights = PERMISSIONS.get(relation, {}).get(role, frozenset())
    return Action.READ_SENT in rights if sight is _Sight.SENT else not rights.isdisjoint(WHOLE)


_SIGHTS: Final = {
    relation: tuple(sight for sight in _Sight if any(_gives(relation, role, sight) for role in Role))
    for relation in Relation
}
