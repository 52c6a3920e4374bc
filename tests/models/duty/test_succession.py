"""A duty and a consolidation of a body that is no more end, and note who came after it (rules 13, 17, 18)."""

from datetime import date

import pytest

from models.consolidation.rules import brief_consolidation
from models.duty.rules import brief_duty
from models.events import PeriodVerdict
from models.vocabulary.succession import Succession
from tests.models.consolidation import test_rules as consolidation
from tests.models.duty.test_rules import LONG_AGO, Duty, briefing

DAY = date(2026, 10, 1)
PASSED = Succession(body="sary", successor="koko", since=DAY, reason="a" * 64)
OFFICE = Succession(body="uo", successor="successor", since=DAY)


def test_rule_13_the_duty_of_a_body_that_is_no_more_notes_its_successor_and_ends() -> None:
    duty = Duty()
    gone = briefing(exists_until=date(2026, 9, 30)).model_copy(update={"succession": PASSED})
    duty.happens(*brief_duty(duty.now, gone, DAY))
    assert duty.now.ended
    assert duty.now.successions == {"sary": PASSED}


def test_rule_13_a_body_of_today_hears_of_its_own_office_once() -> None:
    duty = Duty()
    told = briefing().model_copy(update={"succession": PASSED.model_copy(update={"whole": False})})
    duty.happens(*brief_duty(duty.now, told, DAY))
    assert not duty.now.ended
    assert brief_duty(duty.now, told, DAY) == ()


@pytest.mark.parametrize("done", [False, True], ids=["nothing was done yet", "the year is fulfilled"])
def test_a3_rule_13_whoever_was_on_file_before_its_predecessor_went_is_exempt_no_more(done: bool) -> None:
    """The next body is registered first: for a moment it looks younger than the year."""
    young = briefing(exists_from=DAY)
    duty = Duty(on=DAY, known=young)
    assert _exempt(duty)
    if done:
        duty.counts("2026-UO-0001", date(2026, 6, 30))
    heir = young.model_copy(update={"exists_from": LONG_AGO, "carries_on": True})
    duty.happens(*brief_duty(duty.now, heir, DAY))
    assert not _exempt(duty)
    assert duty.said.count("duty_period_begun") == 2
    assert ("duty:2026" in duty.now.deadlines) is not done
    duty.time_passes_until(date(2027, 1, 1))
    expected = PeriodVerdict.FULFILLED if done else PeriodVerdict.BREACHED
    assert [past.verdict for past in duty.now.past] == [expected]


def test_a3_rule_13_a_body_that_is_younger_than_the_year_stays_exempt_whatever_it_hears() -> None:
    duty = Duty(on=DAY, known=briefing(exists_from=DAY))
    for told in (
        briefing(exists_from=LONG_AGO),
        briefing(exists_from=DAY).model_copy(update={"carries_on": True}),
    ):
        duty.happens(*brief_duty(duty.now, told, DAY))
        assert _exempt(duty)


def _exempt(duty: Duty) -> bool:
    assert duty.now.period is not None
    return duty.now.period.exempt


def test_rule_18_the_former_office_notes_who_holds_it_now() -> None:
    former = consolidation.Consolidation()
    told = consolidation.briefing("successor").model_copy(update={"succession": OFFICE})
    former.happens(*brief_consolidation(former.now, told, DAY))
    assert former.now.ended
    assert former.now.successions == {"uo": OFFICE}
