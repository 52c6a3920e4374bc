"""How the registry of bodies changes: a new version from a day on, the one before ends the day before; a body
that is abolished (`api/commands/abolishing.py`) has a last version of one day."""

from collections.abc import Mapping
from datetime import date, timedelta
from http import HTTPStatus

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.bodies import versions_on
from activities.registries.words import body_words
from api.problems.problem import Failed, FieldFault, ProblemCode, conflict, invalid
from api.registries.named import organisation_in_registry
from models.tables.bodies import OrganisationRow, OrganisationVersionRow
from models.vocabulary.bodies import check_kind_on_its_day, check_superior
from models.vocabulary.procedure import Id

_REQUIRED = ("kind", "name_kk", "name_ru", "legal_person")


async def versions_of(session: AsyncSession, organisation: Id) -> list[OrganisationVersionRow]:
    """Everything that was ever known of a body, in order of time."""
    rows = await session.exec(
        select(OrganisationVersionRow)
        .where(OrganisationVersionRow.organisation == organisation)
        .order_by(col(OrganisationVersionRow.valid_from))
    )
    return list(rows)


async def next_version(
    session: AsyncSession, organisation: Id, *, code: str | None, since: date, changes: Mapping[str, object]
) -> OrganisationVersionRow:
    """The version from a local date on: the last one with the changes in it. The caller flushes.

    A second change on one day mends the first, and its reason stands after the first one's; the log of
    commands keeps both. Raises Failed: 409 when a
    later version exists, 422 when a new body lacks what must be known of it, or its superior is unknown.
    Raises `Refused` for a body that would be above itself, or of another kind on the day it is of one.
    """
    await _superior_fits(session, organisation, since, changes)
    rows = await versions_of(session, organisation)
    row = (
        _later_version(session, rows[-1], since, changes)
        if rows
        else await _first_version(session, organisation, code, since, changes)
    )
    await session.exec(body_words(row))
    return row


def _later_version(
    session: AsyncSession, last: OrganisationVersionRow, since: date, changes: Mapping[str, object]
) -> OrganisationVersionRow:
    if last.valid_from > since:
        raise conflict(ProblemCode.VERSION_NOT_LATER, since=last.valid_from.isoformat())
    if last.valid_from == since:
        check_kind_on_its_day(last.kind, changes.get("kind"))
        return last.sqlmodel_update({**changes, "reason": _reasons(last.reason, changes.get("reason"))})
    fields = last.model_dump() | dict(changes) | {"valid_from": since, "valid_until": None}
    if last.valid_until is None:
        last.valid_until = since - timedelta(days=1)
    row = OrganisationVersionRow.model_validate(fields)
    session.add(row)
    return row


def _reasons(before: str, now: object) -> str:
    """Of two changes on one day both say why: the later one takes no reason away."""
    said = now if isinstance(now, str) else ""
    return "; ".join(dict.fromkeys(each for each in (before, said) if each))


async def _superior_fits(
    session: AsyncSession, organisation: Id, since: date, changes: Mapping[str, object]
) -> None:
    """Raises `Refused` for a body that would be above itself from that day on, Failed for an unknown one."""
    superior = changes.get("superior")
    if isinstance(superior, str):
        await organisation_in_registry(session, superior, "/superior")
        known = await versions_on(session, since)
        check_superior(organisation, superior, {each: row.superior for each, row in known.items()})


async def _first_version(
    session: AsyncSession, organisation: Id, code: str | None, since: date, changes: Mapping[str, object]
) -> OrganisationVersionRow:
    missing = [field for field in _REQUIRED if not changes.get(field)]
    if code is None or missing:
        raise invalid(ProblemCode.INVALID, f"/{missing[0] if missing else 'code'}", "missing")
    await _code_is_free(session, code)
    session.add(OrganisationRow(id=organisation, code=code))
    await session.flush()
    row = OrganisationVersionRow.model_validate(
        {**changes, "organisation": organisation, "valid_from": since}
    )
    session.add(row)
    return row


async def _code_is_free(session: AsyncSession, code: str) -> None:
    """A code is part of registration numbers: no two bodies share one. Raises Failed (409, code_taken)."""
    holder = await session.exec(select(OrganisationRow.id).where(OrganisationRow.code == code))
    if holder.first() is not None:
        fault = FieldFault(pointer="/code", key=ProblemCode.CODE_TAKEN.value, params={"code": code})
        params = {"taken": code}
        raise Failed(HTTPStatus.CONFLICT, ProblemCode.CODE_TAKEN, faults=(fault,), params=params)
