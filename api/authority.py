"""The act by which somebody speaks for another body."""

from datetime import date

from api.problems import ProblemCode, invalid
from models.actors import Actor


def authority_has_come(actor: Actor, today: date) -> None:
    """Nobody acts by an act that is yet to be signed. Raises Failed (422, authority_in_future).

    `today` is the local date.
    """
    authority = actor.on_behalf
    if authority is not None and authority.dated > today:
        raise invalid(ProblemCode.AUTHORITY_IN_FUTURE, "/on_behalf/dated", date=authority.dated.isoformat())
