"""What a monitoring tells: the duties it may fulfil (rule 13), the authorized body's inbox (rules 17, 18)."""

from datetime import date

import pytest

from models.agenda.deadline import ReplyPreset
from models.commands import CancelMonitoring, MarkConsidered
from models.consolidation.notices import consolidation_notice
from models.duty.notices import duty_notices
from models.proceeding.calendars import change_calendar
from models.report.received import Way
from models.vocabulary.actors import Actor
from models.vocabulary.editions import YearCountedBy
from models.vocabulary.procedure import Kind, Role
from tests.models.calendar.calendars import with_closed
from tests.models.monitoring.monitorings import BEFORE_RECEIPTS, Story, with_switches
from tests.models.monitoring.rules.parts import AB, AB_ID, AKIMAT, CLINIC, HASH, NGO, TO_AB, facts, to

AB_ANALYST = Actor(role=Role.ANALYST, account="ab", organisation=AB_ID)
COMPREHENSIVE = {"kind": Kind.COMPREHENSIVE, "spheres": ("land", "schools"), "objects": (CLINIC, AKIMAT)}


def test_rule_13_before_an_approval_nothing_is_told() -> None:
    story = Story().starts().conducts()
    assert duty_notices(story.state) == ()
    assert consolidation_notice(story.state) is None


def test_rule_13_a_division_s_duty_is_told_once_and_again_of_the_publication() -> None:
    story = Story().starts(**COMPREHENSIVE).has_approved_report()  # type: ignore[arg-type]
    (counted,) = duty_notices(story.state)
    assert (counted.organisation, counted.kind) == ("td-sary", Kind.COMPREHENSIVE)
    assert counted.counted.counted_on == date(2026, 8, 28)
    assert counted.published is None
    story.is_dispatched().publishes()
    (published,) = duty_notices(story.state)
    assert published.published is not None
    assert {counted.key, published.key} == {
        "td-sary/2026-TD-0001/1/counted",
        "td-sary/2026-TD-0001/1/published",
    }


@pytest.mark.parametrize(
    ("counted_by", "day"),
    [
        (YearCountedBy.START, date(2026, 7, 7)),
        (YearCountedBy.END, date(2026, 8, 28)),
        (YearCountedBy.APPROVAL, date(2026, 8, 31)),
    ],
)
def test_a3_a_monitoring_counts_by_the_date_the_edition_counts_by(
    counted_by: YearCountedBy, day: date
) -> None:
    story = Story(with_switches(year_counted_by=counted_by)).starts().has_approved_report()
    (notice,) = duty_notices(story.state)
    assert notice.counted.counted_on == day


def test_rule_13_an_other_subject_owes_nothing() -> None:
    story = Story().starts(NGO).has_approved_report()
    assert duty_notices(story.state) == ()


def test_rule_17_the_authorized_body_hears_of_a_report_when_it_has_it() -> None:
    story = Story().starts().has_approved_report()
    assert consolidation_notice(story.state) is None
    story.dispatches(to(CLINIC), TO_AB)
    assert consolidation_notice(story.state) is None
    story.post_takes_letters()
    received = consolidation_notice(story.state)
    assert received is not None
    assert (received.report.way, received.report.version) == (Way.SENT, 1)
    assert received.considered_on is None
    story.does(MarkConsidered, AB_ANALYST, note=HASH)
    considered = consolidation_notice(story.state)
    assert considered is not None
    assert (received.key, considered.key) == ("consolidation/1/received", "consolidation/1/considered")


def test_rule_20_its_own_report_is_in_its_hands_when_it_is_approved() -> None:
    story = Story().starts(AB).has_approved_report()
    own = consolidation_notice(story.state)
    assert own is not None
    assert (own.report.way, own.report.received_on) == (Way.OWN, date(2026, 8, 31))


def test_what_was_given_up_is_nobody_s_news() -> None:
    story = Story().starts()
    story.does(CancelMonitoring, reason=HASH)
    assert consolidation_notice(story.state) is None


def test_a_new_calendar_is_one_event_and_one_for_each_deadline_it_moves() -> None:
    story = (
        Story(BEFORE_RECEIPTS)
        .starts()
        .has_approved_report()
        .dispatches(to(CLINIC, preset=ReplyPreset.APPC_76), TO_AB)
    )
    assert change_calendar(story.state, story.calendar) == ()
    (due,) = {each.due_on for each in story.state.deadlines.values()}
    changed, moved = change_calendar(story.state, with_closed(story.calendar, due))
    assert changed.type == "calendar_changed"
    assert moved.type == "deadline_moved"
    assert moved.previous == due < moved.deadline.due_on
    assert moved.days == (due,)


def test_without_the_day_that_counts_no_duty_is_told() -> None:
    story = Story().starts().has_approved_report()
    version = story.state.versions[-1]
    undated = version.content.model_copy(update={"facts": facts(ended_on=None)})
    versions = (*story.state.versions[:-1], version.model_copy(update={"content": undated}))
    assert duty_notices(story.state.model_copy(update={"versions": versions})) == ()
