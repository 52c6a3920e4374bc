"""Rule 12: a working group, if the head of the authorized body or of its division finds it necessary.

Created by the head's decision, with representatives of the public and of the expert community, each of
them by consent. Officials of the conductors themselves are members by the decision.
"""

from datetime import date

from models.commands import (
    AnswerInvitation,
    CreateWorkingGroup,
    InviteMember,
    NewMember,
    RecordOrganisationAgreement,
    WithdrawMember,
)
from models.events import (
    Event,
    InvitationAnswered,
    MemberAppointed,
    MemberInvited,
    MemberWithdrawn,
    OrganisationAgreementRecorded,
    WorkingGroupCreated,
)
from models.monitoring.deadlines import invitation_deadline
from models.monitoring.rules.registry import decides
from models.monitoring.state import Member, MonitoringState, WorkingGroup
from models.vocabulary.editions import Strictness
from models.vocabulary.procedure import Community, ConductorKind, Consent, Id
from models.vocabulary.refusal import Refusal, refuse_all, refuse_if

_REPLACEABLE = frozenset({Consent.REFUSED, Consent.NO_ANSWER, Consent.WITHDRAWN, Consent.INVITED})


@decides(CreateWorkingGroup)
def create_working_group(
    state: MonitoringState, command: CreateWorkingGroup, today: date
) -> tuple[Event, ...]:
    refuse_if(not state.before_approval, "report_approved_already", "12")
    others = state.conductor_kind is ConductorKind.OTHER_SUBJECT
    refuse_if(others, "working_group_of_other_subject", "12")
    refuse_if(state.working_group is not None, "working_group_exists", "12")
    decided = command.decision.decided_on
    refuse_if(decided > today, "date_in_future", "12", date=decided.isoformat())
    refuse_all(_composition_shortcomings(state, command.members))
    events: list[Event] = [WorkingGroupCreated(decision=command.decision)]
    events += [_membership(state, member, today) for member in command.members]
    return tuple(events)


@decides(InviteMember)
def invite_member(state: MonitoringState, command: InviteMember, today: date) -> tuple[Event, ...]:
    """A further member, or one in the place of somebody who refused, withdrew or did not answer."""
    group = _group(state)
    new = command.invited
    refuse_if(new.member in group.members, "member_known", "12", member=new.member)
    taken = any(
        m.person == new.person and (m.effective or m.consent is Consent.INVITED)
        for m in group.members.values()
    )
    refuse_if(taken, "person_invited_already", "12", person=new.person)
    if command.replaces is not None:
        replaced = _member(group, command.replaces)
        refuse_if(replaced.consent not in _REPLACEABLE, "member_not_replaceable", "12", member=replaced.id)
    return (_membership(state, new, today, command.replaces),)


@decides(AnswerInvitation)
def answer_invitation(state: MonitoringState, command: AnswerInvitation, today: date) -> tuple[Event, ...]:
    """The invitee's own word. A late one counts too while the place is not filled."""
    member = _member(_group(state), command.member)
    open_to_answer = member.consent in {Consent.INVITED, Consent.NO_ANSWER}
    refuse_if(not open_to_answer, "invitation_answered", "12", consent=member.consent.value)
    return (
        InvitationAnswered(
            member=member.id, consents=command.consents, agreement=command.agreement, note=command.note
        ),
    )


@decides(WithdrawMember)
def withdraw_member(state: MonitoringState, command: WithdrawMember, today: date) -> tuple[Event, ...]:
    """A member leaves, or the invitation is taken back; the history stays."""
    member = _member(_group(state), command.member)
    present = member.effective or member.consent is Consent.INVITED
    refuse_if(not present, "member_gone", "12", consent=member.consent.value)
    return (MemberWithdrawn(member=member.id, note=command.note),)


@decides(RecordOrganisationAgreement)
def record_organisation_agreement(
    state: MonitoringState, command: RecordOrganisationAgreement, today: date
) -> tuple[Event, ...]:
    """Kept apart from the member's own consent: the text does not say whose consent is meant."""
    member = _member(_group(state), command.member)
    refuse_if(member.organisation is None, "member_without_organisation", "12", member=member.id)
    agreement = OrganisationAgreementRecorded(
        member=member.id, agreement=command.agreement, note=command.note
    )
    return (agreement,)


def group_shortcomings(state: MonitoringState) -> tuple[Refusal, ...]:
    """An existing group has a consenting representative of the public and of the experts before approval."""
    group = state.working_group
    if group is None:
        return ()
    present = {member.community for member in group.members.values() if member.effective}
    return _missing_communities(state, present)


def _composition_shortcomings(state: MonitoringState, members: tuple[NewMember, ...]) -> tuple[Refusal, ...]:
    found: list[Refusal] = []
    if len({m.member for m in members}) < len(members) or len({m.person for m in members}) < len(members):
        found.append(Refusal(code="member_twice", rule="12"))
    return (*found, *_missing_communities(state, {member.community for member in members}))


def _missing_communities(state: MonitoringState, present: set[Community]) -> tuple[Refusal, ...]:
    """Default: at least one of each; an edition may only warn, then nothing is refused."""
    if state.edition.switches.working_group_both_communities is not Strictness.FORBID:
        return ()
    missing = [c for c in (Community.PUBLIC, Community.EXPERT) if c not in present]
    return tuple(
        Refusal(code="community_missing", rule="12", params={"community": community.value})
        for community in missing
    )


def _membership(
    state: MonitoringState, member: NewMember, today: date, replaces: Id | None = None
) -> MemberAppointed | MemberInvited:
    own = member.community is Community.OFFICIAL and state.conducted_by(member.organisation)
    if own:
        return MemberAppointed(member=member, replaces=replaces)
    deadline = invitation_deadline(state.edition, state.calendar, member.member, today)
    return MemberInvited(member=member, replaces=replaces, deadline=deadline)


def _group(state: MonitoringState) -> WorkingGroup:
    refuse_if(not state.before_approval, "report_approved_already", "12")
    refuse_if(state.working_group is None, "working_group_missing", "12")
    assert state.working_group is not None
    return state.working_group


def _member(group: WorkingGroup, member: Id) -> Member:
    refuse_if(member not in group.members, "member_unknown", "12", member=member)
    return group.members[member]
