"""Who may start which monitoring of what: rules 1-6, 9-11, 14 and the decision table (docs/procedure.md)."""

from datetime import date

import pytest

from models.monitoring.open_work import due_to_authorized_body, publication_due
from models.monitoring.rules.start import start_refusals, start_warnings
from models.vocabulary.bodies import Body
from models.vocabulary.editions import Edition, Strictness
from models.vocabulary.procedure import ConductorKind, Kind, OrganisationKind, Stage
from tests.models.monitoring.monitorings import Story, with_switches
from tests.models.monitoring.rules.parts import (
    AB,
    AB_ID,
    AKIMAT,
    CITIZEN,
    CLINIC,
    COURT,
    DIVISION,
    GUARD,
    NGO,
    SCHOOL,
    body,
    start_command,
)

TWO_BODIES = {"objects": (CLINIC, SCHOOL)}
BODIES_IN_A_SPHERE: dict[str, object] = {"spheres": ("health",), "objects": (CLINIC, SCHOOL)}


def codes(edition: Edition | None = None, /, **changes: object) -> list[tuple[str, str]]:
    """Why a start is refused: code and rule."""
    found = start_refusals(start_command(**changes), edition or with_switches())  # type: ignore[arg-type]
    return [(refusal.code, refusal.rule) for refusal in found]


def warned(edition: Edition, /, **changes: object) -> list[str]:
    return [r.code for r in start_warnings(start_command(**changes), edition)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("conductor", "kind", "to_authorized_body", "published"),
    [
        pytest.param(AB, Kind.COMPREHENSIVE, False, True, id="AB-CM"),
        pytest.param(AB, Kind.THEMATIC, False, False, id="AB-TM"),
        pytest.param(DIVISION, Kind.COMPREHENSIVE, True, True, id="TD-CM"),
        pytest.param(DIVISION, Kind.THEMATIC, True, False, id="TD-TM"),
        pytest.param(NGO, Kind.THEMATIC, True, False, id="OS-TM"),
    ],
)
def test_decision_table_rows_that_are_allowed(
    conductor: Body, kind: Kind, to_authorized_body: bool, published: bool
) -> None:
    """Rules 10, 11, 17, 19, 20: who may conduct, whom the report is due to, whether it must be published."""
    objects = (CLINIC, SCHOOL) if kind is Kind.COMPREHENSIVE else (CLINIC,)
    story = Story().starts(conductor, kind, objects=objects)
    assert story.state.stage is Stage.PLANNED
    assert due_to_authorized_body(story.state) is to_authorized_body
    assert publication_due(story.state) is published


@pytest.mark.parametrize("conductor", [NGO, CITIZEN, AKIMAT, CLINIC])
def test_decision_table_row_that_is_refused_comprehensive_by_other_subjects(conductor: Body) -> None:
    refused = codes(conductor=conductor, kind=Kind.COMPREHENSIVE, objects=(SCHOOL, COURT))
    assert refused == [("comprehensive_by_other_subject", "10")]


def test_rule_01_a_monitoring_keeps_the_edition_it_was_started_under() -> None:
    edition = with_switches(published_by_us_is_open=True)
    assert Story(edition).starts().state.edition == edition


def test_rule_02_every_kind_of_conductor_may_start_a_thematic_monitoring() -> None:
    conductors = {AB: ConductorKind.AUTHORIZED_BODY, DIVISION: ConductorKind.TERRITORIAL_DIVISION}
    for conductor, kind in conductors.items():
        assert Story().starts(conductor).state.conductor_kind is kind


def test_rule_02_a_monitoring_without_a_conductor_is_refused() -> None:
    assert codes(conductors=()) == [("no_conductor", "2")]


def test_rule_02_a_conductor_is_named_once() -> None:
    assert ("conductor_twice", "2") in codes(conductors=(DIVISION, DIVISION))


