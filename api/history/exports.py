"""The timeline as files: a workbook, a table for spreadsheets, JSON for programs."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from pydantic import BaseModel, Field
from starlette.responses import Response

from api.history.filters import HistoryFilters
from api.history.views import (
    NUMBER,
    AttemptView,
    CausedLetterView,
    ContentLine,
    HeadView,
    History,
    HistoryLine,
    TextView,
    in_order,
)
from api.http.downloads import content_disposition
from api.sheets import csv, workbook
from api.sheets.table import Cell, Table
from locales.catalogue import text
from models.vocabulary.procedure import Language, Mark

_WIDE: Final = frozenset({"sentence", "texts", "letters"})
_NARROW: Final = frozenset({"seq", "follows"})


class HistoryExport(BaseModel):
    """A whole timeline as it stood when it was exported."""

    number: Mark = Field(description=NUMBER)
    exported_at: datetime
    language: Language
    filters: HistoryFilters
    head: HeadView = Field(description="Of the whole journal, whatever the filters show.")
    broken_at: int | None
    lines: tuple[HistoryLine, ...]
    content: tuple[ContentLine, ...] = Field(
        description="What was done to the content; each after a line of the journal, in no chain."
    )


def export_of(history: History, filters: HistoryFilters, now: datetime) -> HistoryExport:
    return HistoryExport(
        number=history.number,
        exported_at=now,
        language=history.language,
        filters=filters,
        head=history.head,
        broken_at=history.broken_at,
        lines=history.lines,
        content=history.content,
    )


def as_json(history: History, filters: HistoryFilters, now: datetime) -> Response:
    """A file that programs read."""
    body = export_of(history, filters, now).model_dump_json(indent=2)
    return _file(body.encode(), "application/json", f"{history.number}-history.json")


def as_workbook(history: History, now: datetime) -> Response:
    """A workbook: one row per line, headings and words in the reader's language."""
    body = workbook.as_workbook((_table(history),), history.number, now, "")
    return _file(body, workbook.MEDIA_TYPE, f"{history.number}-history.xlsx")


def as_csv(history: History) -> Response:
    """The same table as plain text, as the spreadsheets of its reader part it."""
    body = csv.as_csv(_table(history), history.language)
    return _file(body, csv.MEDIA_TYPE, f"{history.number}-history.csv")


def _table(history: History) -> Table:
    return Table(
        name=history.number,
        headings=tuple(text(history.language, f"history.column.{name}") for name in COLUMNS),
        lines=tuple(_row(each) for each in in_order(history)),
        wide=frozenset(map(COLUMNS.index, _WIDE)),
        narrow=frozenset(map(COLUMNS.index, _NARROW)),
    )


def _row(line: HistoryLine | ContentLine) -> tuple[Cell, ...]:
    """A line of the journal, or of the content: that has no number there and no place in the chain."""
    if isinstance(line, HistoryLine):
        return tuple(column(line) for column in _COLUMNS.values())
    said = {name: column(line) for name, column in _CONTENT_COLUMNS.items()}
    return tuple(said.get(name, "") for name in COLUMNS)


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
    return "; ".join((said, *(proof.strip() for proof in proofs), *letter.heard))


def _reply(proof: AttemptView) -> str:
    """What the mail server said: «250 2.0.0 Ok: queued as 4F1A2B3C»."""
    return " ".join(part for part in (str(proof.smtp_code or ""), proof.smtp_reply) if part)


def _text(said: TextView) -> str:
    return " ".join(part for part in (f"{said.name}: {said.text or said.sha256}", said.mark) if part)


def _on_behalf(line: HistoryLine) -> str:
    """A body, or a person whose deputy acted; each by its act."""
    body, person = line.actor.on_behalf, line.actor.stands_in
    given = (
        *((body.organisation_name, body.act, body.dated) for body in [body] if body),
        *((person.person_name, person.act, person.dated) for person in [person] if person),
    )
    return "; ".join(f"{name} ({act}, {dated.isoformat()})" for name, act, dated in given)


_COLUMNS: Final[dict[str, Callable[[HistoryLine], Cell]]] = {
    "seq": lambda line: line.seq,
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
    "follows": lambda line: "" if line.follows is None else line.follows,
    "texts": lambda line: "\n".join(_text(said) for said in line.texts if said.says),
    "letters": _letters,
    "pins": lambda line: "\n".join(f"{pin.name}: {pin.sha256}" for pin in line.pins),
    "command": lambda line: line.command or "",
    "previous_hash": lambda line: line.previous_hash,
    "hash": lambda line: line.hash,
}
COLUMNS: Final = tuple(_COLUMNS)
_CONTENT_COLUMNS: Final[dict[str, Callable[[ContentLine], Cell]]] = {
    "at_local": lambda line: line.at_local.isoformat(sep=" "),
    "at": lambda line: line.at.astimezone(UTC).isoformat(sep=" "),
    "stage": lambda line: line.stage_name,
    "type": lambda line: line.type.value,
    "sentence": lambda line: line.sentence,
    "person": lambda line: line.person_name,
    "account": lambda line: line.account or line.letter or "",
    "way": lambda line: line.way_said,
    "organisation": lambda line: line.organisation_name,
    "follows": lambda line: line.after or "",
    "pins": lambda line: "\n".join(f"{each.name or each.id}: {each.sha256}" for each in line.pieces),
}
