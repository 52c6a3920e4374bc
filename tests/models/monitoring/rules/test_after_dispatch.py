"""Publication, review and councils: rules 18, 19, 21, A8."""

from datetime import UTC, datetime, timedelta

import pytest

from models.commands import (
    AddExcerpt,
    BeginCorrection,
    MarkConsidered,
    PublishReport,
    RecordConsideration,
    ReturnReport,
    SubmitToCouncil,
    WithdrawFromCouncil,
)
from models.monitoring.open_work import OpenKind, open_items, publication_due, published
from models.monitoring.rules.doubts import council_warnings
from models.proof.references import files_of
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import CouncilOutcome, Kind
from tests.models.monitoring.monitorings import Story, with_switches
from tests.models.monitoring.rules.parts import AB, CLINIC, DIVISION, HASH, HEAD, NGO, SCHOOL, TO_AB, to

ADDRESS = "https://authorized.example.kz/reports/1"


def comprehensive(conductor: object = AB, **switches: object) -> Story:
    story = Story(with_switches(**switches))
    story.starts(conductor, Kind.COMPREHENSIVE, objects=(CLINIC, SCHOOL))  # type: ignore[arg-type]
    return story.has_approved_report()


def publishing(story: Story, days: int = 0) -> dict[str, object]:
    return {"published_on": story.today + timedelta(days=days), "address": ADDRESS}


def test_rule_18_the_body_considers_what_was_sent_to_it() -> None:
    story = Story().starts(NGO).has_approved_report()
    assert story.refused(MarkConsidered, note=HASH) == ("not_received_by_authorized_body", "18")
    story.is_dispatched()
    story.does(MarkConsidered, note=HASH)
    assert story.state.considered_on == story.today
    assert story.refused(MarkConsidered, note=HASH) == ("considered_by_body_already", "18")


def test_rule_18_the_body_s_own_report_is_not_reviewed() -> None:
    own = Story().starts(AB).has_approved_report().is_dispatched()
    assert own.refused(MarkConsidered, note=HASH) == ("own_report_not_reviewed", "18")


def test_rule_18_a_report_on_its_way_is_not_received_yet() -> None:
    story = Story().starts().has_approved_report().dispatches(to(CLINIC), TO_AB)
    assert story.refused(MarkConsidered, note=HASH) == ("not_received_by_authorized_body", "18")


def test_rule_19_a_comprehensive_report_is_placed_on_the_body_s_web_resource() -> None:
    story = comprehensive()
    assert publication_due(story.state)
    assert story.letter(LetterKind.PUBLICATION_REQUEST).recipient == AB.organisation
    story.publishes()
    assert published(story.state)
    assert story.refused(PublishReport, **publishing(story)) == ("published_already", "19")


@pytest.mark.parametrize("divisions_too", [True, False])
def test_a8_rule_19_covers_divisions_reports_by_the_edition(divisions_too: bool) -> None:
    story = comprehensive(DIVISION, division_reports_published=divisions_too)
    assert publication_due(story.state) is divisions_too
    assert (OpenKind.NOT_PUBLISHED in {i.kind for i in open_items(story.state)}) is divisions_too
    assert bool(story.letters(LetterKind.PUBLICATION_REQUEST)) is divisions_too


@pytest.mark.parametrize("divisions_too", [True, False])
def test_a8_the_body_s_own_comprehensive_report_is_always_published(divisions_too: bool) -> None:
    assert publication_due(comprehensive(AB, division_reports_published=divisions_too).state)


def test_rule_19_publication_is_dated_between_approval_and_today() -> None:
    story = comprehensive()
    assert story.refused(PublishReport, **publishing(story, 1)) == ("date_in_future", "19")
    assert story.refused(PublishReport, **publishing(story, -1)) == ("published_before_approval", "19")


def test_rule_19_what_is_not_approved_is_not_published() -> None:
    drafting = Story().starts().conducts()
    assert drafting.refused(PublishReport, **publishing(drafting)) == ("report_not_approved", "19")


def test_rule_19_a_thematic_report_may_be_published() -> None:
    story = Story().starts().has_approved_report()
    assert story.letters(LetterKind.PUBLICATION_REQUEST) == []
    assert published(story.publishes().state)


@pytest.fixture
def submitted() -> Story:
    """A report before a public council."""
    story = Story().starts().has_approved_report()
    story.does(SubmitToCouncil, item="k1", council="public-council")
    return story


def considering(story: Story, item: str = "k1", days: int = 0) -> dict[str, object]:
    day = story.today + timedelta(days=days)
    return {"item": item, "considered_on": day, "minutes_number": "4", "outcome": CouncilOutcome.SUPPORTED}


def test_rule_21_a_council_considers_and_the_minutes_are_kept(submitted: Story) -> None:
    submitted.does(RecordConsideration, **considering(submitted))
    item = submitted.state.council_items["k1"]
    assert (item.minutes_number, item.outcome) == ("4", CouncilOutcome.SUPPORTED)
    again = submitted.refused(RecordConsideration, **considering(submitted))
    assert again == ("considered_already", "21")