def test_rule_02_a_division_belongs_to_the_authorized_body() -> None:
    foreign = body("td-x", OrganisationKind.TERRITORIAL_DIVISION, superior="ministry")
    assert codes(conductor=foreign) == [("division_of_another_body", "2")]


def test_rule_02_there_is_one_authorized_body() -> None:
    former = body("former", OrganisationKind.AUTHORIZED_BODY)
    assert codes(conductor=former) == [("not_the_authorized_body", "2")]


def test_rule_02_a_joint_monitoring_of_the_body_and_a_division_is_the_authorized_body_s() -> None:
    story = Story().starts(conductors=(AB, DIVISION))
    assert story.state.conductor_kind is ConductorKind.AUTHORIZED_BODY
    assert story.state.lead == AB


@pytest.mark.parametrize(
    ("reading", "refused", "warning"),
    [(Strictness.FORBID, True, False), (Strictness.WARN, False, True), (Strictness.ALLOW, False, False)],
)
def test_rule_02_self_monitoring_is_read_as_the_edition_says(
    reading: Strictness, refused: bool, warning: bool
) -> None:
    edition = with_switches(self_monitoring=reading)
    own = {"conductor": CLINIC, "objects": (CLINIC,)}
    assert (("self_monitoring", "2") in codes(edition, **own)) is refused
    assert ("self_monitoring" in warned(edition, **own)) is warning


@pytest.mark.parametrize("kind", list(OrganisationKind))
def test_rule_03_whoever_is_neither_the_body_nor_its_division_is_an_other_subject(
    kind: OrganisationKind,
) -> None:
    own = {OrganisationKind.AUTHORIZED_BODY, OrganisationKind.TERRITORIAL_DIVISION}
    assert (kind.conductor_kind is ConductorKind.OTHER_SUBJECT) is (kind not in own)


def test_rule_03_a_natural_person_may_conduct() -> None:
    assert Story().starts(CITIZEN).state.conductor_kind is ConductorKind.OTHER_SUBJECT


def test_rule_05_a_special_state_body_is_no_object() -> None:
    assert codes(objects=(GUARD,)) == [("object_special_state_body", "5")]


def test_rule_05_a_special_state_body_is_no_conductor() -> None:
    assert codes(conductor=GUARD) == [("conductor_special_state_body", "5")]


def test_rule_05_a_special_state_body_inside_a_sphere_is_no_object_either() -> None:
    assert codes(spheres=("security",), objects=(GUARD,)) == [("object_special_state_body", "5")]


def test_rule_05_a_court_may_be_monitored() -> None:
    assert codes(objects=(COURT,)) == []


@pytest.mark.parametrize(
    ("exempt", "expected"), [(True, []), (False, [("conductor_special_state_body", "5")])]
)
def test_rule_05_and_2_collide_only_if_the_authorized_body_is_special_and_not_exempt(
    exempt: bool, expected: list[tuple[str, str]]
) -> None:
    special = body(AB_ID, OrganisationKind.AUTHORIZED_BODY, special_state_body=True)
    edition = with_switches(authorized_body_exempt_from_rule_5=exempt)
    assert codes(edition, conductor=special) == expected


def test_rule_05_the_exemption_does_not_cover_others() -> None:
    edition = with_switches(authorized_body_exempt_from_rule_5=True)
    assert codes(edition, conductor=GUARD) == [("conductor_special_state_body", "5")]


def test_rule_09_there_are_two_kinds() -> None:
    assert {kind.value for kind in Kind} == {"comprehensive", "thematic"}


def test_rule_10_comprehensive_is_refused_to_an_other_subject() -> None:
    refused = codes(conductor=NGO, kind=Kind.COMPREHENSIVE, **TWO_BODIES)
    assert refused == [("comprehensive_by_other_subject", "10")]


def test_rule_10_one_other_subject_among_the_conductors_is_enough_to_refuse() -> None:
    refused = codes(conductors=(AB, NGO), kind=Kind.COMPREHENSIVE, **TWO_BODIES)
    assert ("comprehensive_by_other_subject", "10") in refused


