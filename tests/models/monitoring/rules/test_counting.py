"""What counts as one at a start: a sphere named twice, a legal person's units, a period of one day."""

from datetime import date

import pytest

from models.monitoring.rules.start import start_refusals, start_warnings
from models.vocabulary.editions import ORDER_192, Edition, Strictness
from models.vocabulary.procedure import Kind, OrganisationKind
from tests.models.monitoring.monitorings import with_switches
from tests.models.monitoring.rules.parts import AB_ID, body, start_command

OFFICE = body("td-office", OrganisationKind.TERRITORIAL_DIVISION, legal_person="td", superior=AB_ID)
BRANCH = body("td-branch", OrganisationKind.STATE_ORGANISATION, legal_person="td")


def codes(edition: Edition = ORDER_192, /, **changes: object) -> list[tuple[str, str]]:
    """Why a start is refused: code and rule."""
    found = start_refusals(start_command(**changes), edition)  # type: ignore[arg-type]
    return [(refusal.code, refusal.rule) for refusal in found]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        pytest.param(Kind.THEMATIC, [], id="thematic"),
        pytest.param(Kind.COMPREHENSIVE, [("comprehensive_too_narrow", "10")], id="comprehensive"),
    ],
)
def test_rules_10_and_11_a_sphere_named_twice_is_one(kind: Kind, expected: list[tuple[str, str]]) -> None:
    assert codes(kind=kind, spheres=("health", "health"), objects=()) == expected


@pytest.mark.parametrize(
    ("kind", "scope"),
    [
        pytest.param(Kind.COMPREHENSIVE, {"spheres": ("health",)}, id="too-narrow"),
        pytest.param(Kind.THEMATIC, {"spheres": ("health", "schools")}, id="too-wide"),
        pytest.param(Kind.THEMATIC, {"objects": ()}, id="nothing"),
    ],
)
def test_rules_10_and_11_what_every_edition_refuses_is_not_warned_of_too(
    kind: Kind, scope: dict[str, object]
) -> None:
    assert codes(kind=kind, **scope)
    assert start_warnings(start_command(kind=kind, **scope), ORDER_192) == ()  # type: ignore[arg-type]


def test_rule_02_another_unit_of_one_s_own_legal_person_is_oneself() -> None:
    strict = with_switches(self_monitoring=Strictness.FORBID)
    assert codes(strict, conductor=OFFICE, objects=(BRANCH,)) == [("self_monitoring", "2")]


def test_annex_i_3_a_single_day_may_be_studied() -> None:
    day = date(2025, 6, 2)
    assert codes(studied_from=day, studied_until=day) == []
