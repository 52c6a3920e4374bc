"""What came by one import is taken out again together, as long as nothing rests on it."""

from datetime import datetime
from typing import Final

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.database.among import rows_among
from api.access.policy import Access
from api.commands.idempotency import RequestKey
from api.commands.registering import registered_once
from api.content.building import current_findings, current_indicators
from api.content.editing import content_is_open
from api.content.store import Part, add_revision, current_items
from api.problems.problem import ProblemCode, conflict, not_found
from api.sheets.importing.importing import PARTS, Tally, import_lock
from models.monitoring.state import MonitoringState
from models.report.content import ReportContent
from models.report.importing.columns import ImportKind
from models.tables.commands import CommandRow
from models.tables.content import SnapshotRow
from models.vocabulary.base import Model
from models.vocabulary.commands import CommandOutcome
from models.vocabulary.procedure import Id, Number

_NAMES: Final = {f"import_{kind.value}": kind for kind in ImportKind}
_AS_ENTERED: Final = 1  # the revision under which an import enters a row


class Import(Model):
    """One import: when, by whose account, how many rows it entered; `unchanged` stand there as they came."""

    id: Id
    kind: ImportKind
    at: datetime
    account: Id
    entered: int
    unchanged: tuple[Id, ...]


class Withdrawn(Model):
    """What was taken out again."""

    items: tuple[Id, ...]


async def imports_into(session: AsyncSession, number: Number, part: Part) -> tuple[Import, ...]:
    """The imports that entered something into a list, oldest first."""
    rows = await session.exec(
        select(CommandRow)
        .where(CommandRow.number == number, CommandRow.outcome == CommandOutcome.DONE.value)
        .where(col(CommandRow.name).in_([name for name, kind in _NAMES.items() if PARTS[kind] is part]))
        .order_by(col(CommandRow.at), col(CommandRow.id))
    )
    standing = await current_items(session, number, part)
    unchanged = {row.item for row in standing if row.revision == _AS_ENTERED}
    found = []
    for row in rows:
        entered = Tally.model_validate(row.answer).entered
        if entered:
            found.append(
                Import(
                    id=row.id,
                    kind=_NAMES[row.name],
                    at=row.at,
                    account=str(row.actor.get("account") or ""),
                    entered=len(entered),
                    unchanged=tuple(item for item in entered if item in unchanged),
                )
            )
    return tuple(found)


async def import_known(session: AsyncSession, number: Number, part: Part, known: Id) -> Import:
    """Raises Failed (404)."""
    for each in await imports_into(session, number, part):
        if each.id == known:
            return each
    raise not_found(ProblemCode.IMPORT_UNKNOWN)


async def may_be_withdrawn(session: AsyncSession, state: MonitoringState, given: Import) -> None:
    """Raises Failed (409): the content is closed or was pinned with it, it is cited, or nothing is left."""
    content_is_open(state)
    if not given.unchanged:
        raise conflict(ProblemCode.IMPORT_WITHDRAWN)
    items = frozenset(given.unchanged)
    if items & await _pinned(session, state):
        raise conflict(ProblemCode.IMPORT_PINNED)
    if PARTS[given.kind] is Part.SOURCE and items & await _cited(session, state.number):
        raise conflict(ProblemCode.IMPORT_CITED)


async def import_withdrawn(
    session: AsyncSession, access: Access, part: Part, known: Id, key: RequestKey, now: datetime
) -> Withdrawn:
    """Remove all that an import entered and nobody has changed since; its revisions are kept. Once per key.

    Raises Failed: 404 where there is no such import; as `may_be_withdrawn`.
    """

    async def change() -> Withdrawn:
        await import_lock(session, access.number)
        given = await import_known(session, access.number, part, known)
        await may_be_withdrawn(session, access.state, given)
        for item in given.unchanged:
            await add_revision(
                session,
                access.number,
                part,
                item,
                None,
                known=_AS_ENTERED,
                now=now,
                account=access.caller.account,
            )
        return Withdrawn(items=given.unchanged)

    return await registered_once(
        session, key, access.caller, "withdraw_import", now, Withdrawn, change, number=access.number
    )


async def _pinned(session: AsyncSession, state: MonitoringState) -> frozenset[Id]:
    """The sources and indicators that a stage or a version was completed with."""
    pins = [state.content, *(version.content for version in state.versions)]
    wanted = (pin.sha256 for pin in pins if pin)
    frozen = await rows_among(session, select(SnapshotRow.body), col(SnapshotRow.sha256), wanted)
    contents = [ReportContent.model_validate_json(body) for body in frozen]
    return frozenset(item.id for each in contents for item in (*each.sources, *each.indicators))


async def _cited(session: AsyncSession, number: Number) -> frozenset[Id]:
    """The sources that something rests on."""
    indicators = await current_indicators(session, number)
    findings = await current_findings(session, number)
    return frozenset(source for each in (*indicators, *findings) for source in each.sources)
