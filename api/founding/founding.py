"""The founding of an installation: what must be on file before anybody can sign in, in one transaction."""

from datetime import date, datetime
from typing import Final

from pydantic import Field
from sqlalchemy import func
from sqlmodel import SQLModel, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.bodies import authorized_body_on
from activities.registries.calendars import current_calendar
from activities.registries.editions import current_edition
from api.access.tokens import issue
from api.calendar.seed import seed_edition
from api.calendar.store import publish_first
from api.founding.file import FirstBody, FoundingFile
from api.registries.changes import next_version
from api.registries.reference_rows import edition_row
from api.routes.accounts import Account, grant_of, keep_account
from api.routes.registries import PersonBody, keep_person, keep_sphere
from models.events import DoneBefore
from models.tables.accounts import AccountRow
from models.tables.bodies import OrganisationRow
from models.tables.editions import EditionRow
from models.tables.foundings import FoundingRow
from models.tables.monitorings import MonitoringRow
from models.tables.people import PersonRow
from models.tables.spheres import SphereRow
from models.vocabulary.base import Model
from models.vocabulary.editions import FOUNDED_WITH
from models.vocabulary.procedure import Id, Role, founding_number

# Ids name nobody: they stand in the journal for ever, whoever the first administrator was.
ADMINISTRATOR: Final = "p-admin-1"
ACCOUNT: Final = "a-admin-1"
TOKEN_LABEL: Final = "founding"
FOUNDED_ID: Final = "founding"
_ONE_AT_A_TIME: Final = 192_002  # the advisory lock of whoever founds
# A calendar alone founds nothing: the migrations' service publishes it.
_FOUNDED_BY: Final[tuple[type[SQLModel], ...]] = (
    OrganisationRow,
    PersonRow,
    AccountRow,
    SphereRow,
    EditionRow,
    MonitoringRow,
)


class AlreadyFounded(Exception):
    """Somebody works here already: nothing was changed."""


class Founded(Model):
    """What came about. The token's text cannot be had again."""

    account: Id
    organisations: int
    edition: Id
    calendar: Id
    counted_from: date
    done_before: int
    expires_on: date
    token: str = Field(repr=False)


async def found(
    session: AsyncSession, file: FoundingFile, *, days: int, now: datetime, today: date
) -> Founded:
    """Found the installation; the caller commits. `now` is an aware instant, `today` the local date of it.

    Raises AlreadyFounded.
    """
    await session.exec(select(func.pg_advisory_xact_lock(_ONE_AT_A_TIME)))
    for table in _FOUNDED_BY:
        if (await session.exec(select(func.count()).select_from(table))).one():
            raise AlreadyFounded
    await _registries(session, file, now)
    session.add(_beginning(file, now))
    session.add(edition_row(FOUNDED_WITH, now))
    await publish_first(session, seed_edition(), now)
    await session.flush()
    token, text = await issue(session, ACCOUNT, TOKEN_LABEL, days, now)
    # The very questions every start of a monitoring asks.
    await authorized_body_on(session, today)
    return Founded(
        account=ACCOUNT,
        organisations=len(list(file.bodies())),
        edition=(await current_edition(session, today)).id,
        calendar=(await current_calendar(session)).edition,
        counted_from=file.duties.counted_from,
        done_before=len(file.duties.done_before),
        expires_on=token.expires_at.date(),
        token=text,
    )


def _beginning(file: FoundingFile, now: datetime) -> FoundingRow:
    """What the file tells of duties; each monitoring from before gets a number of its own."""
    told: dict[Id, list[dict[str, object]]] = {}
    for serial, done in enumerate(file.duties.done_before, start=1):
        known = DoneBefore(
            number=founding_number(done.ended_on.year, serial),
            **done.model_dump(exclude={"organisation", "reference"}),
        )
        kept = known.model_dump(mode="json") | {"reference": done.reference}
        told.setdefault(done.organisation, []).append(kept)
    counted_from = file.duties.counted_from
    return FoundingRow(id=FOUNDED_ID, counted_from=counted_from, done_before={**told}, at=now)


async def _registries(session: AsyncSession, file: FoundingFile, now: datetime) -> None:
    authorized_body = file.authorized_body.id
    for _, body in file.bodies():
        superior = None if body is file.authorized_body else authorized_body
        await _body(session, body, superior, now)
    for sphere in file.spheres:
        await keep_sphere(session, sphere.id, sphere)
    known = file.administrator.model_dump(exclude={"organisation"})
    await keep_person(session, ADMINISTRATOR, PersonBody(**known, organisation=authorized_body))
    account = Account(id=ACCOUNT, person=ADMINISTRATOR, organisation=authorized_body, role=Role.ADMIN)
    await keep_account(session, account, grant_of(account, reason=TOKEN_LABEL, by="", now=now))


async def _body(session: AsyncSession, body: FirstBody, superior: Id | None, now: datetime) -> None:
    given = body.model_dump(mode="json", exclude={"id", "code", "valid_from"}, exclude_none=True)
    kept = {"legal_person": body.id} | given | {"superior": superior, "at": now}
    await next_version(session, body.id, code=body.code, since=body.valid_from, changes=kept)
    await session.flush()
