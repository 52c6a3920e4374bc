"""The fifteen minimal negative tests of docs/procedure.md, each under its number."""

from datetime import date

import pytest
from pydantic import ValidationError

from models.agenda.changes import open_deadline, reach
from models.agenda.deadline import Basis, BasisKind, DeadlineStatus, DeadlineSubject, LegalEffect, Roll
from models.agenda.rungs import due_rungs
from models.calendar.working import WorkingCalendar
from models.commands import (
    AnswerInvitation,
    CloseMonitoring,
    CompleteStep,
    CreateWorkingGroup,
    SubmitReport,
)
from models.monitoring.open_work import OpenKind, dispatch_complete, open_items
from models.vocabulary.actors import Actor
from models.vocabulary.editions import ORDER_192, edition_on
from models.vocabulary.ladders import Ladders, RungName
from models.vocabulary.procedure import Kind, Role, SourceAccess, Step
from models.vocabulary.refusal import Refused
from tests.models.calendar.calendars import kz
from tests.models.monitoring.monitorings import EXPERT, PUBLIC_MEMBER, Story, with_switches
from tests.models.monitoring.rules.parts import (
    AB,
    CAUSE_IN_NUMBERS,
    CLINIC,
    EFFECT_IN_WORDS,
    GUARD,
    HEAD,
    NGO,
    PROPOSAL,
    SCHOOL,
    STATE_IN_NUMBERS,
    TO_AB,
    facts,
    pinned,
    source,
    to,
)


def start_refused(**changes: object) -> tuple[str, str]:
    with pytest.raises(Refused) as refused:
        Story().starts(**changes)  # type: ignore[arg-type]
    return refused.value.code, refused.value.rule


def test_n01_comprehensive_by_an_other_subject_is_refused() -> None:
    refused = start_refused(conductor=NGO, kind=Kind.COMPREHENSIVE, objects=(CLINIC, SCHOOL))
    assert refused == ("comprehensive_by_other_subject", "10")


def test_n02_a_special_state_body_as_an_object_is_refused() -> None:
    assert start_refused(objects=(GUARD,)) == ("object_special_state_body", "5")


def test_n03_comprehensive_of_one_sphere_and_one_body_is_refused() -> None:
    refused = start_refused(kind=Kind.COMPREHENSIVE, spheres=("health",), objects=(CLINIC,))
    assert refused == ("comprehensive_too_narrow", "10")


def test_n04_thematic_of_two_spheres_is_refused() -> None:
    assert start_refused(spheres=("health", "schools")) == ("thematic_too_wide", "11")


def test_n05_a_restricted_source_of_an_other_subject_is_refused() -> None:
    story = Story().starts(NGO).begins_collection()
    leaked = pinned(facts(sources=(source(access=SourceAccess.RESTRICTED),)))
    step = {"step": Step.COLLECTED, "completed_on": story.today, "content": leaked}
    assert story.refused(CompleteStep, **step) == ("source_not_open", "14.1")


def test_n06_step_three_before_two_is_refused() -> None:
    story = Story().starts(NGO).begins_collection()
    story.completes_step(Step.COLLECTED)
    third = {"step": Step.PROBLEMS_DETERMINED, "completed_on": story.today, "content": pinned()}
    assert story.refused(CompleteStep, **third) == ("step_out_of_order", "14.2")


def test_n07_a_group_without_the_head_s_decision_is_refused() -> None:
    with pytest.raises(ValidationError):
        Story().starts().does(CreateWorkingGroup, HEAD, members=(PUBLIC_MEMBER, EXPERT))


def test_n07_a_group_with_a_member_who_did_not_consent_is_not_effective() -> None:
    story = Story().starts().creates_working_group()
    story.does(AnswerInvitation, Actor(role=Role.ANALYST), member="m-public", consents=True)
    story.conducts()
    assert story.refused(SubmitReport, content=pinned()) == ("community_missing", "12")


def test_n07_comprehensive_without_a_group_is_accepted() -> None:
    story = Story().starts(AB, Kind.COMPREHENSIVE, objects=(CLINIC, SCHOOL)).has_approved_report()
    assert story.state.working_group is None
    assert story.state.current is not None


def test_n08_only_numbers_in_part_ii_are_refused() -> None:
    story = Story().starts().conducts()
    numbers = facts(indicators=(STATE_IN_NUMBERS, CAUSE_IN_NUMBERS, EFFECT_IN_WORDS))
    assert story.refused(SubmitReport, content=pinned(numbers)) == ("part_ii_kind_missing", "annex.II")


