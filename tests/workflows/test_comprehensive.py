"""Scenario A: the authorized body's comprehensive monitoring with a working group (rules 10, 12, 15-21)."""

from datetime import time

from local.samples import ScenarioName
from models.commands import (
    AnswerReport,
    BeginCorrection,
    CloseMonitoring,
    RecordConsideration,
    ReturnReport,
    SubmitToCouncil,
    WithdrawFromCouncil,
    WithdrawMember,
)
from models.report.content import ReportContent, Wording
from models.vocabulary.actors import Actor
from models.vocabulary.procedure import Consent, CouncilOutcome, Role, Stage
from tests.replay.endings import Ending
from tests.workflows import group
from tests.workflows.conduct import (
    answers,
    approves,
    closes_for_good,
    conducts,
    dispatches,
    everyone_answers,
    is_published,
    submits,
)
from tests.workflows.running import CALENDAR, Running, starts
from tests.workflows.theatre import Theatre

INVITED = ("p-official-1", "p-public-1", "p-public-2", "p-expert-1", "p-expert-2")
CONSENTED = INVITED[:4]
ADDRESSEES = ("land-sary", "edu-sary", "mektep-zhabdyq")
REPLIES_CONFIRMED = (
    "implementation_awaited to land-sary",
    "implementation_awaited to edu-sary",
    "answer_confirmation to mektep-zhabdyq",  # it declined: nothing is awaited
)


async def test_from_the_working_group_to_the_council(theatre: Theatre) -> None:
    a = await starts(theatre, ScenarioName.A)
    await _gathers_a_working_group(a)
    await conducts(a)
    first = await submits(a)
    await a.does(ReturnReport, a.head, version=first, reason=await a.says("say more on the causes"))
    await approves(a, await submits(a, _reworded(a, "the causes, said more fully")))
    await dispatches(a)
    assert (await a.state()).stage is Stage.DISPATCHED
    await everyone_answers(a)
    assert await a.is_refused(CloseMonitoring) == "open_not_published"
    await is_published(a)
    await _is_considered_by_the_council(a)
    await closes_for_good(a)
    assert (await a.ends()).stage is Stage.CLOSED
    assert await a.post() == [
        "appointment to p-uo-deputy",
        "appointment to p-uo-analyst-2",
        *(f"invitation to {person}" for person in INVITED),
        *(f"membership_confirmed to {person}" for person in CONSENTED),
        "answer_confirmation to p-expert-2",
        "invitation to p-public-3",
        "membership_confirmed to p-public-3",
        "information_request to land-sary",
        "answer_confirmation to land-sary",
        "approval_request to uo",
        "approval_request to uo",
        "publication_request to uo",
        *(f"report_for_consideration to {body}" for body in ADDRESSEES),
        *REPLIES_CONFIRMED,
        "council_item to council-sary",
        "answer_confirmation to council-sary",
        "council_item to commission-sary",
        "council_item_withdrawn to commission-sary",
        "follow_up_ended to land-sary",
        "follow_up_ended to edu-sary",
    ]


async def test_a_correction_goes_to_everybody_and_is_answered_and_published_anew(theatre: Theatre) -> None:
    """A12."""
    a = await starts(theatre, ScenarioName.A)
    await _gathers_a_working_group(a)
    await conducts(a)
    await approves(a, await submits(a))
    await dispatches(a)
    await answers(a, "land-sary")
    await is_published(a)
    holder_of_the_old_link = await a.holder_of("edu-sary")
    await a.does(BeginCorrection, reason=await a.says("a number was wrong"))
    await approves(a, await submits(a, _reworded(a, "the number, put right")))
    await a.letters_settled()
    assert await _answers_by(a, holder_of_the_old_link) == "link_superseded"
    assert await a.is_refused(CloseMonitoring) == "open_not_published"
    await everyone_answers(a)
    await is_published(a)
    await closes_for_good(a)
    await a.ends(Ending.CORRECTED)
    state = await a.state()
    assert [version.approved_on for version in state.versions] == [a.day, a.day]
    assert [publication.version for publication in state.publications] == [1, 2]
    assert (await a.post())[-14:] == [
        "publication_request to uo",
        *(f"report_for_consideration to {body}" for body in ADDRESSEES),
        "implementation_awaited to land-sary",
        "approval_request to uo",
        "publication_request to uo",
        *(f"report_corrected to {body}" for body in ADDRESSEES),
        *REPLIES_CONFIRMED,
        "follow_up_ended to land-sary",
        "follow_up_ended to edu-sary",
    ][-14:]


async def _gathers_a_working_group(a: Running) -> None:
    """One declines and another one comes in his place; one comes and leaves again."""
    await group.is_created(a)
    await group.everyone_asked_answers(a)
    await group.invites_in_place_of(a, "m7")
    await group.invitee_answers(a, group.STAND_IN.member, consents=True)
    leaving = await group.link_of(a, "m5")
    await a.does(WithdrawMember, leaving, member="m5", note=await a.says("no time left"))
    assert await group.consents_known(a) == {
        "m1": Consent.NOT_NEEDED,
        "m2": Consent.NOT_NEEDED,
        "m3": Consent.CONSENTED,
        "m4": Consent.CONSENTED,
        "m5": Consent.WITHDRAWN,
        "m6": Consent.CONSENTED,
        "m7": Consent.REPLACED,
        "m8": Consent.CONSENTED,
    }


async def _is_considered_by_the_council(a: Running) -> None:
    """Rule 21: one council considers, by its letter's link; another item is taken back."""
    meeting = CALENDAR.instant(a.in_working_days(10), time(10))
    await a.does(SubmitToCouncil, item="c1", council="council-sary", meeting_at=meeting)
    secretary = await a.holder_of("c1", Role.COUNCIL_SECRETARY)
    await a.does(
        RecordConsideration,
        secretary,
        item="c1",
        considered_on=a.day,
        minutes_number="4",
        outcome=CouncilOutcome.SUPPORTED,
    )
    await a.does(SubmitToCouncil, item="c2", council="commission-sary")
    await a.letters_settled()
    await a.does(WithdrawFromCouncil, item="c2", reason=await a.says("the council has considered it"))


async def _answers_by(a: Running, holder: Actor) -> str:
    return await a.is_refused(
        AnswerReport, holder, addressee="edu-sary", answers=(), reply=await a.says("late")
    )


def _reworded(a: Running, words: str) -> ReportContent:
    """With other conclusions and other items: what is left as it was would not be asked anew."""
    said = Wording(kk=words, ru=words, en=words)
    known = a.content.draft.decision
    items = tuple(item.model_copy(update={"text": said}) for item in known.items)
    decision = known.model_copy(update={"items": items})
    draft = a.content.draft.model_copy(update={"conclusions": said, "decision": decision})
    return a.content.model_copy(update={"draft": draft})
