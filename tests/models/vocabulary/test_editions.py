"""The order itself and the readings it leaves open: O1-O4, rule 13, A3, A4, A11."""

from datetime import date

import pytest

from models.agenda.deadline import DeadlineSubject
from models.vocabulary.editions import ORDER_192, Switches, YearCountedBy, YearScope, YearWindow, edition_on
from tests.models.monitoring.monitorings import Story, with_switches


def test_o1_the_edition_names_its_order() -> None:
    assert (ORDER_192.order_number, ORDER_192.order_date) == ("192", date(2023, 6, 16))


def test_o4_before_it_came_into_force_there_is_no_edition() -> None:
    assert edition_on((ORDER_192,), date(2023, 6, 29)) is None
    assert edition_on((ORDER_192,), date(2023, 6, 30)) == ORDER_192


def test_o4_of_two_editions_the_later_one_is_in_force() -> None:
    later = ORDER_192.model_copy(update={"id": "later", "in_force_from": date(2027, 1, 1)})
    assert edition_on((later, ORDER_192), date(2026, 12, 31)) == ORDER_192
    assert edition_on((later, ORDER_192), date(2027, 1, 1)) == later


@pytest.mark.parametrize("scope", YearScope)
@pytest.mark.parametrize("window", YearWindow)
@pytest.mark.parametrize("counted_by", YearCountedBy)
def test_a3_rule_13_each_reading_of_the_yearly_duty_is_pinned_with_the_edition(
    scope: YearScope, window: YearWindow, counted_by: YearCountedBy
) -> None:
    edition = with_switches(year_scope=scope, year_window=window, year_counted_by=counted_by)
    switches = Story(edition).starts().state.edition.switches
    pinned = (switches.year_scope, switches.year_window, switches.year_counted_by)
    assert pinned == (scope, window, counted_by)


def test_a3_by_default_each_conductor_a_calendar_year_and_the_end_of_the_conduct_count() -> None:
    given = Switches()
    assert given.year_scope is YearScope.EACH_CONDUCTOR
    assert given.year_window is YearWindow.CALENDAR_YEAR
    assert given.year_counted_by is YearCountedBy.END
    assert given.year_prorated


@pytest.mark.parametrize(("thematic", "review"), [(6, 3), (12, 1)])
def test_a4_rules_13_and_18_regularity_is_an_interval_that_refuses_nothing(
    thematic: int, review: int
) -> None:
    edition = with_switches(thematic_interval_months=thematic, review_interval_months=review)
    story = Story(edition).starts().has_approved_report().is_dispatched()
    assert story.state.edition.switches.thematic_interval_months == thematic
    assert story.state.edition.switches.review_interval_months == review
    assert {each.subject_kind for each in story.state.deadlines.values()} == {DeadlineSubject.RECEIPT}


@pytest.mark.parametrize("masked", [True, False])
def test_a11_whether_a_person_s_contacts_are_masked_in_public_is_the_edition_s_word(masked: bool) -> None:
    assert (
        Story(with_switches(mask_natural_person=masked)).starts().state.edition.switches.mask_natural_person
        is masked
    )
