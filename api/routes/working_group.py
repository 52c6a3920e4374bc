"""The working group (rule 12): the head's decision, invitations, consents and what organisations say."""

from typing import Annotated

from fastapi import Path
from pydantic import Field

from api.access.routing import COMMAND, monitoring_router
from api.commands.asking import MonitoringAsker, asks
from api.content.notes import kept, noted, noted_or_none
from api.http.deps import Session
from api.http.requests import CommandBody, Day, Line, RequestBody, Text
from api.problems.problem import ProblemCode, invalid
from api.registries.people import person_in_registry
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
from models.report.notes import InvitationNote
from models.vocabulary.access import Relation
from models.vocabulary.procedure import Agreement, Community, Id

router = monitoring_router("working group")
MemberInPath = Annotated[Id, Path(description="The member's id.", examples=["m-4f1c0a9be2d37c55-0"])]


class NewMemberBody(RequestBody):
    person: Id = Field(description="A person of the registry.", examples=["p-expert-1"])
    community: Community
    organisation: Id | None = Field(default=None, description="Whose employee the person is, if anybody's.")


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


@router.post("/working-group", responses=COMMAND)
async def create_working_group(
    body: CreateWorkingGroupBody,
    asker: Annotated[MonitoringAsker, asks(CreateWorkingGroup)],
    session: Session,
) -> Receipt:
    """Create the working group by the head's decision; members outside the body get an invitation."""
    members = [
        await _member(session, new, f"{asker.key.derived('m')}-{index}", f"/members/{index}")
        for index, new in enumerate(body.members)
    ]
    command = CreateWorkingGroup(
        **asker.by(body),
        decision=HeadDecision(
            head=asker.access.caller.person,
            post=body.post,
            decided_on=body.decided_on,
            decision_number=body.decision_number,
        ),
        members=tuple(members),
    )
    return await asker.send(command)


@router.post("/working-group/members", responses=COMMAND)
async def invite_member(
    body: InviteMemberBody,
    asker: Annotated[MonitoringAsker, asks(InviteMember)],
    session: Session,
) -> Receipt:
    """Invite one more member, or one in the place of somebody who refused, withdrew or did not answer."""
    command = InviteMember(
        **asker.by(body),
        invited=await _member(session, body.invited, asker.key.derived("m"), "/invited"),
        replaces=body.replaces,
    )
    return await asker.send(command)


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


async def _member(session: Session, new: NewMemberBody, member: Id, pointer: str) -> NewMember:
    person = await person_in_registry(session, new.person, f"{pointer}/person")
    organisation = new.organisation or person.organisation
    return NewMember(member=member, person=new.person, community=new.community, organisation=organisation)