def test_rule_21_a_late_excerpt_is_added_to_what_was_concluded(submitted: Story) -> None:
    early = submitted.refused(AddExcerpt, item="k1", excerpt="a" * 64)
    assert early == ("not_considered_yet", "21")
    submitted.does(RecordConsideration, **considering(submitted), excerpt="a" * 64)
    assert submitted.refused(AddExcerpt, item="k1", excerpt="a" * 64) == ("excerpt_known", "21")
    for excerpt in ("b" * 64, "c" * 64):
        submitted.does(AddExcerpt, item="k1", excerpt=excerpt)
    assert submitted.refused(AddExcerpt, item="k1", excerpt="b" * 64) == ("excerpt_known", "21")
    item = submitted.state.council_items["k1"]
    assert (item.excerpt, item.later_excerpts) == ("a" * 64, ("b" * 64, "c" * 64))
    named = [file for entry in submitted.entries for file in files_of(entry)]
    assert named == ["a" * 64, "b" * 64, "c" * 64], "each is a file of the bundle"


def test_rule_21_a_council_is_asked_once_at_a_time(submitted: Story) -> None:
    same_item = {"item": "k1", "council": "another"}
    assert submitted.refused(SubmitToCouncil, **same_item) == ("council_item_known", "21")
    same_council = {"item": "k2", "council": "public-council"}
    assert submitted.refused(SubmitToCouncil, **same_council) == ("council_considers_already", "21")
    submitted.does(RecordConsideration, **considering(submitted))
    submitted.does(SubmitToCouncil, **same_council)
    assert submitted.state.council_items["k2"].open
    (told,) = council_warnings(submitted.state, "public-council")
    assert (told.code, told.rule) == ("council_considered_already", "21")
    assert council_warnings(submitted.state, "another") == ()


def test_rule_21_a_meeting_lies_ahead(submitted: Story) -> None:
    past = {"item": "k2", "council": "another", "meeting_at": datetime(2026, 1, 1, tzinfo=UTC)}
    assert submitted.refused(SubmitToCouncil, **past) == ("meeting_in_past", "21")


@pytest.mark.parametrize(
    "hours",
    [
        pytest.param(0, id="now"),
        pytest.param(7 * 24, id="in-a-week"),
        pytest.param(-11, id="in-the-night-while-it-was-yesterday-in-utc"),
    ],
)
def test_rule_21_a_meeting_may_be_today_or_later(submitted: Story, hours: int) -> None:
    meeting = submitted.now + timedelta(hours=hours)
    submitted.does(SubmitToCouncil, item="k2", council="another", meeting_at=meeting)
    assert submitted.state.council_items["k2"].meeting_at == meeting


def test_rule_21_a_withdrawn_item_is_not_considered(submitted: Story) -> None:
    submitted.does(WithdrawFromCouncil, item="k1", reason=HASH)
    refused = submitted.refused(RecordConsideration, **considering(submitted))
    assert refused == ("council_item_withdrawn", "21")
    again = submitted.refused(WithdrawFromCouncil, item="k1", reason=HASH)
    assert again == ("council_item_not_open", "21")


def test_rule_21_a_consideration_is_of_a_known_item_and_not_ahead(submitted: Story) -> None:
    assert submitted.refused(RecordConsideration, **considering(submitted, "k9")) == (
        "council_item_unknown",
        "21",
    )
    assert submitted.refused(RecordConsideration, **considering(submitted, days=1)) == (
        "date_in_future",
        "21",
    )


def test_rule_21_results_are_considered_from_the_first_approval_on(submitted: Story) -> None:
    refused = submitted.refused(RecordConsideration, **considering(submitted, days=-1))
    assert refused == ("considered_before_approval", "21")
    submitted.days_pass(7)
    submitted.does(BeginCorrection, reason=HASH)
    submitted.submits_report().approves_report()
    submitted.does(RecordConsideration, **considering(submitted, days=-7))
    assert submitted.state.council_items["k1"].outcome is CouncilOutcome.SUPPORTED


def test_rule_21_a_version_that_was_returned_is_nothing_to_consider() -> None:
    story = Story().starts().conducts().submits_report()
    story.does(ReturnReport, HEAD, version=1, reason=HASH)
    story.days_pass(1)
    story.submits_report().approves_report()
    story.does(SubmitToCouncil, item="k1", council="public-council")
    early = story.refused(RecordConsideration, **considering(story, days=-1))
    assert early == ("considered_before_approval", "21")
    story.does(RecordConsideration, **considering(story))
    assert story.state.council_items["k1"].considered_on == story.today


def test_rule_21_a_council_reads_an_approved_report_only() -> None:
    drafting = Story().starts().conducts()
    early = {"item": "k1", "council": "public-council"}
    assert drafting.refused(SubmitToCouncil, **early) == ("report_not_approved", "21")


def test_rule_21_a_council_that_is_silent_holds_nothing_up(submitted: Story) -> None:
    submitted.is_dispatched()
    assert [item for item in open_items(submitted.state) if item.blocking] == []
