"""The act by which somebody speaks for another body."""

from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.bodies import versions_on
from api.problems.problem import ProblemCode, invalid
from models.vocabulary.actors import Actor


def authority_has_come(actor: Actor, today: date) -> None:
    """Nobody acts by an act that is yet to be signed. Raises Failed (422, authority_in_future).

    `today` is the local date.
    """
    authority = actor.on_behalf
    if authority is not None and authority.dated > today:
        raise invalid(ProblemCode.AUTHORITY_IN_FUTURE, "/on_behalf/dated", date=authority.dated.isoformat())


async def authority_is_known(session: AsyncSession, actor: Actor, today: date) -> None:
    """Nobody acts for a body that the registry knows neither today nor on the day of its act: a paper of one
    that is no more may be recorded late. Raises Failed (422)."""
    authority = actor.on_behalf
    if authority is None:
        return
    for day in (today, authority.dated):
        if authority.organisation in await versions_on(session, day, (authority.organisation,)):
            return
    raise invalid(
        ProblemCode.ORGANISATION_UNKNOWN, "/on_behalf/organisation", organisation=authority.organisation
    )
