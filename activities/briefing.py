"""What the registries say of a body that owes a duty (rule 13), on one local date."""

from datetime import date

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.base import Model
from models.calendar import WorkingCalendar
from models.calendar_edition import CalendarEdition
from models.commands import Body
from models.editions import Edition, edition_on
from models.events import Briefing
from models.procedure import Id, OrganisationKind
from models.tables import CalendarRow, EditionRow, OrganisationRow, OrganisationVersionRow

OWING = (OrganisationKind.AUTHORIZED_BODY, OrganisationKind.TERRITORIAL_DIVISION)


class Ground(Model):
    """What all duties stand on: the Rules and the calendar in use, and the authorized body."""

    edition: Edition
    calendar: WorkingCalendar
    authorized_body: Id


class Owing(Model):
    """A body with a duty: its code, and what is known of it."""

    code: str
    briefing: Briefing


async def ground_on(session: AsyncSession, today: date) -> Ground | None:
    """None before the registries are filled."""
    editions = await session.exec(select(EditionRow))
    edition = edition_on(tuple(Edition.model_validate(row.body) for row in editions), today)
    calendar = (await session.exec(select(CalendarRow).order_by(col(CalendarRow.serial).desc()))).first()
    body = await _authorized_body(session, today)
    if edition is None or calendar is None or body is None:
        return None
    working = CalendarEdition.model_validate(calendar.body).working_calendar()
    return Ground(edition=edition, calendar=working, authorized_body=body)


async def bodies_that_owe(session: AsyncSession, ground: Ground, today: date) -> tuple[Owing, ...]:
    """The authorized body and every division there is or was, each by its latest version that has begun."""
    versions = await session.exec(
        select(OrganisationVersionRow, OrganisationRow.code)
        .join(OrganisationRow, col(OrganisationRow.id) == col(OrganisationVersionRow.organisation))
        .where(col(OrganisationVersionRow.kind).in_([kind.value for kind in OWING]))
        .where(col(OrganisationVersionRow.valid_from) <= today)
        .order_by(col(OrganisationVersionRow.organisation), col(OrganisationVersionRow.valid_from))
    )
    first: dict[Id, date] = {}
    found: dict[Id, Owing] = {}
    for row, code in versions:
        first.setdefault(row.organisation, row.valid_from)
        briefing = _briefing(row, first[row.organisation], ground)
        found[row.organisation] = Owing(code=code, briefing=briefing)
    return tuple(found.values())


def _briefing(row: OrganisationVersionRow, exists_from: date, ground: Ground) -> Briefing:
    body = Body(
        organisation=row.organisation,
        kind=OrganisationKind(row.kind),
        legal_person=row.legal_person,
        superior=row.superior,
        special_state_body=row.special_state_body,
    )
    return Briefing(
        body=body,
        exists_from=exists_from,
        exists_until=row.valid_until,
        authorized_body=ground.authorized_body,
        edition=ground.edition,
    )


async def _authorized_body(session: AsyncSession, today: date) -> Id | None:
    versions = (
        select(OrganisationVersionRow)
        .where(col(OrganisationVersionRow.kind) == OrganisationKind.AUTHORIZED_BODY.value)
        .where(col(OrganisationVersionRow.valid_from) <= today)
        .order_by(col(OrganisationVersionRow.valid_from).desc())
    )
    row = (await session.exec(versions.limit(1))).first()
    return row.organisation if row else None
