"""The working group (rule 12)."""

from typing import Literal

from models.agenda.deadline import Deadline
from models.commands import HeadDecision, NewMember
from models.vocabulary.base import Model
from models.vocabulary.procedure import Agreement, Id
from models.vocabulary.texts import NoteHash


class WorkingGroupCreated(Model):
    """Rule 12: the head's decision created the working group."""

    type: Literal["working_group_created"] = "working_group_created"
    decision: HeadDecision


class MemberAppointed(Model):
    """Rule 12: an official of a conductor is a member by the head's decision itself."""

    type: Literal["member_appointed"] = "member_appointed"
    member: NewMember
    replaces: Id | None = None


class MemberInvited(Model):
    """Rule 12: a person was asked to be a member and consents or refuses by the deadline."""

    type: Literal["member_invited"] = "member_invited"
    member: NewMember
    replaces: Id | None = None
    deadline: Deadline


class InvitationAnswered(Model):
    """Rule 12, «by consent»: the invited person consented or refused."""

    type: Literal["invitation_answered"] = "invitation_answered"
    member: Id
    consents: bool
    agreement: Agreement = Agreement.UNKNOWN
    note: NoteHash | None = None


class MemberWithdrawn(Model):
    """Rule 12: a member left the group; the journal keeps that it was one."""

    type: Literal["member_withdrawn"] = "member_withdrawn"
    member: Id
    note: NoteHash


class OrganisationAgreementRecorded(Model):
    """Rule 12: whether a member's organisation agrees; apart from the member's own consent."""

    type: Literal["organisation_agreement_recorded"] = "organisation_agreement_recorded"
    member: Id
    agreement: Agreement
    note: NoteHash | None = None
