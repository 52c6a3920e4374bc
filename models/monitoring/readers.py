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

WHOLE: Final = frozenset({Action.READ_OWN, Action.READ_ALL, Action.READ_AS_MEMBER})
"""What lets somebody see a monitoring from its start; `READ_SENT` lets them see what was approved."""

_EVERYTHING: Final = frozenset({Action.READ_OWN, Action.READ_ALL})

EVERYBODY: Final = "*"
"""Where a relation is to everything, whoever stands in it."""


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
        Relation.AUDIT: conductors,
        Relation.OVERSIGHT: frozenset({EVERYBODY}),
    }


def relations_of(
    state: MonitoringState, organisation: Id, person: Id, account: Id | None = None
) -> frozenset[Relation]:
    """How somebody stands to a monitoring. To act on behalf of another body adds none of these."""
    held = (
        relation
        for relation, ids in related(state).items()
        if _asked_for(relation, organisation, person) in ids
    )
    if account is not None and account in state.stepped_aside:
        leads = organisation == state.leading
        return frozenset({Relation.NONE, *({Relation.STEPPED_ASIDE} if leads else ())})
    own = {Relation.COORDINATOR} if account is not None and account == state.coordinator else set()
    return frozenset({Relation.NONE, *held, *own})


def sees(state: MonitoringState, role: Role, relations: frozenset[Relation]) -> bool:
    """Whether somebody may know of a monitoring at all."""
    rights = allowed(role, relations)
    from_the_start = not rights.isdisjoint(WHOLE | {Action.READ_NAMING})
    return from_the_start or (Action.READ_SENT in rights and state.current is not None)


def readers_of(state: MonitoringState) -> frozenset[str]:
    """The words by which a monitoring is found by whoever sees it."""
    approved = state.current is not None
    return frozenset(
        _word(relation, sight, each)
        for relation, ids in related(state).items()
        for sight in _SIGHTS[relation]
        if approved or sight is not _Sight.SENT
        for each in ids
    )


def words_of(role: Role, organisation: Id, person: Id) -> frozenset[str]:
    """The words somebody brings."""
    return frozenset(
        _word(relation, sight, _asked_for(relation, organisation, person))
        for relation, sights in _SIGHTS.items()
        for sight in sights
        if _gives(relation, role, sight)
    )


def _asked_for(relation: Relation, organisation: Id, person: Id) -> Id:
    """Whom of a reader a relation is about: the body, the person, or nobody in particular."""
    match relation:
        case Relation.PARTICIPANT:
            return person
        case Relation.OVERSIGHT:
            return EVERYBODY
        case _:
            return organisation


def words_of_report(role: Role, organisation: Id, person: Id) -> frozenset[str]:
    """Those of `words_of` by which somebody reads the report: whoever was only named does not."""
    words = words_of(role, organisation, person)
    return frozenset(word for word in words if _sight(word) in (_Sight.WHOLE, _Sight.SENT))


def words_of_whole_sight(role: Role, organisation: Id, person: Id) -> frozenset[str]:
    """Those of `words_of` by which somebody sees more than what was approved: drafts, too."""
    words = words_of(role, organisation, person)
    return frozenset(word for word in words if _sight(word) is _Sight.WHOLE)


def words_of_journal(role: Role, organisation: Id, person: Id) -> frozenset[str]:
    """Those of `words_of` by which somebody reads the whole timeline."""
    words = words_of_whole_sight(role, organisation, person)
    return frozenset(word for word in words if _gives_everything(Relation(word.partition("/")[0]), role))


def _gives_everything(relation: Relation, role: Role) -> bool:
    return not _EVERYTHING.isdisjoint(PERMISSIONS.get(relation, {}).get(role, frozenset()))


def words_of_all_items(role: Role, organisation: Id, person: Id) -> frozenset[str]:
    """Those of `words_of` by which somebody knows what became of every item: whoever sees everything, and who
    considers the report for the authorized body (rules 17, 18), or audits that."""
    own = {relation for relation in Relation if _gives_everything(relation, role)}
    if role is not Role.WEB_EDITOR:
        own.add(Relation.AUTHORIZED_BODY)
    words = words_of_report(role, organisation, person)
    return frozenset(word for word in words if Relation(word.partition("/")[0]) in own)


class _Sight(StrEnum):
    WHOLE = "whole"  # from the start
    NAMING = "naming"  # from the start, but for its content: what one was named a co-conductor of
    SENT = "sent"  # what was approved


def _sight(word: str) -> _Sight:
    return _Sight(word.partition(":")[0].partition("/")[2])


def _word(relation: Relation, sight: _Sight, each: Id) -> str:
    return f"{relation.value}/{sight.value}:{each}"


def _gives(relation: Relation, role: Role, sight: _Sight) -> bool:
    rights = PERMISSIONS.get(relation, {}).get(role, frozenset())
    return not rights.isdisjoint(_GIVEN_BY[sight])


_GIVEN_BY: Final = {
    _Sight.WHOLE: WHOLE,
    _Sight.NAMING: frozenset({Action.READ_NAMING}),
    _Sight.SENT: frozenset({Action.READ_SENT}),
}


_SIGHTS: Final = {
    relation: tuple(sight for sight in _Sight if any(_gives(relation, role, sight) for role in Role))
    for relation in Relation
}
