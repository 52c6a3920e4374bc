"""What was typed into a form and is not sent yet: kept in versions, so that nobody writes over a colleague.

Each version knows its number; a page says which ones it has shown (`draft`). What was shown gives way to what
is typed over it; a version that its writer has not seen stays, and both are shown.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.database.sessions import begin_to_write
from api.pages.forms.parts import Part
from api.pages.forms.typed import SAVED, SAVED_BY, Typed
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
    """The drafts of one holder for one form. The request's session commits.

    Where several share them, they may lie with `also`, too, and `own` is who is at them now: what each
    saved last is kept beside, to be read by them once another one's was sent.
    """

    session: AsyncSession
    holder: str
    form: str
    now: datetime
    also: tuple[str, ...] = ()
    own: str = ""

    @property
    def holders(self) -> tuple[str, ...]:
        return (self.holder, *self.also)

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
        versions = await self._alone()
        if not versions and not _says(typed):
            return Opened(_showing(typed, ()))  # nothing was typed: nothing is kept
        same = next((each for each in versions if _says(each.typed) == _says(typed)), None)
        unseen = tuple(
            each
            for each in versions
            if each != same and ((seen is not None and each.id not in seen) or str(each.id) == beside)
        )
        over = [each.id for each in versions if each not in unseen and each != same]
        if over:
            await self.session.exec(delete(DraftRow).where(col(DraftRow.id).in_(over)))
        if self.own:
            typed = typed.with_values(SAVED_BY, (self.own,))
            await self._keep_own(typed, versions)
        mine = same or await self._added(typed)
        return Opened(_showing(typed, (mine, *unseen)), unseen)

    async def keep_part(
        self, part: Part, typed: Typed, at_first: Typed, shown: frozenset[str] = frozenset()
    ) -> Opened:
        """Keep what was typed into a part of the form, whatever anybody saved in its other parts meanwhile.

        `shown` are the marks of what its writer had seen of the part: in every version that gives way to what
        is typed. A version that says something else there stays beside. `at_first` is the form without any.
        """
        versions = await self._alone()
        newest = versions[0].typed if versions else at_first
        merged = part.in_place(newest, typed)
        if part.mark(merged) != part.mark(newest):
            by = (self.own,) if self.own else ()
            merged = merged.with_values(part.saved, (self.now.isoformat(), *by)).with_values(SAVED_BY, by)
            if self.own:
                await self._keep_own(part.in_place(await self.left() or Typed(), typed), versions)
        seen = shown | {part.mark(typed), part.mark(Typed())}
        mine: Version | None = None
        beside: list[Version] = []
        for each in versions:
            known = part.mark(each.typed) in seen
            now = part.in_place(each.typed, merged) if known else each.typed
            if mine is None and _says(each.typed) == _says(merged):
                mine = each
            elif _says(now) == _says(merged):
                await self.session.exec(delete(DraftRow).where(col(DraftRow.id) == each.id))
            else:
                if now != each.typed:
                    changed = update(DraftRow).where(col(DraftRow.id) == each.id)
                    await self.session.exec(changed.values(fields=_kept(now)))
                beside.append(Version(id=each.id, typed=now, at=each.at))
        mine = mine or await self._added(merged)
        return Opened(_showing(mine.typed, (mine, *beside)), tuple(beside), mine.at)

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
        mine = and_(*self._mine(DraftRow))
        forgotten = delete(DraftRow).where(or_(mine, *self._of_own()))
        if files:
            named = await self._named_by_others()
            chosen = delete(DraftFileRow).where(*self._mine(DraftFileRow), col(DraftFileRow.id).not_in(named))
            forgotten = forgotten.add_cte(chosen.returning(col(DraftFileRow.id)).cte("chosen"))
        await self.session.exec(forgotten.execution_options(synchronize_session=False))

    async def forget(self, *versions: int) -> None:
        """Versions that say nothing which another one does not."""
        if versions:
            await self.session.exec(
                delete(DraftRow).where(*self._mine(DraftRow), col(DraftRow.id).in_(versions))
            )

    async def move(self, form: str) -> None:
        """Under another key: it was sent under the former one, and is to be sent once more."""
        for row in (DraftRow, DraftFileRow):
            await self.session.exec(update(row).where(*self._mine(row)).values(form=form))

    async def left(self) -> Typed | None:
        """What was saved here by one's own link, where others share the drafts; None where nothing was."""
        if not self.own:
            return None
        row = (await self.session.exec(select(DraftRow).where(*self._of_own()))).first()
        return _version(row).typed if row is not None else None

    async def _keep_own(self, typed: Typed, versions: tuple[Version, ...]) -> None:
        """And of whoever had saved a version before anybody shared it, that one."""
        await self.session.exec(delete(DraftRow).where(*self._of_own()))
        kept = {self.own, *(row.holder for row in await self._owns())}
        rows = [DraftRow(holder=self.own, form=self._own_form, fields=_kept(typed), at=self.now)]
        for each in versions:
            by = each.typed.one(SAVED_BY)
            if by in self.holders and by not in kept:
                rows.append(DraftRow(holder=by, form=self._own_form, fields=_kept(each.typed), at=each.at))
                kept.add(by)
        self.session.add_all(rows)
        await self.session.flush()

    async def _owns(self) -> list[DraftRow]:
        """What each saved here by one's own link."""
        rows = select(DraftRow).where(
            col(DraftRow.holder).in_(self.holders), col(DraftRow.form) == self._own_form
        )
        return list(await self.session.exec(rows))

    async def _named_by_others(self) -> tuple[str, ...]:
        """What is chosen in that which others saved here by their own links, and may read still."""
        if not self.own:
            return ()
        rows = (row for row in await self._owns() if row.holder != self.own)
        return tuple(
            value for row in rows for values in _version(row).typed.fields.values() for value in values
        )

    @property
    def _own_form(self) -> str:
        return f"{self.form}/own"

    def _of_own(self) -> tuple[ColumnElement[bool], ...]:
        return (
            (and_(col(DraftRow.holder) == self.own, col(DraftRow.form) == self._own_form),)
            if self.own
            else ()
        )

    def _mine(self, row: type[DraftRow | DraftFileRow]) -> tuple[ColumnElement[bool], ...]:
        return (col(row.holder).in_(self.holders), col(row.form) == self.form)

    @property
    def _lock(self) -> str:
        return f"draft {self.holder} {self.form}"

    async def _alone(self) -> tuple[Version, ...]:
        """The versions, and nobody else writes any before the request's end."""
        await begin_to_write(self.session)
        await self.session.exec(select(func.pg_advisory_xact_lock(func.hashtextextended(self._lock, 0))))
        return await self._versions()

    async def _added(self, typed: Typed) -> Version:
        row = DraftRow(holder=self.holder, form=self.form, fields=_kept(typed), at=self.now)
        self.session.add(row)
        await self.session.flush()
        return _version(row)

    async def _versions(self) -> tuple[Version, ...]:
        """The newest first."""
        rows = await self.session.exec(
            select(DraftRow).where(*self._mine(DraftRow)).order_by(col(DraftRow.id).desc())
        )
        return tuple(self._whose(row) for row in rows)

    def _whose(self, row: DraftRow) -> Version:
        """With whose it is, where several share them: of one from before they did, with whom it lies."""
        version = _version(row)
        if not self.own or SAVED_BY in version.typed.fields:
            return version
        return Version(version.id, version.typed.with_values(SAVED_BY, (row.holder,)), version.at)


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


def _kept(typed: Typed) -> dict[str, object]:
    return {name: list(values) for name, values in typed.fields.items() if name not in _NOT_TYPED}


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
    return {
        name: values
        for name, values in typed.fields.items()
        if name not in _NOT_SAID and not name.startswith(SAVED) and any(values)
    }
