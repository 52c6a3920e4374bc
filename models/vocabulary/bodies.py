"""A body as the registry knew it on a day, and what holds among the bodies of the registry."""

from collections.abc import Mapping, Sequence
from datetime import date

from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, OrganisationKind
from models.vocabulary.refusal import refuse_if


class Body(Model):
    """An organisation as the registry knew it on the day of the command (effective-dated facts)."""

    organisation: Id
    kind: OrganisationKind
    legal_person: Id  # two units of one legal person count as one body (A1)
    superior: Id | None = None
    special_state_body: bool = False


def check_superior(organisation: Id, superior: Id | None, superiors: Mapping[Id, Id | None]) -> None:
    """Nobody is above itself, at any distance. Raises `Refused` (superior_of_itself).

    `superiors` tells of every body who is above it on the day; earlier rings among others end the walk.
    """
    seen: set[Id] = set()
    above = superior
    while above is not None and above not in seen:
        refuse_if(above == organisation, "superior_of_itself", "", organisation=organisation)
        seen.add(above)
        above = superiors.get(above)


def check_kind_on_its_day(kind: str, wanted: object) -> None:
    """A body that is of a kind on a day was of it, and may owe duties: another kind begins on a later day.

    Raises `Refused` (kind_from_a_later_day).
    """
    refuse_if(wanted is not None and wanted != kind, "kind_from_a_later_day", "")


def check_abolition(kind: OrganisationKind, valid_until: date | None, *, successors: Sequence[Id]) -> None:
    """Whether a body may end: once, and not the only authorized body (rule 2).

    Raises `Refused` (abolished_already, authorized_body_needed).
    """
    refuse_if(valid_until is not None, "abolished_already", "", date=str(valid_until))
    alone = kind is OrganisationKind.AUTHORIZED_BODY and not successors
    refuse_if(alone, "authorized_body_needed", "2")
