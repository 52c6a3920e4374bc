"""The texts a timeline shows: what somebody typed, as typed, and who signed it."""

import json
from collections.abc import Iterable

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from locales.spoken import mark_of, spoken_in, wording_mark
from models.report.content import Wording
from models.tables.content import NoteRow
from models.vocabulary.base import Model
from models.vocabulary.procedure import Language, Sha256


class Said(Model):
    """A text in the reader's language where it has one, else `mark` says which; `signed` is name and post."""

    text: str
    mark: str = ""
    signed: str = ""


async def texts_said(
    session: AsyncSession, language: Language, hashes: Iterable[Sha256]
) -> dict[Sha256, Said]:
    """The texts under these hashes; one that is not on record is absent.

    The journal of the monitoring refers to each by its hash: whoever reads the one may read the other.
    """
    rows = await session.exec(select(NoteRow).where(col(NoteRow.sha256).in_(set(hashes))))
    return {row.sha256: _said(row.body, language) for row in rows}


def _said(body: str, language: Language) -> Said:
    written = json.loads(body)
    if not isinstance(written, dict):
        return Said(text=body)
    if "text" not in written:
        wording = Wording.model_validate(written)
        return Said(text=wording.best(language), mark=wording_mark(language, wording))
    items = written.get("items") or ()
    lines = [str(written["text"]), *(f"{item['item']}: {item['text']}" for item in items if item.get("text"))]
    signed = (str(written.get("respondent", "")), str(written.get("post", "")))
    typed = "\n".join(line for line in lines if line)
    return Said(
        text=typed,
        mark=mark_of(language, spoken_in(typed)),
        signed=", ".join(part for part in signed if part),
    )
