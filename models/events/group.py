"""The working group (rule 12)."""

from typing import Literal

from models.agenda.deadline import Deadline
from models.commands.monitoring import HeadDecision, NewMember
from models.vocabulary.base import Model
from models.vocabulary.procedure import Agreement, Id
from models.vocabulary.texts import NoteHash


class WorkingGroupCreated(Model):
    type: Literal["working_group_created"] = "working_group_created"
    decision: HeadDecision


class MemberAppointed(Model):
    """An official of a conductor: a member by the head's decision itself."""

    type: Literal["member_appointed"] = "member_appointed"
    member: NewMember
    replaces: Id | None = None


class MemberInvited(Model):
    type: Literal["member_invited"] = "member_invited"
    member: NewMember
    replaces: Id | None = None
    deadline: Deadline


class InvitationAnswered(Model):
    type: Literal["invitation_answered"] = "invitation_answered"
    member: Id
    consents: bool
    agreement: Agreement = Agreement.UNKNOWN
    note: NoteHash | None = None


class MemberWithdrawn(Model):
    type: Literal["member_withdrawn"] = "member_withdrawn"
    member: Id
    note: NoteHash


class OrganisationAgreementRecorded(Model):
    type: Literal["organisation_agreement_recorded"] = "organisation_agreement_recorded"
    member: Id
    agreement: Agreement
    note: NoteHash | None = None
