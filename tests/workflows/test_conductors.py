"""Every kind of conductor and monitoring once from start to end: what differs is where the report goes."""

from local.sample_scenario import SampleAccounts, Scenario
from local.samples import ScenarioName, load_scenario
from models.commands import (
    BeginCollection,
    CloseMonitoring,
    CompleteStep,
    ConfirmConduct,
    DispatchReport,
    MarkConsidered,
)
from models.vocabulary.procedure import Role, SourceAccess, Stage, Step
from tests.replay.endings import Ending
from tests.workflows.conduct import (
    AB_ANALYST,
    addressee,
    closes_for_good,
    dispatches,
    everyone_answers,
    has_an_approved_report,
    is_considered,
    is_published,
)
from tests.workflows.running import AUTHORIZED_BODY, starts
from tests.workflows.theatre import Theatre

AB = SampleAccounts(analyst="a-uo-analyst", head="a-uo-head")
DIVISION = SampleAccounts(analyst="a-sary-analyst", head="a-sary-head")


def conducted_by(name: ScenarioName, accounts: SampleAccounts, *conductors: str) -> Scenario:
    """A scenario in other hands; the authorized body does not send its own report to itself (rule 20)."""
    scenario = load_scenario(name)
    kept = tuple(a for a in scenario.dispatch.addressees if a.organisation not in conductors)
    dispatch = scenario.dispatch.model_copy(update={"addressees": kept})
    return scenario.model_copy(update={"conductors": conductors, "accounts": accounts, "dispatch": dispatch})


async def test_a_division_monitors_a_clinic(theatre: Theatre) -> None:
    """Rules 11, 17, 18: to the interested bodies and to the authorized body, which considers it."""
    b = await starts(theatre, ScenarioName.B)
    await has_an_approved_report(b)
    await dispatches(b)
    assert await b.is_refused(CloseMonitoring) == "open_receipt_not_recorded"
    await everyone_answers(b)
    await is_considered(b)
    await closes_for_good(b)
    assert (await b.ends(Ending.FOLLOW_UP_ENDED)).stage is Stage.CLOSED
    assert await b.post() == [
        "information_request to health-sary",
        "answer_confirmation to health-sary",
        "approval_request to td-sary",
        "report_for_consideration to clinic-2",
        "report_for_consideration to health-sary",
        "report_for_consolidation to uo",
        "implementation_awaited to clinic-2",
        "follow_up_ended to clinic-2",
    ]


async def test_a_public_association_takes_the_four_steps(theatre: Theatre) -> None:
    """Rules 14, 17: open sources, steps in order; the dispatch is complete when both have it."""
    c = await starts(theatre, ScenarioName.C)
    await has_an_approved_report(c)
    await dispatches(c, only=["akimat-zhan"])
    assert (await c.state()).stage is Stage.APPROVED
    assert await c.is_refused(CloseMonitoring) == "open_not_sent_to_authorized_body"
    refused = await c.is_refused(MarkConsidered, AB_ANALYST, note=await c.says("too early"))
    assert refused == "not_received_by_authorized_body"
    await dispatches(c, only=[AUTHORIZED_BODY])
    assert (await c.state()).stage is Stage.DISPATCHED
    await everyone_answers(c)
    await is_considered(c)
    await closes_for_good(c)
    await c.ends(Ending.STEPS_TAKEN)
    assert await c.post() == [
        "approval_request to ashyk-kezek",
        "report_for_consideration to akimat-zhan",
        "report_for_consolidation to uo",
        "implementation_awaited to akimat-zhan",
        "follow_up_ended to akimat-zhan",
    ]


async def test_steps_are_taken_in_order_and_from_open_sources(theatre: Theatre) -> None:
    """Rule 14.1-14.4."""
    c = await starts(theatre, ScenarioName.C)
    await c.does(BeginCollection, began_on=c.day)
    closed = c.content.sources[0].model_copy(update={"access": SourceAccess.OFFICIAL})
    content = c.content.model_copy(update={"sources": (closed, *c.content.sources[1:])})
    pinned = await c.freezes(content)
    for step, refusal in ((Step.STUDIED, "step_out_of_order"), (Step.COLLECTED, "source_not_open")):
        refused = await c.is_refused(CompleteStep, step=step, completed_on=c.day, content=pinned)
        assert refused == refusal
    await c.has_one_truth()


