"""A12: a correction keeps the answers to what it left word for word; one begun by mistake is given up."""

from datetime import date, timedelta

import pytest

from models.agenda.deadline import DeadlineStatus
from models.commands import (
    AmendReply,
    AnswerReport,
    BeginCorrection,
    CloseMonitoring,
    GiveUpCorrection,
    ItemAnswer,
    ItemImplementation,
    ReportImplementation,
    SubmitToCouncil,
)
from models.monitoring.open_work import open_items
from models.report.facts import ItemFact, ReportFacts
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Ground, Response, Stage, Verdict
from tests.models.monitoring.monitorings import Story
from tests.models.monitoring.rules.parts import (
    CLINIC,
    HASH,
    PROPOSAL,
    RECOMMENDATION,
    SCHOOL,
    TO_AB,
    facts,
    to,
)

WORDS, OTHER_WORDS = "1" * 64, "2" * 64
BY = date(2026, 11, 30)
REPLY_BY = date(2026, 9, 30)


def saying(fact: ItemFact, text: str | None = WORDS, **changes: object) -> ItemFact:
    return fact.model_copy(update={"text": text, **changes})


def of(*items: ItemFact) -> ReportFacts:
    return facts(items=items)


FIRST = of(saying(PROPOSAL), saying(RECOMMENDATION))


def answers(*items: str, response: Response = Response.ACCEPTED) -> dict[str, object]:
    given = tuple(ItemAnswer(item=i, response=response, reasoned=True, planned_on=BY) for i in items)
    return {"addressee": CLINIC.organisation, "answers": given, "reply": HASH}


def answered(first: ReportFacts = FIRST) -> Story:
    """A clinic was asked to answer by a day, and has accepted both items."""
    story = Story().starts().has_approved_report(first).dispatches(to(CLINIC, reply_by=REPLY_BY), TO_AB)
    story.post_takes_letters()
    story.does(AnswerReport, **answers("p1", "r1"))
    return story


def corrects(story: Story, content: ReportFacts) -> None:
    story.does(BeginCorrection, reason=HASH)
    story.submits_report(content).approves_report()
    story.post_takes_letters()


def test_a12_answers_to_what_has_not_changed_stand() -> None:
    story = answered()
    before = story.state.addressees["clinic"]
    corrects(story, FIRST)
    addressee = story.state.addressees["clinic"]
    assert (addressee.version, addressee.answered_on, addressee.reply) == (2, before.answered_on, HASH)
    assert {item.response for item in story.state.items.values()} == {Response.ACCEPTED}
    assert addressee.deadline is None, "nothing is asked, so by no day"
    assert [x.recipient for x in story.letters(LetterKind.ANSWERS_STAND)] == ["clinic"]
    assert [x.recipient for x in story.letters(LetterKind.REPORT_CORRECTED)] == ["uo"]
    assert story.refused(AnswerReport, **answers("p1", "r1"))[0] == "answered_already"
    assert not [item for item in open_items(story.state) if item.blocking]


def test_a12_only_what_was_changed_or_is_new_is_asked_anew() -> None:
    story = answered()
    added = saying(PROPOSAL, id="p2")
    corrects(story, of(saying(PROPOSAL), added, saying(RECOMMENDATION, OTHER_WORDS)))
    addressee = story.state.addressees["clinic"]
    assert (addressee.answered_on, addressee.deadline) == (None, "reply:clinic")
    assert {i.id: i.response for i in story.state.items.values()} == {
        "p1": Response.ACCEPTED,
        "p2": None,
        "r1": None,
    }
    assert story.refused(AnswerReport, **answers("p1", "p2", "r1")) == ("item_answered", "16")
    assert story.refused(AnswerReport, **answers("p2")) == ("item_unanswered", "16")
    story.does(AnswerReport, **answers("p2", "r1", response=Response.DECLINED))
    assert story.state.items["p1"].response is Response.ACCEPTED
    assert story.state.deadlines["reply:clinic"].status is DeadlineStatus.MET


@pytest.mark.parametrize(
    "changed",
    [
        saying(PROPOSAL, OTHER_WORDS),
        saying(PROPOSAL, due_on=date(2026, 12, 31)),
        saying(PROPOSAL, addressee=SCHOOL.organisation),
    ],
    ids=["other words", "another day", "another body"],
)
def test_a12_what_asks_for_something_else_is_another_item(changed: ItemFact) -> None:
    story = answered()
    corrects(story, of(changed, saying(RECOMMENDATION)))
    assert story.state.items["p1"].answer is None
    assert story.state.items["r1"].response is Response.ACCEPTED


def test_a12_what_it_rests_on_may_change() -> None:
    story = answered()
    corrects(story, of(saying(PROPOSAL, basis=None), saying(RECOMMENDATION)))
    assert story.state.items["p1"].response is Response.ACCEPTED


