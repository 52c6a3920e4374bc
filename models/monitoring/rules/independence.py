"""Rule 12: representatives of the public and of the expert community, from outside of what is monitored."""

from collections.abc import Iterable

from models.commands import NewMember
from models.monitoring.state import Member, MonitoringState
from models.vocabulary.bodies import Body
from models.vocabulary.procedure import Community, Consent
from models.vocabulary.refusal import Refusal

_GONE = frozenset({Consent.REFUSED, Consent.NO_ANSWER, Consent.WITHDRAWN, Consent.REPLACED})


def group_warnings(state: MonitoringState) -> tuple[Refusal, ...]:
    """The same of a group that there is; whoever left it is nobody's representative any more."""
    members = state.working_group.members.values() if state.working_group else ()
    return member_warnings(state, [member for member in members if member.consent not in _GONE])


def member_warnings(state: MonitoringState, members: Iterable[NewMember | Member]) -> tuple[Refusal, ...]:
    """The conductor's own staff, or the object's, its chief too, named as the public or as experts.

    The text forbids neither, so both are told and decided by the head.
    """
    found = []
    for member in members:
        if member.community is Community.OFFICIAL:
            continue
        for body in _employers(member, state.conductors):
            params = {"community": member.community.value, "organisation": body.organisation}
            found.append(Refusal(code="member_of_conductor", rule="12", params=params))
        for body in _employers(member, state.objects):
            params = {"community": member.community.value, "organisation": body.organisation}
            found.append(Refusal(code="member_of_object", rule="12", params=params))
    return tuple(found)


def _employers(member: NewMember | Member, bodies: tuple[Body, ...]) -> tuple[Body, ...]:
    """The first of the bodies that the member works for, if any."""
    return tuple(body for body in bodies if _works_for(member, body))[:1]


def _works_for(member: NewMember | Member, body: Body) -> bool:
    """By the decision's word or by the registry's; units of one legal person are one employer (A1)."""
    employer = member.employer
    if body.organisation in {member.organisation, employer.organisation if employer else None}:
        return True
    return employer is not None and employer.legal_person == body.legal_person
