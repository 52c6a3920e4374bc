"""What the registries say of a body that owes a duty (rule 13), on one local date."""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import chain

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.bodies import authorized_body_on, body_of
from activities.registries.calendars import current_calendar
from activities.registries.editions import current_edition
from activities.registries.foundings import Beginning, beginning
from activities.registries.not_ready import RegistryNotReady
from activities.registries.successions import known_successions
from models.calendar.working import WorkingCalendar
from models.events import Briefing
from models.tables.bodies import OrganisationRow, OrganisationVersionRow
from models.vocabulary.base import Model
from models.vocabulary.editions import Edition
from models.vocabulary.procedure import Id, OrganisationKind
from models.vocabulary.succession import Successions, leads_for

_ONE_DAY = timedelta(days=1)
OWING = (OrganisationKind.AUTHORIZED_BODY, OrganisationKind.TERRITORIAL_DIVISION)


class InForce(Model):
    """What all duties stand on: the Rules and the calendar in use, and the authorized body."""

    edition: Edition
    calendar: WorkingCalendar
    authorized_body: Id


class Owing(Model):
    """A body with a duty: its code, and what is known of it."""

    code: str
    briefing: Briefing


async def in_force_on(session: AsyncSession, today: date) -> InForce | None:
    """None before the registries are filled."""
    try:
        return InForce(
            edition=await current_edition(session, today),
            calendar=await current_calendar(session),
            authorized_body=await authorized_body_on(session, today),
        )
    except RegistryNotReady:
        return None


async def bodies_that_owe(session: AsyncSession, in_force: InForce, today: date) -> tuple[Owing, ...]:
    """The authorized body and every division there is or was, each by its latest version that has begun."""
    versions = await session.exec(
        select(OrganisationVersionRow, OrganisationRow.code)
        .join(OrganisationRow, col(OrganisationRow.id) == col(OrganisationVersionRow.organisation))
        .where(col(OrganisationVersionRow.kind).in_([kind.value for kind in OWING]))
        .order_by(col(OrganisationVersionRow.organisation), col(OrganisationVersionRow.valid_from))
    )
    founded = await beginning(session)
    known: dict[tuple[Id, str], list[OrganisationVersionRow]] = {}
    for row, code in versions:
        known.setdefault((row.organisation, code), []).append(row)
    passed = await known_successions(session, today)
    since = {body: rows[0].valid_from for (body, _), rows in known.items()}
    return tuple(
        Owing(code=code, briefing=_briefing(rows, begun, in_force, founded, passed, since))
        for (_, code), rows in known.items()
        if (begun := [row for row in rows if row.valid_from <= today])
    )


def _exists_until(rows: list[OrganisationVersionRow], current: OrganisationVersionRow) -> date | None:
    """The last day of the body, not of what was known of it: a version that follows at once carries it on."""
    until = current.valid_until
    for row in rows[rows.index(current) + 1 :]:
        if until is None or row.valid_from > until + _ONE_DAY:
            return until
        until = row.valid_until
    return until


def _briefing(
    rows: list[OrganisationVersionRow],
    begun: list[OrganisationVersionRow],
    in_force: InForce,
    founded: Beginning,
    passed: Successions,
    since: Mapping[Id, date],
) -> Briefing:
    """A body that carries on the duty of another one is as old as that (A3): its year is not cut short."""
    row = begun[-1]
    before = tuple(
        each
        for each in sorted(since)
        if each != row.organisation and leads_for(passed, each) == row.organisation
    )
    done = (founded.done_before.get(each, ()) for each in (row.organisation, *before))
    return Briefing(
        body=body_of(row),
        exists_from=min(since[each] for each in (row.organisation, *before)),
        exists_until=_exists_until(rows, row),
        authorized_body=in_force.authorized_body,
        edition=in_force.edition,
        counted_from=founded.counted_from,
        done_before=tuple(chain.from_iterable(done)),
        succession=passed.get(row.organisation),
        carries_on=bool(before),
    )
