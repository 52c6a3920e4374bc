"""The registries as they stand on a local date: bodies, names, the calendar and the edition in use."""

from collections.abc import Iterable, Mapping
from datetime import date
from http import HTTPStatus

from pydantic import ValidationError
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from api.problems.problem import Failed, ProblemCode, invalid
from models.calendar.edition import CalendarEdition
from models.calendar.working import WorkingCalendar
from models.report.content import Wording
from models.tables.bodies import OrganisationRow, OrganisationVersionRow
from models.tables.calendars import CalendarRow
from models.tables.editions import EditionRow
from models.tables.spheres import SphereRow
from models.vocabulary.bodies import Body
from models.vocabulary.editions import Edition, edition_on
from models.vocabulary.procedure import Id, OrganisationKind


async def versions_on(
    session: AsyncSession, day: date, organisations: Iterable[Id] | None = None
) -> dict[Id, OrganisationVersionRow]:
    """What is known of bodies on a day, by id; of all when none are named. The abolished are absent."""
    found = select(OrganisationVersionRow).where(
        col(OrganisationVersionRow.valid_from) <= day,
        or_(
            col(OrganisationVersionRow.valid_until).is_(None),
            col(OrganisationVersionRow.valid_until) >= day,
        ),
    )
    if organisations is not None:
        found = found.where(col(OrganisationVersionRow.organisation).in_(set(organisations)))
    rows = await session.exec(found.order_by(col(OrganisationVersionRow.valid_from)))
    return {row.organisation: row for row in rows}


def name_of(row: OrganisationVersionRow | SphereRow) -> Wording:
    """The names on file."""
    return Wording(kk=row.name_kk, ru=row.name_ru, en=row.name_en)


async def names_of(session: AsyncSession, day: date, organisations: Iterable[Id]) -> dict[Id, Wording]:
    """Names of bodies on a day, the last ones known for bodies that no longer exist."""
    wanted = set(organisations)
    found = select(OrganisationVersionRow).where(
        col(OrganisationVersionRow.organisation).in_(wanted), col(OrganisationVersionRow.valid_from) <= day
    )
    rows = await session.exec(found.order_by(col(OrganisationVersionRow.valid_from)))
    return {row.organisation: name_of(row) for row in rows}


async def sphere_names(session: AsyncSession, spheres: Iterable[Id] | None = None) -> dict[Id, Wording]:
    """Names of these spheres, of all when none are named."""
    found = select(SphereRow)
    if spheres is not None:
        found = found.where(col(SphereRow.id).in_(set(spheres)))
    rows = await session.exec(found)
    return {row.id: name_of(row) for row in rows}


async def bodies_on(session: AsyncSession, day: date, named: Mapping[str, Id]) -> tuple[Body, ...]:
    """The facts a command carries about bodies, as of a day; `named` has them by their fields' pointers.

    Raises Failed (422) for one unknown then.
    """
    versions = await versions_on(session, day, named.values())
    for pointer, organisation in named.items():
        if organisation not in versions:
            params = {"organisation": organisation, "day": day.isoformat()}
            raise invalid(ProblemCode.ORGANISATION_UNKNOWN, pointer, **params)
    return tuple(_body(versions[organisation]) for organisation in named.values())


def each_of(pointer: str, ids: Iterable[Id], field: str = "") -> dict[str, Id]:
    """The ids in a list of a body, by their pointers; `field` where each is one of an object."""
    return {f"{pointer}/{place}{field}": known for place, known in enumerate(ids)}


async def spheres_known(session: AsyncSession, spheres: Iterable[Id]) -> None:
    """Raises Failed (422, sphere_unknown) for one that the registry does not have."""
    named = each_of("/spheres", spheres)
    rows = await session.exec(select(SphereRow.id).where(col(SphereRow.id).in_(named.values())))
    known = set(rows)
    for pointer, sphere in named.items():
        if sphere not in known:
            raise invalid(ProblemCode.SPHERE_UNKNOWN, pointer, sphere=sphere)


def _body(row: OrganisationVersionRow) -> Body:
    return Body(
        organisation=row.organisation,
        kind=OrganisationKind(row.kind),
        legal_person=row.legal_person,
        superior=row.superior,
        special_state_body=row.special_state_body,
    )


async def authorized_body_on(session: AsyncSession, day: date) -> Id:
    """Rule 2: there is exactly one authorized body on any day. Raises Failed (409) while there is none."""
    versions = await versions_on(session, day)
    found = [o for o, row in versions.items() if row.kind == OrganisationKind.AUTHORIZED_BODY]
    if len(found) != 1:
        raise _not_ready("authorized_body")
    return found[0]


async def organisation_in_registry(session: AsyncSession, organisation: Id, pointer: str) -> None:
    """A body that a change of the registries names in a field. Raises Failed (422, organisation_unknown)."""
    if await session.get(OrganisationRow, organisation) is None:
        raise invalid(ProblemCode.ORGANISATION_UNKNOWN, pointer, organisation=organisation)


async def current_calendar(session: AsyncSession) -> WorkingCalendar:
    """The newest edition of the working calendar. Raises Failed (409) before the first one is loaded."""
    newest = select(CalendarRow).order_by(col(CalendarRow.serial).desc()).limit(1)
    row = (await session.exec(newest)).first()
    if row is None:
        raise _not_ready("calendar")
    return calendar_in(row).working_calendar()


def calendar_in(row: CalendarRow) -> CalendarEdition:
    """The edition a row holds."""
    return CalendarEdition.model_validate(row.body)


async def current_edition(session: AsyncSession, day: date) -> Edition:
    """The edition of the Rules in force on a day. Raises Failed (409) where none is."""
    try:
        editions = tuple(Edition.model_validate(row.body) for row in await session.exec(select(EditionRow)))
    except ValidationError:
        raise _not_ready("edition") from None
    edition = edition_on(editions, day)
    if edition is None:
        raise _not_ready("edition")
    return edition


def _not_ready(registry: str) -> Failed:
    return Failed(HTTPStatus.CONFLICT, ProblemCode.REGISTRY_NOT_READY, params={"registry": registry})
