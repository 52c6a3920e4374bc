"""What was typed into a form and is not sent yet: kept in versions, so that nobody writes over a colleague.

Each version knows its number; a page says which ones it has shown (`draft`). What was shown gives way to what
is typed over it; a version that its writer has not seen stays, and both are shown.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, func
from sqlmodel import col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.database.sessions import begin_to_write
from api.pages.forms.typed import Typed
from models.tables.drafts import DraftFileRow, DraftRow

DRAFT: Final = "draft"
"""The field in which a page says which versions it has shown; an older page says nothing of it."""
KEY: Final = "key"
"""The field in which the key of an account's form travels."""
_NOT_TYPED: Final = frozenset({"action", DRAFT})
_NOT_SAID: Final = _NOT_TYPED | {KEY}


@dataclass(frozen=True)
class Version:
    """One version of a draft, saved at an instant (UTC)."""

    id: int
    typed: Typed
    at: datetime


@dataclass(frozen=True)
class Opened:
    """What stands in a form: what is `typed`, since when it is kept, and what else was saved beside it."""

    typed: Typed
    others: tuple[Version, ...] = ()
    kept_at: datetime | None = None


@dataclass(frozen=True)
class Drafts:
    """The drafts of one holder for one form. The request's session commits."""

    session: AsyncSession
    holder: str
    form: str
    now: datetime

    async def opened(self, at_first: Typed) -> Opened:
        """The newest version, and beside it any that its writer had not seen; `at_first` where none is."""
        versions = await self._versions()
        if not versions:
            return Opened(_showing(at_first, ()))
        newest, *others = versions
        return Opened(_showing(newest.typed, versions), tuple(others), newest.at)

    async def keep(self, typed: Typed, beside: str = "") -> Opened:
        """Keep what was typed, in the place of what its writer had seen; what else was saved stays beside.

        A version that is to be gone on with stays `beside` it, too.
        """
        seen = _shown_by(typed)
        if seen and not beside:
            # Sent as it was checked, as a rule: where nothing is to be written nobody need wait.
            versions = await self._versions()
            if len(versions) == 1 and _says(versions[0].typed) == _says(typed):
                return Opened(_showing(typed, versions))
        await begin_to_write(self.session)
        await self.session.exec(select(func.pg_advisory_xact_lock(func.hashtextextended(self._lock, 0))))
        versions = await self._versions()
        same = next((each for each in versions if _says(each.typed) == _says(typed)), None)
        unseen = tuple(
            each
            for each in versions
            if each != same and ((seen is not None and each.id not in seen) or str(each.id) == beside)
        )
        over = [each.id for each in versions if each not in unseen and each != same]
        if over:
            await self.session.exec(delete(DraftRow).where(col(DraftRow.id).in_(over)))
        mine = same or await self._added(typed)
        return Opened(_showing(typed, (mine, *unseen)), unseen)

    async def taken(self, version: str) -> Opened:
        """A version to go on with, by its number, and the others beside it."""
        versions = await self._versions()
        first = next((each for each in versions if str(each.id) == version), None)
        if first is None:
            return await self.opened(Typed())
        others = tuple(each for each in versions if each != first)
        return Opened(_showing(first.typed, versions), others, first.at)

    async def drop(self, *, files: bool = True) -> None:
        """Forget it, with the files that were chosen: it was sent, the answer is on record elsewhere.

        Without `files` these end with the draft's life: whoever presses once more sends the same again.
        """
        forgotten = delete(DraftRow).where(*self._mine(DraftRow))
        if files:
            chosen = delete(DraftFileRow).where(*self._mine(DraftFileRow)).returning(col(DraftFileRow.id))
            forgotten = forgotten.add_cte(chosen.cte("chosen"))
        await self.session.exec(forgotten.execution_options(synchronize_session=False))

    async def move(self, form: str) -> None:
        """Under another key: it was sent under the former one, and is to be sent once more."""
        for row in (DraftRow, DraftFileRow):
            await self.session.exec(update(row).where(*self._mine(row)).values(form=form))

    def _mine(self, row: type[DraftRow | DraftFileRow]) -> tuple[ColumnElement[bool], ...]:
        return (col(row.holder) == self.holder, col(row.form) == self.form)

    @property
    def _lock(self) -> str:
        return f"draft {self.holder} {self.form}"

    async def _added(self, typed: Typed) -> Version:
        fields: dict[str, object] = {
            name: list(values) for name, values in typed.fields.items() if name not in _NOT_TYPED
        }
        row = DraftRow(holder=self.holder, form=self.form, fields=fields, at=self.now)
        self.session.add(row)
        await self.session.flush()
        return _version(row)

    async def _versions(self) -> tuple[Version, ...]:
        """The newest first."""
        rows = await self.session.exec(
            select(DraftRow)
            .where(DraftRow.holder == self.holder, DraftRow.form == self.form)
            .order_by(col(DraftRow.id).desc())
        )
        return tuple(map(_version, rows))


@dataclass(frozen=True)
class Begun:
    """A form that was typed into and not sent, by its key, since when it is kept (UTC)."""

    key: str
    at: datetime


async def begun_at(session: AsyncSession, holder: str, path: str) -> tuple[Begun, ...]:
    """A holder's forms at one address, the newest first."""
    last = func.max(col(DraftRow.at))
    rows = select(DraftRow.form, last).where(
        DraftRow.holder == holder, col(DraftRow.form).startswith(f"{path} ", autoescape=True)
    )
    found = await session.exec(rows.group_by(col(DraftRow.form)).order_by(func.max(col(DraftRow.id)).desc()))
    return tuple(Begun(key=form.removeprefix(f"{path} "), at=at) for form, at in found)


def _version(row: DraftRow) -> Version:
    assert row.id is not None, "a version has its number once it is written"
    return Version(id=row.id, typed=Typed.model_validate({"fields": row.fields}), at=row.at)


def _showing(typed: Typed, versions: tuple[Version, ...]) -> Typed:
    return typed.with_values(DRAFT, (" ".join(str(each.id) for each in versions),))


def _shown_by(typed: Typed) -> frozenset[int] | None:
    """The versions that the page had shown; None of a page from before there were versions."""
    if DRAFT not in typed.fields:
        return None
    return frozenset(int(each) for each in typed.one(DRAFT).split() if each.isdecimal() and len(each) < 19)


def _says(typed: Typed) -> dict[str, tuple[str, ...]]:
    """What two versions are compared by: an empty field says as much as none."""
    said = {name: values for name, values in typed.fields.items() if name not in _NOT_SAID}
    return {name: values for name, values in said.items() if any(values)}
