"""Rule 12 under time: silence is no consent, and somebody else may be asked instead."""

from local.samples import ScenarioName
from models.agenda.deadline import DeadlineSubject, deadline_id
from models.commands import AnswerInvitation, ApproveReport, SubmitReport
from models.vocabulary.ladders import RungName
from models.vocabulary.procedure import Consent
from tests.replay.endings import Ending
from tests.workflows import group
from tests.workflows.conduct import conducts
from tests.workflows.running import Running, starts
from tests.workflows.theatre import Theatre

EXPERT = "m6"
INVITATION = deadline_id(DeadlineSubject.INVITATION, EXPERT)


async def test_an_unanswered_invitation_is_reminded_of_ends_as_no_answer_and_is_replaced(
    theatre: Theatre,
) -> None:
    a = await starts(theatre, ScenarioName.A)
    await group.is_created(a)
    for member in ("m3", "m4", "m5"):
        await group.invitee_answers(a, member, consents=True)
    await group.invitee_answers(a, "m7", consents=False)
    await a.reaches(INVITATION, RungName.REMINDER)
    await a.reaches(INVITATION, RungName.LAST_CALL)
    assert (await group.member(a, EXPERT)).consent is Consent.INVITED
    await a.reaches(INVITATION, RungName.EXPIRED)
    assert (await group.member(a, EXPERT)).consent is Consent.NO_ANSWER
    await _cannot_report_without_an_expert(a)
    former = await group.link_of(a, EXPERT)
    await group.invites_in_place_of(a, EXPERT)
    assert await a.is_refused(AnswerInvitation, former, member=EXPERT, consents=True) == "link_superseded"
    await group.invitee_answers(a, group.STAND_IN.member, consents=True)
    assert await a.post() == [
        "appointment to p-uo-deputy",
        "appointment to p-uo-analyst-2",
        *(f"invitation to {p}" for p in ("p-official-1", "p-public-1", "p-public-2")),
        *(f"invitation to {p}" for p in ("p-expert-1", "p-expert-2")),
        *(f"membership_confirmed to {p}" for p in ("p-official-1", "p-public-1", "p-public-2")),
        "answer_confirmation to p-expert-2",
        "invitation_reminder to p-expert-1",
        "invitation_reminder to p-expert-1",
        "invitation_lapsed to p-expert-1",
        "information_request to land-sary",
        "answer_confirmation to land-sary",
        "invitation to p-public-3",
        "membership_confirmed to p-public-3",
    ]
    await a.has_one_truth()


async def test_a_late_consent_counts_while_the_place_is_free(theatre: Theatre) -> None:
    a = await starts(theatre, ScenarioName.A)
    await group.is_created(a)
    await a.reaches(INVITATION, RungName.EXPIRED)
    assert set((await group.consents_known(a)).values()) == {Consent.NOT_NEEDED, Consent.NO_ANSWER}
    await a.letters_settled()
    invited = [p for p in await a.post() if p.startswith("invitation to ")]
    lapsed = [p for p in await a.post() if p.startswith("invitation_lapsed to ")]
    assert len(lapsed) == len(invited) > 0, "each is told that it is not too late"
    await group.invitee_answers(a, EXPERT, consents=True)
    assert (await group.member(a, EXPERT)).effective
    await a.has_one_truth()
    if theatre.keeper is not None:
        theatre.keeper.keep(Ending.TELLS_LAPSES, await a.handle.fetch_history())


async def _cannot_report_without_an_expert(a: Running) -> None:
    await conducts(a)
    assert await a.is_refused(SubmitReport, content=await a.freezes()) == "community_missing"
    assert await a.is_refused(ApproveReport, a.head, version=1) == "no_version_awaits"
