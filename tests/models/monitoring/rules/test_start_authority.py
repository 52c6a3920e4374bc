"""Rule 2: a start rests on acts of the bodies that conduct, and on none of a day to come."""

from datetime import date

import pytest

from models.monitoring.rules.start_authority import check_start_authority
from models.vocabulary.actors import Authority
from models.vocabulary.procedure import Id
from models.vocabulary.refusal import Refused
from tests.models.monitoring.rules.parts import AB, ANALYST, DIVISION, NGO, SCHOOL, start_command

TODAY = date(2026, 7, 7)


def act(organisation: Id, dated: date = TODAY) -> Authority:
    return Authority(organisation=organisation, act="order 7", dated=dated)


def refused(**changes: object) -> list[str]:
    try:
        check_start_authority(start_command(**changes), TODAY)  # type: ignore[arg-type]
    except Refused as error:
        return [refusal.code for refusal in error.refusals]
    return []


@pytest.mark.parametrize(
    ("speaks_for", "codes"), [(NGO, []), (DIVISION, []), (AB, ["on_behalf_of_no_conductor"])]
)
def test_rule_02_a_start_is_made_for_a_conductor_only(speaks_for: object, codes: list[str]) -> None:
    actor = ANALYST.model_copy(update={"on_behalf": act(speaks_for.organisation)})  # type: ignore[attr-defined]
    assert refused(actor=actor, conductors=(NGO, DIVISION)) == codes


@pytest.mark.parametrize(
    ("agreement", "codes"),
    [
        (act(AB.organisation), []),
        (act("nobody"), ["agreement_of_no_co_conductor"]),
        (act(SCHOOL.organisation), ["agreement_of_no_co_conductor"]),
        (act(NGO.organisation), ["agreement_of_no_co_conductor"]),
        (act(AB.organisation, date(2026, 7, 8)), ["agreement_in_future"]),
    ],
)
def test_rule_02_agreements_are_of_co_conductors_and_of_days_that_came(
    agreement: Authority, codes: list[str]
) -> None:
    assert refused(conductors=(NGO, AB), agreements=(agreement,)) == codes
