"""How a body ends in the registry, and how it is put on record which one came after it."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.bodies import versions_on
from api.access.auth import Caller
from api.content.notes import Referred, keep_texts, noted
from api.problems.problem import ProblemCode, conflict, not_found
from api.registries.changes import next_version, versions_of
from api.registries.matters import OpenMatter, matters_at
from api.registries.named import organisation_in_registry
from models.tables.accounts import AccountRow
from models.tables.bodies import OrganisationVersionRow
from models.tables.successions import SuccessionRow
from models.vocabulary.base import Model
from models.vocabulary.bodies import check_abolition
from models.vocabulary.procedure import Id, OrganisationKind, Role
from models.vocabulary.succession import (
    check_administered,
    check_gone,
    check_kind_changes,
    check_successor,
)

_ONE_DAY = timedelta(days=1)


class Act(Model):
    """What is put on record: the act in words, by which account, at which UTC instant; who comes after.

    `successor_said` where somebody said who it is, or that there is none: nothing is left by oversight.
    """

    reason: str
    account: Id
    at: datetime
    successor: Id | None = None
    successor_said: bool = False


def act_of(caller: Caller, now: datetime, reason: str, successor: Id | None, said: bool = True) -> Act:
    """An act as a caller puts it on record now."""
    return Act(reason=reason, account=caller.account, at=now, successor=successor, successor_said=said)


async def abolish(
    session: AsyncSession, organisation: Id, last_day: date, act: Act
) -> tuple[OrganisationVersionRow, tuple[OpenMatter, ...]]:
    """A body's last day (local), why, and who comes after it; and what is open at it. The caller flushes.

    Raises Failed: 404 for an unknown body, 409 when a version is known that begins later, or when something
    is open at the body and nobody said whose that is then. Raises `Refused` where it is abolished already,
    where nobody would be the authorized body on the day after (rule 2), where no administrator would be left
    to give accounts, or for a successor that is not there then.
    """
    rows = await versions_of(session, organisation)
    if not rows:
        raise not_found(ProblemCode.ORGANISATION_UNKNOWN, organisation=organisation)
    last, after = rows[-1], last_day + _ONE_DAY
    there = await versions_on(session, after)
    kind, held = OrganisationKind(last.kind), OrganisationKind.AUTHORIZED_BODY
    offices = [each for each, row in there.items() if row.kind == held and each != organisation]
    check_abolition(kind, last.valid_until, successors=offices)
    administered = await _administered(session, set(there) - {organisation})
    check_administered(organisation, administered)
    if last.valid_from > last_day:
        since = last.valid_from.isoformat()
        raise conflict(ProblemCode.LAST_DAY_TOO_EARLY, since=since, organisation=organisation)
    matters = await matters_at(session, organisation)
    if matters and not (act.successor_said or kind is held):
        raise conflict(ProblemCode.OPEN_MATTERS, organisation=organisation, count=str(len(matters)))
    known = {"reason": act.reason, "account": act.account, "at": act.at}
    row = await next_version(session, organisation, code=None, since=last_day, changes=known)
    row.valid_until = last_day
    if act.successor_said:
        await name_successor(session, organisation, after, act, whole=True)
    return row, matters


async def name_successor(
    session: AsyncSession, organisation: Id, since: date, act: Act, *, whole: bool
) -> SuccessionRow:
    """Who comes after a body from a local date on; flushed. Raises Failed (422) for an unknown one, and
    `Refused` for one that does not exist then."""
    if act.successor is not None:
        await organisation_in_registry(session, act.successor, "/successor")
        check_successor(organisation, act.successor, since, await versions_on(session, since))
    note = noted(act.reason)
    await keep_texts(session, None, Referred((note,)), act.at)
    row = SuccessionRow(
        body=organisation,
        successor=act.successor,
        since=since,
        whole=whole,
        reason=act.reason,
        sha256=note.sha256,
        account=act.account,
        at=act.at,
    )
    session.add(row)
    await session.flush()
    return row


async def name_successor_late(session: AsyncSession, organisation: Id, act: Act) -> SuccessionRow:
    """Who came after a body that is abolished on record; the word before it, if any, counts no more.

    Raises Failed (404) for an unknown body, `Refused` for one that is not abolished, or as `name_successor`.
    """
    rows = await versions_of(session, organisation)
    if not rows:
        raise not_found(ProblemCode.ORGANISATION_UNKNOWN, organisation=organisation)
    last_day = rows[-1].valid_until
    check_gone(organisation, last_day)
    assert last_day is not None
    return await name_successor(session, organisation, last_day + _ONE_DAY, act, whole=True)


async def change_kind(
    session: AsyncSession, row: OrganisationVersionRow, changes: Mapping[str, object], act: Act
) -> None:
    """Who has from now on what a body led by its former kind. Raises as `name_successor`, and `Refused`
    where the kind stays."""
    check_kind_changes(row.organisation, changes.keys())
    await name_successor(session, row.organisation, row.valid_from, act, whole=False)


async def _administered(session: AsyncSession, bodies: set[Id]) -> bool:
    """Whether somebody of these bodies may give accounts."""
    admins = select(AccountRow.id).where(
        AccountRow.role == Role.ADMIN.value,
        col(AccountRow.active).is_(True),
        col(AccountRow.organisation).in_(bodies),
    )
    return (await session.exec(admins.limit(1))).first() is not None
