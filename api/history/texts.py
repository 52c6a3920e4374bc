"""The texts a timeline shows: what somebody typed, as typed, and who signed it."""

import json
from collections.abc import Mapping

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.database.among import rows_among
from activities.letters.follow_up import item_named
from locales.spoken import mark_of, spoken_in, wording_mark
from models.monitoring.state import MonitoringState
from models.proceeding.state import Proceeding
from models.report.content import Wording
from models.tables.content import NoteRow
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Language, Sha256


class Said(Model):
    """A text in the reader's language where it has one, else `mark` says which; `signed` is name and post."""

    text: str
    mark: str = ""
    signed: str = ""


async def texts_said(
    session: AsyncSession, language: Language, hashes: Mapping[Sha256, Proceeding | None]
) -> dict[Sha256, Said]:
    """The texts under these hashes; one that is not on record is absent. States number items.

    The journal of the monitoring refers to each by its hash: whoever reads the one may read the other.
    """
    rows = await rows_among(session, select(NoteRow), col(NoteRow.sha256), hashes)
    return {row.sha256: _said(row.body, language, hashes[row.sha256]) for row in rows}


def _said(body: str, language: Language, state: Proceeding | None) -> Said:
    written = json.loads(body)
    if not isinstance(written, dict):
        return Said(text=body)
    if "text" not in written:
        wording = Wording.model_validate(written)
        return Said(text=wording.best(language), mark=wording_mark(language, wording))
    items = written.get("items") or ()
    of_items = (
        f"{_named(language, state, item['item'])}: {item['text']}" for item in items if item.get("text")
    )
    lines = [_colleague(written), str(written["text"]), *of_items]
    signed = (str(written.get("respondent", "")), str(written.get("post", "")))
    typed = "\n".join(line for line in lines if line)
    return Said(
        text=typed,
        mark=mark_of(language, spoken_in(typed)),
        signed=", ".join(part for part in signed if part),
    )


def _named(language: Language, state: Proceeding | None, item: Id) -> str:
    """As the report numbers it, in a line of its own; what no state knows stays its id."""
    if not isinstance(state, MonitoringState) or item not in state.items:
        return item
    said = item_named(language, state, item)
    return said[:1].upper() + said[1:]


def _colleague(written: dict[str, object]) -> str:
    """To whom a letter was handed on, where that is what was written down."""
    return ", ".join(str(written[part]) for part in ("name", "email") if written.get(part))
