"""Rule 2: nobody is made a conductor by another."""

from datetime import date

import pytest

from models.monitoring.open_work import due_to_authorized_body
from models.monitoring.rules.start import decide_start
from models.vocabulary.actors import Authority
from models.vocabulary.bodies import Body
from models.vocabulary.refusal import Refused
from tests.models.monitoring.monitorings import Story, with_switches
from tests.models.monitoring.rules.parts import AB, DIVISION, NGO, SCHOOL, start_command

CALENDAR = Story().starts().state.calendar


@pytest.mark.parametrize(("lead", "other"), [(NGO, AB), (AB, NGO), (DIVISION, AB), (NGO, SCHOOL)])
def test_rule_02_a_co_conductor_agrees_by_an_act(lead: Body, other: Body) -> None:
    with pytest.raises(Refused) as refused:
        decide_start(start_command(conductors=(lead, other)), with_switches(), CALENDAR)
    assert refused.value.code == "co_conductor_agreement_missing"
    agreed = Authority(organisation=other.organisation, act="letter 5", dated=date(2026, 1, 12))
    command = start_command(conductors=(lead, other), agreements=(agreed,))
    (started,) = decide_start(command, with_switches(), CALENDAR)
    assert started.agreements == (agreed,)


def test_rule_02_the_authorized_body_names_its_own_divisions() -> None:
    story = Story().starts(conductors=(AB, DIVISION))
    assert story.state.conducted_by(DIVISION.organisation)


def test_rule_20_a_report_conducted_with_the_authorized_body_is_not_sent_to_it() -> None:
    agreed = (Authority(organisation=AB.organisation, act="order 7", dated=date(2026, 1, 12)),)
    story = Story().starts(conductors=(NGO, AB), agreements=agreed)
    assert not due_to_authorized_body(story.state)
