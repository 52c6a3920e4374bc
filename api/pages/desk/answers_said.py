"""What those who were asked have said, with the files they gave: the analysis rests on it (rules 7, 17)."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from sqlmodel import col, select

from activities.registries.lookup import note_kept
from api.pages.desk.coordinating import MonitoringSitting
from api.pages.desk.signed import SignatureView, signatures_of
from locales.catalogue import text
from locales.dates import say_day
from locales.terms import term
from models.events import (
    ConductConfirmed,
    ConductDeclined,
    ConsiderationRecorded,
    ExcerptAdded,
    InvitationAnswered,
)
from models.letters.letter import Letter
from models.letters.purposes import LINKS, LinkSubject
from models.report.content import Wording
from models.report.notes import (
    ConductNote,
    ConsiderationNote,
    ExcerptNote,
    InformationAnswer,
    InvitationNote,
    ReplyNote,
    SignedNote,
    TextNote,
)
from models.tables.files import AttachmentRow
from models.tables.journal import EntryRow
from models.vocabulary.base import Model
from models.vocabulary.letters import Purpose
from models.vocabulary.procedure import Consent, Id, Sha256

M = TypeVar("M", bound=Model)


class FileSaid(Model):
    """A file that came with an answer."""

    address: str
    name: str
    signatures: tuple[SignatureView, ...] = ()


class Said(Model):
    """An answer: what was decided, its words as they were typed, where it can be found, who gave it."""

    outcome: str = ""
    words: str = ""
    reference: str = ""
    by: str = ""
    files: tuple[FileSaid, ...] = ()
    items: bool = False  # what was said of each item has a page of its own


async def said_to(sitting: MonitoringSitting, letter: Letter) -> Said | None:
    """What was said to a letter; nothing where nothing was, or the record keeps no words of it."""
    assert letter.purpose is not None, "it asks for words"
    state, subject = sitting.state, letter.subject
    match LINKS[letter.purpose].subject:
        case LinkSubject.REQUEST:
            return await _information(sitting, subject)
        case LinkSubject.ADDRESSEE if letter.purpose is Purpose.ANSWER_REPORT:
            return await _reply(sitting, subject)
        case LinkSubject.ITEM if state.council_items[subject].outcome is not None:
            return await _considered(sitting, subject)
        case LinkSubject.ORGANISATION:
            return await _conduct(sitting, subject)
        case LinkSubject.MEMBER:
            return await _invitation(sitting, subject)
        case _:
            return None


async def _information(sitting: MonitoringSitting, request: Id) -> Said | None:
    asked = sitting.state.requests[request]
    if asked.answer is None or asked.outcome is None:
        return None
    body = await note_kept(sitting.session, asked.answer) or ""
    note = _as(InformationAnswer, body)
    said = note or TextNote(text=_plain(sitting, body))
    return Said(
        outcome=term(sitting.language, asked.outcome),
        words=said.text,
        reference=note.reference if note else "",
        by=_signed(note.respondent, note.post) if note else "",
        files=await _files(sitting, note.attachments if note else ()),
    )


async def _reply(sitting: MonitoringSitting, addressee: Id) -> Said | None:
    reply = sitting.state.addressees[addressee].reply
    if reply is None:
        return None
    body = await note_kept(sitting.session, reply) or ""
    note = _as(ReplyNote, body)
    if note is None:
        return Said(words=_plain(sitting, body), items=True)
    return Said(
        words=note.text,
        by=_signed(note.respondent, note.post),
        files=await _files(sitting, _of_reply(note)),
        items=True,
    )


async def _considered(sitting: MonitoringSitting, item: Id) -> Said:
    council, language = sitting.state.council_items[item], sitting.language
    outcome = term(language, council.outcome) if council.outcome else ""
    if council.considered_on is not None:
        outcome = f"{outcome} · {say_day(language, council.considered_on)}"
    number = council.minutes_number
    minutes = text(language, "page.desk.answers.minutes", number=number) if number else ""
    excerpts = (*((council.excerpt,) if council.excerpt else ()), *council.later_excerpts)
    lines = await _lines(sitting, "item", item, ConsiderationRecorded, ExcerptAdded)
    notes = [await _words(sitting, each, (ConsiderationNote, ExcerptNote)) for each in lines]
    return Said(
        outcome=outcome,
        words="\n\n".join(each.text for each in notes if each.text),
        reference=minutes,
        by="; ".join(dict.fromkeys(filter(None, (_signed(each.respondent, each.post) for each in notes)))),
        files=await _files(sitting, excerpts),
    )


async def _conduct(sitting: MonitoringSitting, organisation: Id) -> Said | None:
    """Rule 2: the word of a body that was named to conduct jointly, and what it adds."""
    lines = await _lines(sitting, "organisation", organisation, ConductConfirmed, ConductDeclined)
    if not lines:
        return None
    note = await _words(sitting, lines[-1], (ConductNote,))
    outcome = term(sitting.language, sitting.state.co_conductors[organisation].conducting)
    return Said(outcome=outcome, words=note.text, by=_signed(note.respondent, note.post))


async def _invitation(sitting: MonitoringSitting, member: Id) -> Said | None:
    """Rule 12: whether somebody consented, and the reason of a refusal, where one was given."""
    lines = await _lines(sitting, "member", member, InvitationAnswered)
    if not lines:
        return None
    note = await _words(sitting, lines[-1], (InvitationNote,))
    consent = (
        Consent.CONSENTED if InvitationAnswered.model_validate(lines[-1].event).consents else Consent.REFUSED
    )
    return Said(outcome=term(sitting.language, consent), words=note.text)


async def _lines(
    sitting: MonitoringSitting, field: str, subject: Id, *events: type[Model]
) -> Sequence[EntryRow]:
    """What the journal says of a subject, as far as the reader looks: the state holds no words of it."""
    rows = (
        select(EntryRow)
        .where(EntryRow.workflow_id == sitting.state.workflow_id, col(EntryRow.seq) <= sitting.state.seq)
        .where(col(EntryRow.type).in_(each.model_fields["type"].default for each in events))
        .where(col(EntryRow.event)[field].astext == subject)
    )
    return (await sitting.session.exec(rows.order_by(col(EntryRow.seq)))).all()


async def _words(
    sitting: MonitoringSitting, line: EntryRow, models: tuple[type[TextNote], ...]
) -> SignedNote:
    """The note of a line of the journal, with who signed it."""
    kept = line.event.get("note")
    body = await note_kept(sitting.session, str(kept)) if kept else None
    if not body:
        return SignedNote(text="")
    known = next((note for model in models if (note := _as(model, body)) is not None), None)
    if isinstance(known, SignedNote):
        return SignedNote(text=known.text, respondent=known.respondent, post=known.post)
    return SignedNote(text=known.text if known else _plain(sitting, body))


def _of_reply(note: ReplyNote) -> Iterator[Sha256]:
    yield from note.attachments
    for item in note.items:
        yield from item.attachments


def _signed(respondent: str, post: str) -> str:
    return ", ".join(filter(None, (respondent, post)))


def _as(model: type[M], body: str) -> M | None:
    """None of what an account recorded by the API as plain words."""
    try:
        return model.model_validate_json(body)
    except ValueError:
        return None


def _plain(sitting: MonitoringSitting, body: str) -> str:
    said = json.loads(body or "{}")
    return str(said["text"]) if "text" in said else Wording.model_validate(said).best(sitting.language)


async def _files(sitting: MonitoringSitting, hashes: Iterable[Sha256]) -> tuple[FileSaid, ...]:
    """In the order in which they were given, each under the name it was given."""
    wanted = tuple(dict.fromkeys(hashes))
    if not wanted:
        return ()
    rows = await sitting.session.exec(
        select(AttachmentRow).where(
            AttachmentRow.number == sitting.number, col(AttachmentRow.sha256).in_(wanted)
        )
    )
    signed = await signatures_of(sitting.session, sitting.number, sitting.language)
    found = {
        row.sha256: FileSaid(
            address=f"{sitting.home}/attachments/{row.id}",
            name=row.filename,
            signatures=signed.get(row.sha256, ()),
        )
        for row in rows
    }
    return tuple(found[each] for each in wanted if each in found)
