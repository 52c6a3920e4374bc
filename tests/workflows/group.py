"""The working group of scenario A, as far as the head's decision and the members' own words go (rule 12)."""

from local.sample_scenario import SampleMember, SampleWorkingGroup
from models.commands import AnswerInvitation, CreateWorkingGroup, InviteMember, NewMember
from models.monitoring.state import Member
from models.vocabulary.actors import Actor
from models.vocabulary.procedure import Agreement, Community, Consent, Id, Role
from tests.workflows.running import Running

STAND_IN = NewMember(member="m8", person="p-public-3", community=Community.EXPERT, organisation="taza-qala")


async def is_created(m: Running) -> None:
    """The head's decision: seven members, two of them appointed and five invited."""
    group = _sample(m)
    members = tuple(_member(sample) for sample in group.members)
    decision = group.decision.model_copy(update={"decided_on": m.day})
    await m.does(CreateWorkingGroup, m.head, decision=decision, members=members)


async def everyone_asked_answers(m: Running) -> None:
    """Each invitee's own word, by the link of the invitation."""
    for sample in _sample(m).members:
        if sample.answer is not None:
            await invitee_answers(m, sample.member, sample.answer.consents, sample.answer.agreement)


async def invitee_answers(
    m: Running, member: Id, consents: bool, agreement: Agreement = Agreement.UNKNOWN
) -> None:
    """One invitee's word."""
    by = await link_of(m, member)
    await m.does(AnswerInvitation, by, member=member, consents=consents, agreement=agreement)


async def invites_in_place_of(m: Running, replaced: Id) -> None:
    """Somebody else is asked instead."""
    await m.does(InviteMember, invited=STAND_IN, replaces=replaced)


async def member(m: Running, member_id: Id) -> Member:
    """What is known of a member."""
    group = (await m.state()).working_group
    assert group is not None
    return group.members[member_id]


async def consents_known(m: Running) -> dict[Id, Consent]:
    """What is known of every member's consent."""
    group = (await m.state()).working_group
    assert group is not None
    return {known.id: known.consent for known in group.members.values()}


async def link_of(m: Running, member_id: Id) -> Actor:
    """Whoever holds the link of the last letter to a member."""
    return await m.holder_of(member_id, Role.MEMBER)


def _member(sample: SampleMember) -> NewMember:
    return NewMember(
        member=sample.member,
        person=sample.person,
        community=sample.community,
        organisation=sample.organisation,
    )


def _sample(m: Running) -> SampleWorkingGroup:
    assert m.scenario.working_group is not None, "this scenario has no working group"
    return m.scenario.working_group