async def test_the_authorized_body_monitors_one_body(theatre: Theatre) -> None:
    """Rules 11, 20: its own thematic report goes to the interested bodies only."""
    b = await starts(theatre, conducted_by(ScenarioName.B, AB, AUTHORIZED_BODY))
    await has_an_approved_report(b)
    itself = load_scenario(ScenarioName.B).dispatch.addressees[-1]
    to_itself = (await addressee(b, itself),)
    assert await b.is_refused(DispatchReport, addressees=to_itself) == "own_report_to_itself"
    await dispatches(b)
    await everyone_answers(b)
    await closes_for_good(b)
    await b.ends()
    assert (await b.post())[2:] == [
        "approval_request to uo",
        "report_for_consideration to clinic-2",
        "report_for_consideration to health-sary",
        "implementation_awaited to clinic-2",
        "follow_up_ended to clinic-2",
    ]


async def test_a_division_monitors_two_spheres(theatre: Theatre) -> None:
    """Rules 10, 17, 19 (A8): a division's comprehensive report is consolidated and published."""
    scenario = conducted_by(ScenarioName.A, DIVISION, "td-sary")
    to_body = load_scenario(ScenarioName.B).dispatch.addressees[-1]
    addressees = (*scenario.dispatch.addressees, to_body)
    dispatch = scenario.dispatch.model_copy(update={"addressees": addressees})
    a = await starts(theatre, scenario.model_copy(update={"dispatch": dispatch}))
    await has_an_approved_report(a)
    await dispatches(a)
    await everyone_answers(a)
    await is_considered(a)
    assert await a.is_refused(CloseMonitoring) == "open_not_published"
    await is_published(a)
    await closes_for_good(a)
    await a.ends()
    assert (await a.post())[2:] == [
        "approval_request to td-sary",
        "publication_request to uo",
        "report_for_consideration to land-sary",
        "report_for_consideration to edu-sary",
        "report_for_consideration to mektep-zhabdyq",
        "report_for_consolidation to uo",
        "implementation_awaited to land-sary",
        "implementation_awaited to edu-sary",
        "answer_confirmation to mektep-zhabdyq",
        "follow_up_ended to land-sary",
        "follow_up_ended to edu-sary",
    ]


async def test_the_authorized_body_and_its_division_conduct_together(theatre: Theatre) -> None:
    """Rules 2, 10, 13, 20: the authorized body leads, so nothing is sent to it for consolidation.

    The division that it appointed confirms for its own duty.
    """
    a = await starts(theatre, conducted_by(ScenarioName.A, AB, AUTHORIZED_BODY, "td-sary"))
    by_link = await a.holder_of("td-sary", Role.CO_CONDUCTOR)
    await a.does(ConfirmConduct, by_link, organisation="td-sary", confirms=True)
    await has_an_approved_report(a)
    await dispatches(a)
    assert (await a.state()).stage is Stage.DISPATCHED
    note = await a.says("its own")
    assert await a.is_refused(MarkConsidered, AB_ANALYST, note=note) == "own_report_not_reviewed"
    await everyone_answers(a)
    await is_published(a)
    await closes_for_good(a)
    await a.ends()
    post = await a.post()
    assert post[:2] == ["conduct_on_leads_word to td-sary", "answer_confirmation to td-sary"]
    assert post[4:] == [
        "approval_request to uo",
        "publication_request to uo",
        "report_for_consideration to land-sary",
        "report_for_consideration to edu-sary",
        "report_for_consideration to mektep-zhabdyq",
        "implementation_awaited to land-sary",
        "implementation_awaited to edu-sary",
        "answer_confirmation to mektep-zhabdyq",
        "follow_up_ended to land-sary",
        "follow_up_ended to edu-sary",
    ]
