"""What holds among the bodies of the registry."""

from collections.abc import Callable
from datetime import date

import pytest

from models.vocabulary.bodies import check_abolition, check_kind_on_its_day, check_superior
from models.vocabulary.procedure import OrganisationKind
from models.vocabulary.refusal import Refused

ABOVE = {"department": "ministry", "ministry": None, "a": "b", "b": "a"}


@pytest.mark.parametrize("superior", [None, "ministry", "department", "unknown", "a"])
def test_a_body_may_lie_below_others(superior: str | None) -> None:
    check_superior("unit", superior, ABOVE)


@pytest.mark.parametrize(
    ("check", "code", "rule"),
    [
        (lambda: check_superior("ministry", "department", ABOVE), "superior_of_itself", ""),
        (lambda: check_superior("unit", "unit", ABOVE), "superior_of_itself", ""),
        (lambda: check_kind_on_its_day("court", "maslikhat"), "kind_from_a_later_day", ""),
        (
            lambda: check_abolition(OrganisationKind.COURT, date(2026, 1, 1), successors=()),
            "abolished_already",
            "",
        ),
        (
            lambda: check_abolition(OrganisationKind.AUTHORIZED_BODY, None, successors=()),
            "authorized_body_needed",
            "2",
        ),
    ],
)
def test_what_cannot_be_is_refused(check: Callable[[], None], code: str, rule: str) -> None:
    with pytest.raises(Refused) as refused:
        check()
    assert [(each.code, each.rule) for each in refused.value.refusals] == [(code, rule)]


def test_the_rest_may_be() -> None:
    check_kind_on_its_day("court", None)
    check_kind_on_its_day("court", "court")
    check_abolition(OrganisationKind.COURT, None, successors=())
    check_abolition(OrganisationKind.AUTHORIZED_BODY, None, successors=("next",))
