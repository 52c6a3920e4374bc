"""The working group (rule 12)."""

from models.agenda.deadline import DeadlineSubject, deadline_id
from models.events import (
    Entry,
    InvitationAnswered,
    MemberAppointed,
    MemberInvited,
    MemberWithdrawn,
    OrganisationAgreementRecorded,
    WorkingGroupCreated,
)
from models.letters.purposes import LinkSubject, purposes_about
from models.monitoring.fold.letters import letters_withdrawn
from models.monitoring.fold.registry import folds
from models.monitoring.state import Member, MonitoringState, WorkingGroup
from models.proceeding.fold import met, with_deadline, withdrawn
from models.proceeding.registry import changed
from models.vocabulary.procedure import Consent, Id

_TO_MEMBERS = purposes_about(LinkSubject.MEMBER)


@folds(WorkingGroupCreated)
def working_group_created(state: MonitoringState, event: WorkingGroupCreated, _: Entry) -> MonitoringState:
    return changed(state, working_group=WorkingGroup(decision=event.decision))


@folds(MemberAppointed)
def member_appointed(state: MonitoringState, event: MemberAppointed, entry: Entry) -> MonitoringState:
    new = event.member
    state = _place_freed(state, event.replaces, entry)
    return _with_member(
        state,
        Member(
            id=new.member,
            person=new.person,
            community=new.community,
            organisation=new.organisation,
            employer=new.employer,
            consent=Consent.NOT_NEEDED,
            replaces=event.replaces,
        ),
    )


@folds(MemberInvited)
def member_invited(state: MonitoringState, event: MemberInvited, entry: Entry) -> MonitoringState:
    new = event.member
    state = _place_freed(state, event.replaces, entry)
    invited = Member(
        id=new.member,
        person=new.person,
        community=new.community,
        organisation=new.organisation,
        employer=new.employer,
        consent=Consent.INVITED,
        replaces=event.replaces,
    )
    return with_deadline(_with_member(state, invited), event.deadline)


@folds(InvitationAnswered)
def invitation_answered(state: MonitoringState, event: InvitationAnswered, entry: Entry) -> MonitoringState:
    consent = Consent.CONSENTED if event.consents else Consent.REFUSED
    state = _member_now(state, event.member, consent=consent, agreement=event.agreement)
    return met(state, deadline_id(DeadlineSubject.INVITATION, event.member), entry)


@folds(MemberWithdrawn)
def member_withdrawn(state: MonitoringState, event: MemberWithdrawn, entry: Entry) -> MonitoringState:
    state = _member_now(state, event.member, consent=Consent.WITHDRAWN)
    state = letters_withdrawn(state, event.member, *_TO_MEMBERS)
    return withdrawn(state, deadline_id(DeadlineSubject.INVITATION, event.member), entry)


@folds(OrganisationAgreementRecorded)
def organisation_agreement_recorded(
    state: MonitoringState, event: OrganisationAgreementRecorded, _: Entry
) -> MonitoringState:
    return _member_now(state, event.member, agreement=event.agreement)


def officials_gone(state: MonitoringState, organisation: Id) -> MonitoringState:
    """Whoever is a member as an official of a body leaves with it: nobody asked for a consent (rule 12)."""
    for member in state.working_group.members.values() if state.working_group else ():
        if member.consent is Consent.NOT_NEEDED and member.organisation == organisation:
            state = _member_now(state, member.id, consent=Consent.WITHDRAWN)
            state = letters_withdrawn(state, member.id, *_TO_MEMBERS)
    return state


def _place_freed(state: MonitoringState, member: Id | None, entry: Entry) -> MonitoringState:
    """Somebody else takes the member's place, if anybody's: nothing is asked of that member any more."""
    if member is None:
        return state
    state = _member_now(state, member, consent=Consent.REPLACED)
    state = withdrawn(state, deadline_id(DeadlineSubject.INVITATION, member), entry)
    return letters_withdrawn(state, member, *_TO_MEMBERS)


def _with_member(state: MonitoringState, member: Member) -> MonitoringState:
    group = state.working_group
    assert group is not None, "rules let nobody into a group that was not created"
    members = {**group.members, member.id: member}
    return changed(state, working_group=group.model_copy(update={"members": members}))


def _member_now(state: MonitoringState, member: Id, **fields: object) -> MonitoringState:
    group = state.working_group
    assert group is not None, "rules let nobody answer for a group that was not created"
    return _with_member(state, group.members[member].model_copy(update=fields))
