"""Rule 5 speaks of the activity («қызметіне»): what a body was in the days studied, and what it is sent."""

from datetime import date

import pytest

from api.registries.suggestions import suggested_addressees
from models.commands import ApproveReport, BeginCorrection, CloseMonitoring, DispatchReport, ResendLetter
from models.events import AddresseeOmitted
from models.monitoring.open_work import dispatch_complete, open_items
from models.monitoring.rules.start import start_refusals, start_warnings
from models.vocabulary.editions import ORDER_192, Switches
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Ground, Id, Stage
from tests.models.monitoring.monitorings import Story
from tests.models.monitoring.rules.parts import (
    AB,
    AKIMAT,
    CLINIC,
    GUARD,
    HASH,
    HEAD,
    SCHOOL,
    TO_AB,
    start_command,
    to,
)

MERGED_LATER = GUARD.model_copy(update={"superior": "akimat"})


def codes(**changes: object) -> list[tuple[str, str]]:
    found = start_refusals(start_command(**changes), ORDER_192)  # type: ignore[arg-type]
    return [(refusal.code, refusal.rule) for refusal in found]


def test_rule_05_a_body_that_was_special_on_a_day_studied_is_no_object_though_it_is_not_today() -> None:
    assert codes(objects=(CLINIC,), special_in_period=("clinic",)) == [("object_special_in_period", "5")]


def test_rule_05_a_body_that_became_special_later_is_studied_for_the_time_before() -> None:
    assert codes(objects=(MERGED_LATER,), special_in_period=()) == []
    warned = start_warnings(start_command(objects=(MERGED_LATER,), special_in_period=()), ORDER_192)
    assert [(w.code, w.rule) for w in warned] == [("object_special_since", "5")]


def test_rule_05_it_is_sent_nothing_and_nobody_suggests_it() -> None:
    story = Story().starts(objects=(MERGED_LATER,), special_in_period=()).has_approved_report()
    assert suggested_addressees(story.state) == {
        "clinic": Ground.HOLDER_OF_POWER,
        "akimat": Ground.SUPERIOR_BODY,
        "uo": Ground.CONSOLIDATION,
    }
    guard = {"addressees": (to(MERGED_LATER),)}
    assert story.refused(DispatchReport, **guard) == ("addressee_special_state_body", "5")
    story.dispatches(to(AKIMAT, Ground.SUPERIOR_BODY), to(CLINIC, Ground.HOLDER_OF_POWER), TO_AB)
    story.post_takes_letters()
    assert story.state.stage is Stage.DISPATCHED


@pytest.mark.parametrize(
    ("asked_at_the_start", "refused"), [((), True), (None, False)], ids=["by-period", "as-it-was"]
)
def test_rule_05_it_is_asked_again_at_the_approval_of_what_was_started_by_this_reading(
    asked_at_the_start: tuple[Id, ...] | None, refused: bool
) -> None:
    story = Story().starts(special_in_period=asked_at_the_start).conducts().submits_report()
    approval = {"version": 1, "special_in_period": ("clinic",)}
    if refused:
        assert story.refused(ApproveReport, HEAD, **approval) == ("object_special_in_period", "5")
        assert story.does(ApproveReport, HEAD, version=1)
    else:
        assert story.does(ApproveReport, HEAD, **approval)


def test_rule_05_a_switch_of_the_edition_keeps_the_former_reading() -> None:
    assert ORDER_192.switches.rule_5_by_period
    assert Switches.model_validate({"self_monitoring": "warn"}).rule_5_by_period
    assert codes(objects=(GUARD,), special_in_period=None) == [("object_special_state_body", "5")]
    assert codes(objects=(CLINIC,), special_in_period=None) == []


def corrects(story: Story, *special: Id) -> None:
    story.does(BeginCorrection, reason=HASH)
    story.submits_report()
    story.does(ApproveReport, HEAD, version=2, special_now=special)


def test_rule_05_whoever_became_special_after_the_report_was_sent_gets_no_corrected_one() -> None:
    story = Story().starts().has_approved_report()
    story.dispatches(to(CLINIC), to(SCHOOL, Ground.HOLDER_OF_POWER), TO_AB)
    story.post_takes_letters()
    corrects(story, "school")
    again = [letter.recipient for letter in story.letters(LetterKind.REPORT_CORRECTED)]
    assert "school" not in again
    assert "clinic" in again
    omitted = [each.event for each in story.entries if isinstance(each.event, AddresseeOmitted)]
    assert [(each.addressee, each.special, each.version) for each in omitted] == [("school", True, 2)]
    story.post_takes_letters()
    assert dispatch_complete(story.state)
    assert story.state.stage is Stage.DISPATCHED
    assert [item.kind for item in open_items(story.state) if item.blocking] == []
    assert story.not_admitted(CloseMonitoring) == []


def test_rule_05_where_everybody_became_special_the_corrected_report_goes_to_nobody() -> None:
    story = Story().starts(AB, special_in_period=()).has_approved_report().dispatches(to(CLINIC))
    story.post_takes_letters()
    corrects(story, "clinic")
    assert story.letters(LetterKind.REPORT_CORRECTED) == []


def test_rule_05_the_authorized_body_is_sent_the_report_for_consolidation_whatever_it_is() -> None:
    story = Story().starts().has_approved_report().is_dispatched()
    corrects(story, "uo")
    assert story.state.addressees["uo"].version == 2
    assert "uo" not in story.state.omitted


def test_rule_05_a_letter_is_not_sent_again_to_what_is_special_by_now() -> None:
    story = Story().starts().has_approved_report().is_dispatched()
    letter = story.state.addressees["clinic"].letter
    refused = story.refused(ResendLetter, letter=letter, special_now=True)
    assert refused == ("addressee_special_state_body", "5")
    assert story.does(ResendLetter, letter=letter)
    assert story.today > date(2026, 7, 1)