def test_rule_10_two_units_of_one_legal_person_are_one_body() -> None:
    units = tuple(
        body(name, OrganisationKind.LOCAL_EXECUTIVE_BODY, legal_person="akimat")
        for name in ("land", "schools")
    )
    refused = codes(kind=Kind.COMPREHENSIVE, spheres=("land",), objects=units)
    assert refused == [("comprehensive_too_narrow", "10")]


@pytest.mark.parametrize("wide", [{"spheres": ("a", "b"), "objects": ()}, TWO_BODIES])
@pytest.mark.parametrize(
    ("reading", "refused", "warning"),
    [(Strictness.FORBID, True, False), (Strictness.WARN, False, True), (Strictness.ALLOW, False, False)],
)
def test_a1_two_spheres_or_two_bodies_are_enough_unless_the_edition_asks_for_both(
    wide: dict[str, object], reading: Strictness, refused: bool, warning: bool
) -> None:
    edition = with_switches(comprehensive_needs_both=reading)
    comprehensive = {"kind": Kind.COMPREHENSIVE, **wide}
    assert (codes(edition, **comprehensive) == [("comprehensive_needs_both", "10")]) is refused
    assert ("comprehensive_needs_both" in warned(edition, **comprehensive)) is warning


@pytest.mark.parametrize("reading", Strictness)
def test_a1_both_spheres_and_bodies_satisfy_every_reading(reading: Strictness) -> None:
    edition = with_switches(comprehensive_needs_both=reading)
    both = {"kind": Kind.COMPREHENSIVE, "spheres": ("a", "b"), **TWO_BODIES}
    assert codes(edition, **both) == []
    assert warned(edition, **both) == []


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        pytest.param({"spheres": ("a",), "objects": ()}, [], id="one-sphere"),
        pytest.param({"objects": (CLINIC,)}, [], id="one-body"),
        pytest.param({"spheres": ("a", "b")}, [("thematic_too_wide", "11")], id="two-spheres"),
        pytest.param(TWO_BODIES, [("thematic_too_wide", "11")], id="two-bodies-without-a-sphere"),
        pytest.param({"objects": ()}, [("thematic_without_object", "11")], id="nothing"),
    ],
)
def test_rule_11_a_thematic_monitoring_is_of_one_sphere_or_one_body(
    scope: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    assert codes(**scope) == expected


@pytest.mark.parametrize(
    ("reading", "refused", "warning"),
    [(Strictness.FORBID, True, False), (Strictness.WARN, False, True), (Strictness.ALLOW, False, False)],
)
def test_a2_several_bodies_inside_the_one_sphere(reading: Strictness, refused: bool, warning: bool) -> None:
    edition = with_switches(thematic_single_body=reading)
    assert (codes(edition, **BODIES_IN_A_SPHERE) == [("thematic_several_bodies", "11")]) is refused
    assert ("thematic_several_bodies" in warned(edition, **BODIES_IN_A_SPHERE)) is warning


def test_rule_14_an_other_subject_starts_without_anybody_s_leave() -> None:
    """Own initiative, at any time: the start alone makes it a monitoring, nothing waits for an approval."""
    story = Story().starts(NGO)
    assert story.letters() == []
    assert story.begins_collection().state.stage is Stage.COLLECTING


def test_annex_i_3_the_period_studied_does_not_end_before_it_begins() -> None:
    reversed_period = {"studied_from": date(2025, 12, 31), "studied_until": date(2025, 1, 1)}
    assert codes(**reversed_period) == [("studied_period_reversed", "annex.I.3")]


def test_every_reason_is_told_at_once() -> None:
    refused = codes(conductor=NGO, kind=Kind.COMPREHENSIVE, objects=(GUARD,))
    assert refused == [
        ("object_special_state_body", "5"),
        ("comprehensive_by_other_subject", "10"),
        ("comprehensive_too_narrow", "10"),
    ]
