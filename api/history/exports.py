"""The timeline as files: a table for spreadsheets, JSON for programs."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from pydantic import BaseModel, Field
from starlette.responses import Response

from api.history.filters import HistoryFilters
from api.history.views import NUMBER, AttemptView, CausedLetterView, HeadView, History, HistoryLine
from api.http.downloads import content_disposition
from locales.catalogue import text
from models.vocabulary.procedure import Language, Mark

_BYTE_ORDER_MARK: Final = "\ufeff"  # without it spreadsheets take UTF-8 for the code page of the computer
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class HistoryExport(BaseModel):
    """A whole timeline as it stood when it was exported."""

    number: Mark = Field(description=NUMBER)
    exported_at: datetime
    language: Language
    filters: HistoryFilters
    head: HeadView = Field(description="Of the whole journal, whatever the filters show.")
    broken_at: int | None
    lines: tuple[HistoryLine, ...]


def export_of(history: History, filters: HistoryFilters, now: datetime) -> HistoryExport:
    return HistoryExport(
        number=history.number,
        exported_at=now,
        language=history.language,
        filters=filters,
        head=history.head,
        broken_at=history.broken_at,
        lines=history.lines,
    )


def as_json(history: History, filters: HistoryFilters, now: datetime) -> Response:
    """A file that programs read."""
    body = export_of(history, filters, now).model_dump_json(indent=2)
    return _file(body.encode(), "application/json", f"{history.number}-history.json")


def as_csv(history: History) -> Response:
    """A table that spreadsheets open: one row per line, headings and words in the reader's language."""
    table = io.StringIO()
    writer = csv.writer(table, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([text(history.language, f"history.column.{name}") for name in _COLUMNS])
    for line in history.lines:
        writer.writerow([harmless(column(line)) for column in _COLUMNS.values()])
    body = _BYTE_ORDER_MARK + table.getvalue()
    return _file(body.encode(), "text/csv; charset=utf-8; header=present", f"{history.number}-history.csv")


def harmless(cell: str) -> str:
    """A cell that a spreadsheet shows and does not compute: people's texts may begin like a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _file(body: bytes, media_type: str, name: str) -> Response:
    headers = {
        "Content-Disposition": content_disposition(name),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return Response(body, media_type=media_type, headers=headers)


def _letters(line: HistoryLine) -> str:
    return "\n".join(_letter(letter) for letter in line.letters)


def _letter(letter: CausedLetterView) -> str:
    proofs = (
        f"{proof.at.astimezone(UTC).isoformat(timespec='seconds')} {proof.outcome_name} {_reply(proof)}"
        for proof in letter.attempts
    )
    said = f"{letter.id}: {letter.kind_name} → {letter.recipient_name}: {letter.status_name}"
    return "; ".join((said, *(proof.strip() for proof in proofs)))


def _reply(proof: AttemptView) -> str:
    """What the mail server said: «250 2.0.0 Ok: queued as 4F1A2B3C»."""
    return " ".join(part for part in (str(proof.smtp_code or ""), proof.smtp_reply) if part)


def _on_behalf(line: HistoryLine) -> str:
    given = line.actor.on_behalf
    return f"{given.organisation_name} ({given.act}, {given.dated.isoformat()})" if given else ""


_COLUMNS: Final[dict[str, Callable[[HistoryLine], str]]] = {
    "seq": lambda line: str(line.seq),
    "at_local": lambda line: line.at_local.isoformat(sep=" "),
    "at": lambda line: line.at.astimezone(UTC).isoformat(sep=" "),
    "stage": lambda line: line.stage_name,
    "type": lambda line: line.type,
    "sentence": lambda line: line.sentence,
    "rules": lambda line: ", ".join(line.rules_named),
    "role": lambda line: line.actor.role_name,
    "person": lambda line: line.actor.person_name,
    "account": lambda line: line.actor.account or line.actor.letter or "",
    "way": lambda line: line.actor.way_said,
    "organisation": lambda line: line.actor.organisation_name,
    "on_behalf": _on_behalf,
    "follows": lambda line: "" if line.follows is None else str(line.follows),
    "texts": lambda line: "\n".join(f"{said.name}: {said.text or said.sha256}" for said in line.texts),
    "letters": _letters,
    "pins": lambda line: "\n".join(f"{pin.name}: {pin.sha256}" for pin in line.pins),
    "command": lambda line: line.command or "",
    "previous_hash": lambda line: line.previous_hash,
    "hash": lambda line: line.hash,
}
COLUMNS: Final = tuple(_COLUMNS)
