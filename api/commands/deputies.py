"""Naming a deputy, and ending that: by whoever is stood in for; the deputy may lay it down."""

from datetime import date, datetime
from http import HTTPStatus
from typing import Final
from uuid import uuid4

from pydantic import Field
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.bodies import organisation_on
from activities.registries.deputies import deputyship_by_id, deputyships_of
from activities.registries.local_day import local_day
from activities.service_letters.made import letter_made
from api.access.auth import Caller
from api.content.attaching import Looked
from api.http.requests import Day, Line, RequestBody
from api.problems.problem import Failed, ProblemCode, not_found
from models.tables.accounts import AccountRow
from models.tables.deputies import DeputyshipEndRow, DeputyshipRow
from models.tables.files import FileRow
from models.vocabulary.deputies import DEPUTIES, Deputyship, Named, refusal_to_end, refusals
from models.vocabulary.procedure import Id, Role
from models.vocabulary.service_letters import ServiceLetterKind

_LOCK: Final = 0x6B7A_0041  # whoever names a deputy has seen all who were named before


class DeputyBody(RequestBody):
    """Whom somebody names, for which local days, by which act."""

    deputy: Id = Field(examples=["a-sary-analyst"], description="An account of one's own body.")
    first_day: Day
    last_day: Day = Field(description="The last day on which the deputy may act; not before the first.")
    act: Line = Field(examples=["№ 17-ө бұйрық"], description="Kind and number of the act of appointment.")
    dated: Day


async def name_deputy(
    session: AsyncSession, caller: Caller, body: DeputyBody, now: datetime, file: Looked | None = None
) -> Deputyship:
    """Both are told by letter. The same once more is what there is already.

    Raises Failed (409) with every reason.
    """
    await session.exec(select(func.pg_advisory_xact_lock(_LOCK)))
    today = local_day(now)
    new = Deputyship(id=uuid4().hex, account=caller.account, **body.model_dump())
    known = await deputyships_of(session, new.account, new.deputy)
    again = next((each for each in known if each.same_as(new) and not each.over(today)), None)
    if again is not None:
        return again
    whose = Named(account=caller.account, organisation=caller.organisation, role=caller.role, there=True)
    found = tuple(refusals(new, whose, await _named(session, new.deputy, today), known, today))
    if found:
        raise Failed(HTTPStatus.CONFLICT, found[0].code, refusals=found)
    if file is not None:
        stored = {"media_type": file.media_type, "size": len(file.content), "content": file.content}
        row = insert(FileRow).values(sha256=file.sha256, **stored, at=now)
        await session.exec(row.on_conflict_do_nothing())
    session.add(
        DeputyshipRow(
            **new.model_dump(exclude={"ended_at"}),
            file=file.sha256 if file else None,
            filename=file.filename if file else "",
            at=now,
        )
    )
    _tell(session, ServiceLetterKind.DEPUTY_NAMED, new, now)
    await session.flush()
    return new


async def end_deputyship(session: AsyncSession, caller: Caller, known: Id, now: datetime) -> Deputyship:
    """From now on. Ended once, it stays as it ended. Raises Failed (404, 409)."""
    found = await deputyship_by_id(session, known)
    if found is None or caller.account not in {found.account, found.deputy}:
        raise not_found(ProblemCode.ITEM_UNKNOWN, item=known)
    if found.ended_at is not None:
        return found
    over = refusal_to_end(found, local_day(now))
    if over is not None:
        raise Failed(HTTPStatus.CONFLICT, over.code, refusals=(over,))
    row = insert(DeputyshipEndRow).values(deputyship=found.id, by=caller.account, at=now)
    if (await session.exec(row.on_conflict_do_nothing())).rowcount:
        _tell(session, ServiceLetterKind.DEPUTY_ENDED, found, now)
        await session.flush()
    return found.model_copy(update={"ended_at": now})


def may_name(caller: Caller) -> bool:
    return caller.role in DEPUTIES


def _tell(session: AsyncSession, kind: ServiceLetterKind, of: Deputyship, now: datetime) -> None:
    session.add_all(letter_made(kind, of.id, now, (account,)) for account in (of.account, of.deputy))


async def _named(session: AsyncSession, account: Id, today: date) -> Named | None:
    row = await session.get(AccountRow, account)
    if row is None:
        return None
    there = row.active and await organisation_on(session, row.organisation, today) is not None
    return Named(account=row.id, organisation=row.organisation, role=Role(row.role), there=there)