def test_n08_only_words_in_part_iii_are_accepted() -> None:
    words = facts(indicators=(*facts().indicators[:2], EFFECT_IN_WORDS))
    assert Story().starts().conducts().submits_report(words).state.submitted is not None


def test_n09_a_decision_without_part_two_and_without_a_reason_is_refused() -> None:
    story = Story().starts().conducts()
    refused = story.refused(SubmitReport, content=pinned(facts(items=(PROPOSAL,))))
    assert refused == ("no_recommendation", "16.2")


@pytest.mark.parametrize(
    ("addressee", "lacking"),
    [(TO_AB, "open_not_sent_to_interested"), (to(CLINIC), "open_not_sent_to_authorized_body")],
)
def test_n10_a_division_s_report_sent_to_one_side_only_does_not_comply(
    addressee: object, lacking: str
) -> None:
    story = Story().starts().has_approved_report().dispatches(addressee)  # type: ignore[arg-type]
    story.post_takes_letters()
    assert not dispatch_complete(story.state)
    assert story.refused(CloseMonitoring) == (lacking, "17")


def test_n11_comprehensive_without_publication_is_an_open_item() -> None:
    story = Story().starts(AB, Kind.COMPREHENSIVE, objects=(CLINIC, SCHOOL)).has_approved_report()
    assert OpenKind.NOT_PUBLISHED in {item.kind for item in open_items(story.state)}
    assert ("open_not_published", "19") in [(r.code, r.rule) for r in story.refusals(CloseMonitoring)]


def test_n11_thematic_without_publication_is_nothing() -> None:
    story = Story().starts().has_approved_report().is_dispatched()
    assert OpenKind.NOT_PUBLISHED not in {item.kind for item in open_items(story.state)}


def test_n12_no_council_is_nothing() -> None:
    story = Story().starts().has_approved_report().is_dispatched()
    assert [item for item in open_items(story.state) if item.blocking] == []


def test_n13_a_conduct_that_ended_before_it_started_is_refused() -> None:
    story = Story().starts().conducts()
    reversed_period = facts(started_on=date(2026, 8, 28), ended_on=date(2026, 7, 7))
    assert story.refused(SubmitReport, content=pinned(reversed_period)) == ("period_reversed", "annex.I.3")


def test_n14_rule_13_a_year_without_a_comprehensive_monitoring_is_at_risk_then_missed() -> None:
    """The duty as a deadline: reminders while the year lasts, passed only after 31 December."""
    calendar = kz()
    duty = open_deadline(
        calendar,
        deadline_id="duty:2026",
        subject=AB.organisation,
        subject_kind=DeadlineSubject.DUTY,
        basis=Basis(kind=BasisKind.RULE, reference="13.1"),
        effect=LegalEffect.STATUTORY,
        anchor=date(2025, 12, 31),
        fixed_on=date(2026, 12, 31),
        roll=Roll.KEPT,
        rungs=Ladders().yearly_duty,
    )
    assert duty.by_law
    at_risk = _rungs_due(calendar, duty, date(2026, 12, 31))
    assert at_risk == [RungName.EARLY_REMINDER, RungName.REMINDER, RungName.LAST_CALL]
    missed = _rungs_due(calendar, duty, calendar.next_working_day(date(2026, 12, 31)))
    assert missed == [*at_risk, RungName.EXPIRED]
    assert reach(duty, RungName.EXPIRED).status is DeadlineStatus.PASSED


def test_n15_a_later_edition_does_not_apply_to_what_began_under_the_former() -> None:
    strict = with_switches(recommendations_required=True).model_copy(
        update={"id": "next", "in_force_from": date(2026, 8, 1)}
    )
    former = ORDER_192.model_copy(update={"in_force_until": date(2026, 7, 31)})
    editions = (former, strict)
    no_grounds = facts(items=(PROPOSAL,), no_grounds_given=True)

    began = edition_on(editions, date(2026, 7, 7))
    assert began == former
    story = Story(began).starts().conducts().submits_report(no_grounds).approves_report()
    assert edition_on(editions, story.today) == strict
    assert story.state.current is not None

    anew = Story(strict).starts().conducts()
    assert anew.refused(SubmitReport, content=pinned(no_grounds)) == ("no_recommendation", "16.2")


def _rungs_due(calendar: WorkingCalendar, duty: object, day: date) -> list[RungName]:
    now = calendar.opening(day)
    return [rung.rung for rung in due_rungs((duty,), calendar, now)]  # type: ignore[arg-type]
