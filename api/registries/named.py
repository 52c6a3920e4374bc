"""What a request names of the registries, each refused at its field where it is unknown."""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.bodies import body_of, versions_on
from activities.registries.spheres import sphere_names
from activities.registries.successions import known_successions, spans_of
from api.problems.problem import Failed, ProblemCode, invalid
from models.monitoring.state import MonitoringState
from models.tables.bodies import OrganisationRow
from models.vocabulary.bodies import Body
from models.vocabulary.existence import existed_within
from models.vocabulary.procedure import Id
from models.vocabulary.succession import stands_for


async def bodies_on(session: AsyncSession, day: date, named: Mapping[str, Id]) -> tuple[Body, ...]:
    """The facts a command carries about bodies, as of a day; `named` has them by their fields' pointers.

    Raises Failed (422) for one unknown then, and for one that is no more: then it names who came after it.
    """
    versions = await versions_on(session, day, named.values())
    for pointer, organisation in named.items():
        if organisation not in versions:
            raise await _not_there(session, day, pointer, organisation)
    bodies = tuple(body_of(versions[organisation]) for organisation in named.values())
    return await _with_superiors(session, day, bodies)


async def _not_there(session: AsyncSession, day: date, pointer: str, organisation: Id) -> Failed:
    """Why a body cannot be named on a day: it never was there, or it is abolished since."""
    lives = await spans_of(session, (organisation,))
    last_day = existed_within(lives.get(organisation, ()), date.min, day)
    if last_day is None:
        unknown = {"organisation": organisation, "day": day.isoformat()}
        return invalid(ProblemCode.ORGANISATION_UNKNOWN, pointer, **unknown)
    params = {"organisation": organisation, "until": last_day.isoformat()}
    heir = stands_for(await known_successions(session, day), organisation)
    if heir is None or heir == organisation:
        return invalid(ProblemCode.ORGANISATION_GONE, pointer, **params)
    return invalid(ProblemCode.ORGANISATION_SUCCEEDED, pointer, **params, successor=heir)


async def bodies_that_were(session: AsyncSession, today: date, named: Mapping[str, Id]) -> tuple[Body, ...]:
    """The facts about bodies that a paper of before names: of today, or where one is no more, of its last
    day. Raises Failed (422) for one that never was there."""
    there = await versions_on(session, today, named.values())
    gone = [each for each in named.values() if each not in there]
    return await _as_they_were(session, today, named, gone, (date.min, today))


async def bodies_studied(
    session: AsyncSession, today: date, named: Mapping[str, Id], since: date, until: date
) -> tuple[Body, ...]:
    """The facts about bodies that are studied: of today, or where one is no more, of the last day of the
    period studied on which it was there. Raises Failed (422) for one that never was there within it."""
    there = await versions_on(session, today, named.values())
    gone = [each for each in named.values() if each not in there]
    return await _as_they_were(session, today, named, gone, (since, until))


async def bodies_addressed(
    session: AsyncSession, today: date, named: Mapping[str, Id], state: MonitoringState
) -> tuple[Body, ...]:
    """The facts about bodies that a report is sent to: of today, or where one is no more and its successor is
    written to in its place, of its last day. Raises Failed (422) for one unknown."""
    there = await versions_on(session, today, named.values())
    gone = [each for each in named.values() if each not in there]
    succeeded = [each for each in gone if state.stands_for(each) not in {None, each}]
    return await _as_they_were(session, today, named, succeeded, (date.min, today))


async def _as_they_were(
    session: AsyncSession, today: date, named: Mapping[str, Id], gone: list[Id], within: tuple[date, date]
) -> tuple[Body, ...]:
    """The facts of today; about those that are no more, of their last day within a period."""
    lives = await spans_of(session, gone) if gone else {}
    known: dict[str, Body] = {}
    for pointer, each in named.items():
        if each in gone:
            day = existed_within(lives.get(each, ()), *within) or today
            (known[pointer],) = await bodies_on(session, day, {pointer: each})
    present = {pointer: each for pointer, each in named.items() if pointer not in known}
    known |= dict(zip(present, await bodies_on(session, today, present), strict=True))
    return tuple(known[pointer] for pointer in named)


async def _with_superiors(session: AsyncSession, day: date, bodies: tuple[Body, ...]) -> tuple[Body, ...]:
    """A body under one that is no more is under whoever came after that."""
    above = {body.superior for body in bodies if body.superior}
    if not above - set(await versions_on(session, day, above)):
        return bodies
    passed = await known_successions(session, day)
    return tuple(
        body.model_copy(update={"superior": stands_for(passed, body.superior)}) if body.superior else body
        for body in bodies
    )


def each_of(pointer: str, ids: Iterable[Id], field: str = "") -> dict[str, Id]:
    """The ids in a list of a body, by their pointers; `field` where each is one of an object."""
    return {f"{pointer}/{place}{field}": known for place, known in enumerate(ids)}


async def spheres_known(session: AsyncSession, spheres: Iterable[Id]) -> None:
    """Raises Failed (422, sphere_unknown) for one that the registry does not have."""
    named = each_of("/spheres", spheres)
    known = await sphere_names(session, named.values())
    for pointer, sphere in named.items():
        if sphere not in known:
            raise invalid(ProblemCode.SPHERE_UNKNOWN, pointer, sphere=sphere)


async def organisation_in_registry(session: AsyncSession, organisation: Id, pointer: str) -> None:
    """A body that a change of the registries names in a field. Raises Failed (422, organisation_unknown)."""
    if await session.get(OrganisationRow, organisation) is None:
        raise invalid(ProblemCode.ORGANISATION_UNKNOWN, pointer, organisation=organisation)
