"""What is told of what was handed over: who coordinates a monitoring now, who has a letter now."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from activities.letters.about import About
from activities.registries.lookup import Lookup, NotOnRecord
from locales.catalogue import text
from locales.terms import term
from models.events import ConflictDeclared, LetterHandedOn, MonitoringReassigned
from models.letters.row import FactName
from models.report.notes import ColleagueNote
from models.tables.content import NoteRow
from models.vocabulary.procedure import Sha256


async def _coordinator(about: About, lookup: Lookup) -> str | None:
    event = about.cause.event
    return await lookup.account(event.to) if isinstance(event, MonitoringReassigned) else None


async def _stepped_aside(about: About, lookup: Lookup) -> str | None:
    event = about.cause.event
    return await lookup.account(event.account) if isinstance(event, ConflictDeclared) else None


async def _former_coordinator(about: About, lookup: Lookup) -> str | None:
    event = about.cause.event
    former = event.previous if isinstance(event, MonitoringReassigned) else None
    return await lookup.account(former) if former else None


async def handed_on_said(about: About, lookup: Lookup) -> str | None:
    """By whom a letter was handed on to its reader, and what was said with it."""
    if about.letter.colleague is None or about.letter.copy_of is None:
        return None
    note = await _note(lookup, about.letter.colleague)
    by = ", ".join(part for part in (note.respondent, note.post) if part)
    return text(lookup.language, "letter.handed_on_with", by=by, words=note.text) if note.text else by


async def _handed_on_to(about: About, lookup: Lookup) -> str | None:
    """To whom, by whom: whoever had the letter sees whether that was right."""
    event = about.cause.event
    if not isinstance(event, LetterHandedOn):
        return None
    note = await _note(lookup, event.colleague)
    by = ", ".join(part for part in (note.respondent, note.post) if part)
    return text(lookup.language, "letter.handed_on_to", name=note.name, address=note.email, by=by)


async def _handed_on_letter(about: About, lookup: Lookup) -> str | None:
    event = about.cause.event
    if not isinstance(event, LetterHandedOn):
        return None
    return term(lookup.language, about.state.letters[event.letter].kind)


async def _note(lookup: Lookup, sha256: Sha256) -> ColleagueNote:
    row = await lookup.session.get(NoteRow, sha256)
    if row is None:
        raise NotOnRecord("note")
    return ColleagueNote.model_validate_json(row.body)


OF_HANDING: Final[Mapping[FactName, Callable[[About, Lookup], Awaitable[str | None]]]] = {
    FactName.COORDINATOR: _coordinator,
    FactName.STEPPED_ASIDE: _stepped_aside,
    FactName.FORMER_COORDINATOR: _former_coordinator,
    FactName.HANDED_ON_TO: _handed_on_to,
    FactName.HANDED_ON_LETTER: _handed_on_letter,
}
"""The particulars of this subject."""
