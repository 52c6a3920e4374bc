"""What holds among the bodies of the registry."""

from collections.abc import Mapping

from models.procedure import Id
from models.refusal import refuse_if


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
