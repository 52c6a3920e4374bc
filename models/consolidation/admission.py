"""What is refused of new registrations only: histories hold others from before, and replay them."""

from collections.abc import Iterator

from models.commands import RegisterPaperReport
from models.commands.command import Command
from models.vocabulary.procedure import ConductorKind, Kind, OrganisationKind
from models.vocabulary.refusal import Refusal, refuse_all


def check_consolidation_admission(command: Command) -> None:
    """Asked once, when a command comes in.

    Raises `Refused` (paper_of_special_state_body, paper_comprehensive_by_other_subject,
    paper_on_special_state_body, object_natural_person, item_addressee_special_state_body,
    item_addressee_natural_person).

    What came on paper is consolidated as a report under the Rules (rule 17), so the Rules hold of it as of a
    monitoring that is conducted here. How wide it is (A1, A2) is not judged: of a paper not all is typed.
    """
    if isinstance(command, RegisterPaperReport):
        refuse_all((*_conductor(command), *_objects(command), *_items(command)))


def _conductor(command: RegisterPaperReport) -> Iterator[Refusal]:
    """Rules 5, 10, 14: a special state body conducts nothing, an other subject thematic ones only."""
    conductor = command.conductor
    whose = {"organisation": conductor.organisation}
    if conductor.special_state_body:
        yield Refusal(code="paper_of_special_state_body", rule="5", params=whose)
    other = conductor.kind.conductor_kind is ConductorKind.OTHER_SUBJECT
    if other and command.kind is Kind.COMPREHENSIVE:
        yield Refusal(code="paper_comprehensive_by_other_subject", rule="10", params=whose)


def _objects(command: RegisterPaperReport) -> Iterator[Refusal]:
    """Rules 5, 10, 11: what may be monitored."""
    rule = "10" if command.kind is Kind.COMPREHENSIVE else "11"
    for known in command.objects:
        whose = {"organisation": known.organisation}
        if known.special_state_body:
            yield Refusal(code="paper_on_special_state_body", rule="5", params=whose)
        if known.kind is OrganisationKind.NATURAL_PERSON:
            yield Refusal(code="object_natural_person", rule=rule, params=whose)


def _items(command: RegisterPaperReport) -> Iterator[Refusal]:
    """Rules 5, 16: whom a decision may ask for something."""
    for each in command.items:
        known = each.addressee
        params = {"item": each.item, "organisation": known.organisation}
        if known.special_state_body:
            yield Refusal(code="item_addressee_special_state_body", rule="5", params=params)
        if known.kind is OrganisationKind.NATURAL_PERSON:
            yield Refusal(code="item_addressee_natural_person", rule="16", params=params)