@pytest.mark.parametrize("first", [facts(), of(PROPOSAL, saying(RECOMMENDATION, None))])
def test_a12_a_report_pinned_by_an_earlier_release_asks_anew(first: ReportFacts) -> None:
    story = answered(first)
    corrects(story, facts())
    assert {item.response for item in story.state.items.values()} == {None}
    assert story.state.addressees["clinic"].answered_on is None
    assert story.letters(LetterKind.ANSWERS_STAND) == []


def test_a12_what_was_not_answered_is_asked_anew() -> None:
    story = Story().starts().has_approved_report(FIRST).is_dispatched()
    corrects(story, FIRST)
    assert story.letters(LetterKind.ANSWERS_STAND) == []
    story.does(AnswerReport, **answers("p1", "r1"))


def test_a12_a_remark_on_a_report_without_items_is_asked_anew() -> None:
    story = (
        Story()
        .starts()
        .has_approved_report(FIRST)
        .dispatches(to(CLINIC), to(SCHOOL, Ground.SUPERIOR_BODY), TO_AB)
    )
    story.post_takes_letters()
    story.does(AnswerReport, **{**answers(), "addressee": SCHOOL.organisation})
    corrects(story, FIRST)
    assert story.state.addressees[SCHOOL.organisation].answered_on is None


def test_a12_what_was_planned_and_reported_of_a_kept_item_stands_with_its_link() -> None:
    story = answered()
    asked = story.holder(LetterKind.IMPLEMENTATION_AWAITED)
    known = story.state.deadlines["implementation:p1"]
    corrects(story, of(saying(PROPOSAL), saying(RECOMMENDATION, OTHER_WORDS)))
    assert story.state.deadlines["implementation:p1"] == known
    assert story.state.deadlines["implementation:r1"].status is DeadlineStatus.WITHDRAWN
    done = (ItemImplementation(item="p1", claim=Verdict.IMPLEMENTED),)
    story.does(ReportImplementation, asked, addressee="clinic", items=done, words=HASH)
    corrects(story, of(saying(PROPOSAL), saying(RECOMMENDATION, OTHER_WORDS)))
    assert story.state.items["p1"].reported is not None, "kept twice, it was answered for the first version"
    assert story.state.items["p1"].answered_for == 1


def test_a12_a_link_about_what_was_changed_leads_nowhere() -> None:
    story = answered()
    asked = story.holder(LetterKind.IMPLEMENTATION_AWAITED)
    corrects(story, of(saying(PROPOSAL, OTHER_WORDS), saying(RECOMMENDATION, OTHER_WORDS)))
    done = (ItemImplementation(item="p1", claim=Verdict.IMPLEMENTED),)
    refused = story.refused(ReportImplementation, asked, addressee="clinic", items=done, words=HASH)
    assert refused == ("link_superseded", "")


def test_a12_a_reply_that_stands_can_be_amended() -> None:
    story = answered()
    corrects(story, FIRST)
    by = story.holder(LetterKind.ANSWERS_STAND)
    story.does(AmendReply, by, **answers("p1", "r1", response=Response.DECLINED))
    assert {item.response for item in story.state.items.values()} == {Response.DECLINED}


# ——— a correction that is given up ———
def test_a12_a_correction_begun_by_mistake_is_given_up() -> None:
    story = answered()
    before = story.state
    story.does(BeginCorrection, reason=HASH)
    assert story.refused(CloseMonitoring)[0] == "open_correction_not_approved"
    story.does(GiveUpCorrection, reason=HASH)
    kept = {"seq", "commands"}
    assert story.state.model_dump(exclude=kept) == before.model_dump(exclude=kept)
    story.does(SubmitToCouncil, item="k1", council="council")
    story.does(CloseMonitoring)


def test_a12_a_submitted_version_is_returned_before_its_correction_is_given_up() -> None:
    story = answered()
    story.does(BeginCorrection, reason=HASH)
    story.submits_report(FIRST)
    assert story.refused(GiveUpCorrection, reason=HASH) == ("version_awaits_approval", "15")


def test_a12_only_a_correction_that_is_under_way_is_given_up() -> None:
    assert answered().refused(GiveUpCorrection, reason=HASH) == ("no_correction_under_way", "A12")


def test_a12_a_closed_monitoring_whose_correction_was_given_up_is_closed_again() -> None:
    story = answered()
    story.does(CloseMonitoring)
    story.today += timedelta(days=1)
    story.does(BeginCorrection, reason=HASH)
    story.does(GiveUpCorrection, reason=HASH)
    assert story.state.stage is Stage.DISPATCHED
    story.does(CloseMonitoring)
    assert story.state.closed_on == story.today
