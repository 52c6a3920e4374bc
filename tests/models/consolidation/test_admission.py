"""What is refused of new registrations only: papers that the Rules exclude (rules 5, 10, 11, 14, 16)."""

from datetime import date

import pytest

from models.commands import RegisterPaperReport
from models.commands.consolidation import PaperItem
from models.consolidation.admission import check_consolidation_admission
from models.vocabulary.bodies import Body
from models.vocabulary.procedure import ConductorKind, Kind, OrganisationKind
from models.vocabulary.refusal import Refused
from tests.models.consolidation.test_rules import ANALYST, DIVISION, OTHER, Consolidation, paper

GUARD = Body(
    organisation="guard",
    kind=OrganisationKind.CENTRAL_STATE_BODY,
    legal_person="guard",
    special_state_body=True,
)
PERSON = Body(organisation="somebody", kind=OrganisationKind.NATURAL_PERSON, legal_person="somebody")


def refused(by: Body, **fields: object) -> list[tuple[str, str]]:
    given = {"id": "c1", "actor": ANALYST, **paper("P-2026-0001", by, **fields)}
    command = RegisterPaperReport.model_validate(given)
    try:
        check_consolidation_admission(command)
    except Refused as error:
        return [(refusal.code, refusal.rule) for refusal in error.refusals]
    return []


@pytest.mark.parametrize("kind", OrganisationKind)
def test_rule_10_a_comprehensive_report_of_an_other_subject_is_not_registered(kind: OrganisationKind) -> None:
    by = Body(organisation="somebody", kind=kind, legal_person="somebody")
    other = kind.conductor_kind is ConductorKind.OTHER_SUBJECT
    expected = [("paper_comprehensive_by_other_subject", "10")] if other else []
    assert refused(by, kind=Kind.COMPREHENSIVE) == expected
    assert refused(by) == []  # rule 14: anybody conducts a thematic one, a person too


def test_rule_05_a_report_of_or_on_a_special_state_body_is_not_registered() -> None:
    assert refused(GUARD) == [("paper_of_special_state_body", "5")]
    assert refused(OTHER, objects=(DIVISION, GUARD)) == [("paper_on_special_state_body", "5")]
    asks = PaperItem(item="i1", addressee=GUARD)
    assert refused(OTHER, items=(asks,)) == [("item_addressee_special_state_body", "5")]


def test_rule_11_and_16_a_person_is_neither_studied_nor_asked_for_anything() -> None:
    asks = PaperItem(item="i1", addressee=PERSON)
    assert refused(OTHER, objects=(PERSON,), items=(asks,)) == [
        ("object_natural_person", "11"),
        ("item_addressee_natural_person", "16"),
    ]
    assert refused(DIVISION, kind=Kind.COMPREHENSIVE, objects=(PERSON,)) == [("object_natural_person", "10")]


def test_what_was_registered_before_is_still_decided_as_it_was() -> None:
    """A history that holds such a registration replays: what is refused of new ones is not asked there."""
    office = Consolidation(on=date(2026, 1, 1))
    office.registers(by=OTHER, kind=Kind.COMPREHENSIVE)
    assert "P-2026-0001" in office.now.inbox
