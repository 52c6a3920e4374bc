"""The working group (rule 12): the head's decision, invitations, consents and what organisations say."""

from typing import Annotated

from fastapi import Path
from pydantic import Field

from api.access.routing import COMMAND, monitoring_router
from api.commands.addressing import NamedMember, member_named, to_create_working_group
from api.commands.asking import MonitoringAsker, asks
from api.content.notes import kept, noted, noted_or_none
from api.http.deps import Session, Today
from api.http.languages import ReadersLanguage
from api.http.problems import reasons_of
from api.http.refused_names import names_said
from api.http.requests import CommandBody, Day, Line, RequestBody, Text
from api.problems.problem import ProblemCode, Reason, invalid
from models.commands import (
    AnswerInvitation,
    CreateWorkingGroup,
    HeadDecision,
    InviteMember,
    NewMember,
    RecordOrganisationAgreement,
    WithdrawMember,
)
from models.commands.receipt import Receipt
from models.monitoring.rules.independence import member_warnings
from models.report.notes import InvitationNote
from models.vocabulary.access import Relation
from models.vocabulary.procedure import Agreement, Community, Id

router = monitoring_router("working group")
MemberInPath = Annotated[Id, Path(description="The member's id.", examples=["m-4f1c0a9be2d37c55-0"])]


class NewMemberBody(RequestBody):
    person: Id = Field(description="A person of the registry.", examples=["p-expert-1"])
    community: Community
    organisation: Id | None = Field(default=None, description="Whose employee the person is, if anybody's.")

    def named(self) -> NamedMember:
        return NamedMember(person=self.person, community=self.community, organisation=self.organisation)


class CreateWorkingGroupBody(CommandBody):
    post: Line = Field(examples=["Төраға"])
    decided_on: Day
    decision_number: Line = Field(examples=["12-ө"])
    members: tuple[NewMemberBody, ...] = Field(min_length=1, max_length=50)


class InviteMemberBody(CommandBody):
    invited: NewMemberBody
    replaces: Id | None = Field(default=None, description="The member whose place is filled.")


class AnswerInvitationBody(CommandBody):
    consents: bool
    agreement: Agreement = Agreement.UNKNOWN
    note: Text | None = Field(
        default=None, description="The evidence, when a word given on paper is recorded."
    )


class WithdrawMemberBody(CommandBody):
    note: Text


class OrganisationAgreementBody(CommandBody):
    agreement: Agreement
    note: Text | None = None


class GroupView(Receipt):
    """The receipt, with what the head should know of the members that are named (rule 12)."""

    warnings: tuple[Reason, ...] = ()


@router.post("/working-group", responses=COMMAND)
async def create_working_group(
    body: CreateWorkingGroupBody,
    asker: Annotated[MonitoringAsker, asks(CreateWorkingGroup)],
    session: Session,
    today: Today,
    language: ReadersLanguage,
) -> GroupView:
    """Create the working group by the head's decision; members outside the body get an invitation.

    Whoever works for the conductor or for an object is told of: the text leaves that to the head.
    """
    decision = HeadDecision(
        head=asker.access.caller.person,
        post=body.post,
        decided_on=body.decided_on,
        decision_number=body.decision_number,
    )
    named = [new.named() for new in body.members]
    command = await to_create_working_group(
        session, asker.by(body), decision, named, asker.key.derived("m"), today
    )
    return await _sent(asker, command, command.members, session, today, language)


@router.post("/working-group/members", responses=COMMAND)
async def invite_member(
    body: InviteMemberBody,
    asker: Annotated[MonitoringAsker, asks(InviteMember)],
    session: Session,
    today: Today,
    language: ReadersLanguage,
) -> GroupView:
    """Invite one more member, or one in the place of somebody who refused, withdrew or did not answer."""
    invited = await member_named(session, today, body.invited.named(), asker.key.derived("m"), "/invited")
    command = InviteMember(**asker.by(body), invited=invited, replaces=body.replaces)
    return await _sent(asker, command, (invited,), session, today, language)


@router.post("/working-group/members/{member}/answer", responses=COMMAND)
async def answer_invitation(
    member: MemberInPath,
    body: AnswerInvitationBody,
    asker: Annotated[MonitoringAsker, asks(AnswerInvitation)],
) -> Receipt:
    """Record an invitee's word that came on paper. Invitees themselves answer by the link in their letter."""
    if Relation.CONDUCTOR in asker.access.relations and body.note is None:
        raise invalid(ProblemCode.NOT_ON_OWN_BEHALF, "/note", organisation=member)
    word = InvitationNote(text=body.note or "", consents=body.consents, agreement=body.agreement)
    note = kept(word)
    command = AnswerInvitation(
        **asker.by(body),
        member=member,
        consents=body.consents,
        agreement=body.agreement,
        note=note.sha256,
    )
    return await asker.send(command, notes=(note,))


@router.post("/working-group/members/{member}/withdrawal", responses=COMMAND)
async def withdraw_member(
    member: MemberInPath,
    body: WithdrawMemberBody,
    asker: Annotated[MonitoringAsker, asks(WithdrawMember)],
) -> Receipt:
    """Take a member out, or an invitation back. The history stays."""
    note = noted(body.note)
    command = WithdrawMember(**asker.by(body), member=member, note=note.sha256)
    return await asker.send(command, notes=(note,))


@router.post("/working-group/members/{member}/organisation-agreement", responses=COMMAND)
async def record_organisation_agreement(
    member: MemberInPath,
    body: OrganisationAgreementBody,
    asker: Annotated[MonitoringAsker, asks(RecordOrganisationAgreement)],
) -> Receipt:
    """Record whether the member's organisation agrees; kept apart from the member's own consent."""
    notes = noted_or_none(body.note)
    command = RecordOrganisationAgreement(
        **asker.by(body),
        member=member,
        agreement=body.agreement,
        note=notes[0].sha256 if notes else None,
    )
    return await asker.send(command, notes=notes)


async def _sent(
    asker: MonitoringAsker,
    command: CreateWorkingGroup | InviteMember,
    members: tuple[NewMember, ...],
    session: Session,
    today: Today,
    language: ReadersLanguage,
) -> GroupView:
    receipt = await asker.send(command)
    found = member_warnings(asker.access.state, members)
    names = await names_said(session, today, found, language)
    return GroupView(**receipt.model_dump(), warnings=reasons_of(found, language, names))
