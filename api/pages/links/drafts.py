"""What was typed behind a link and is not sent yet, one draft per letter and form."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from api.pages.forms.typed import Typed
from models.tables.drafts import FormDraftRow
from models.vocabulary.procedure import Id, Number


class FormName(StrEnum):
    """A form behind a link; all but the main one have an address part of their own."""

    ANSWER = "answer"
    RECEIPT = "receipt"
    MORE_TIME = "more-time"
    EXTENSION = "extension"
    WITHDRAWAL = "withdrawal"
    COMMENT = "comment"


_NOT_KEPT: Final = frozenset({"action"})


@dataclass(frozen=True)
class Draft:
    """What the holder of a letter's link typed, form by form. The request's session commits."""

    session: AsyncSession
    number: Number
    letter: Id
    now: datetime

    async def of(self, form: str) -> Typed:
        """What was typed before; nothing at first."""
        row = await self.session.get(FormDraftRow, (self.number, self.letter), populate_existing=True)
        fields = row.body.get(form, {}) if row else {}
        return Typed.model_validate({"fields": fields})

    async def keep(self, form: str, typed: Typed) -> None:
        """Keep what was typed, in the place of what was kept before."""
        await self._write(form, {n: list(v) for n, v in typed.fields.items() if n not in _NOT_KEPT})

    async def drop(self, form: str) -> None:
        """Forget it: it was sent. The answer itself is on record elsewhere."""
        await self._write(form, None)

    async def _write(self, form: str, fields: dict[str, list[str]] | None) -> None:
        mine = select(FormDraftRow).where(
            FormDraftRow.number == self.number, FormDraftRow.letter == self.letter
        )
        fresh = insert(FormDraftRow).values(number=self.number, letter=self.letter, body={}, at=self.now)
        await self.session.exec(fresh.on_conflict_do_nothing())
        locked = mine.with_for_update().execution_options(populate_existing=True)
        row = (await self.session.exec(locked)).one()
        others = {name: value for name, value in row.body.items() if name != form}
        row.body = others if fields is None else {**others, form: fields}
        row.at = self.now
        self.session.add(row)
