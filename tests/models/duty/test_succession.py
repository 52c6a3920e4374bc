"""A duty and a consolidation of a body that is no more end, and note who came after it (rules 13, 17, 18)."""

from datetime import date

from models.consolidation.rules import brief_consolidation
from models.duty.rules import brief_duty
from models.vocabulary.succession import Succession
from tests.models.consolidation import test_rules as consolidation
from tests.models.duty.test_rules import Duty, briefing

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


def test_rule_18_the_former_office_notes_who_holds_it_now() -> None:
    former = consolidation.Consolidation()
    told = consolidation.briefing("successor").model_copy(update={"succession": OFFICE})
    former.happens(*brief_consolidation(former.now, told, DAY))
    assert former.now.ended
    assert former.now.successions == {"uo": OFFICE}
