"""What was typed behind a link and is not sent yet, one draft per letter and form."""

from enum import StrEnum
from typing import Final

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import select

from api.pages.forms.typed import Typed
from api.pages.links.opened import Matter
from models.tables.drafts import FormDraftRow


class FormName(StrEnum):
    """A form behind a link; all but the main one have an address part of their own."""

    ANSWER = "answer"
    MORE_TIME = "more-time"
    WITHDRAWAL = "withdrawal"
    COMMENT = "comment"


_NOT_KEPT: Final = frozenset({"action"})


async def draft_of(matter: Matter, form: FormName) -> Typed:
    """What was typed before; nothing at first."""
    row = await matter.session.get(FormDraftRow, (matter.number, matter.letter.id), populate_existing=True)
    fields = row.body.get(form.value, {}) if row else {}
    return Typed.model_validate({"fields": fields})


async def keep_draft(matter: Matter, form: FormName, typed: Typed) -> None:
    """Keep what was typed, in the place of what was kept before. The request's session commits."""
    kept = {name: list(values) for name, values in typed.fields.items() if name not in _NOT_KEPT}
    await _write(matter, form, kept)


async def drop_draft(matter: Matter, form: FormName) -> None:
    """Forget it: it was sent. The answer itself is on record elsewhere."""
    await _write(matter, form, None)


async def _write(matter: Matter, form: FormName, fields: dict[str, list[str]] | None) -> None:
    key = {"number": matter.number, "letter": matter.letter.id}
    mine = select(FormDraftRow).where(
        FormDraftRow.number == matter.number, FormDraftRow.letter == matter.letter.id
    )
    fresh = insert(FormDraftRow).values(**key, body={}, at=matter.now)
    await matter.session.exec(fresh.on_conflict_do_nothing())
    row = (await matter.session.exec(mine.with_for_update().execution_options(populate_existing=True))).one()
    others = {name: value for name, value in row.body.items() if name != form.value}
    row.body = others if fields is None else {**others, form.value: fields}
    row.at = matter.now
    matter.session.add(row)
