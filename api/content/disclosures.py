"""Where a person's data stands in what will be public: looked for when it is frozen, shown before it is."""

import asyncio
import re
from collections.abc import Iterator
from typing import Final

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from api.content.corrections import correction_reasons
from api.content.hidden_parts import Hidden, hidden_parts
from models.report.content import ReportContent
from models.report.disclosures import Disclosure, Text, is_iin, public_files, public_texts
from models.report.notes import TextNote
from models.tables.content import NoteRow
from models.tables.files import AttachmentRow, FileRow
from models.vocabulary.disclosures import DisclosureKind
from models.vocabulary.procedure import Number, Sha256

_HOME: Final = "KZ"
_AROUND: Final = 30  # letters shown on either side of a place
_LABEL: Final = 20  # letters before a number in which it is called by its name
_SHOWN: Final = 2  # letters of it that stay
# Twelve digits as people write them: in one, or in groups.
_TWELVE: Final = re.compile(r"(?<!\d)\d(?:[ \u00a0\u202f\u2009\u2010-\u2015-]?\d){11}(?!\d)")
_CALLED_SO: Final = re.compile(r"(?<!\w)(?:ЖСН|ИИН|IIN)(?:[-’]?\w{1,4})?[\s:№=–—-]*$", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+")
Span = tuple[int, int, DisclosureKind]


async def disclosures_of(
    session: AsyncSession, content: ReportContent, version: int
) -> tuple[Disclosure, ...]:
    """Every place in the public texts of a version, in the reason of its correction and in open files."""
    texts = (*public_texts(content), *await _correction(session, content.number, version))
    found = [place for pointer, text in texts for place in in_text(pointer, text)]
    for pointer, sha256 in public_files(content):
        found.extend(await _in_file(session, content.number, pointer, sha256))
    return tuple(found)


async def _correction(session: AsyncSession, number: Number, version: int) -> tuple[Text, ...]:
    """A corrected version is published with the reason of the correction (A12)."""
    reason = (await correction_reasons(session, number)).get(version)
    note = await session.get(NoteRow, reason) if reason else None
    return (("/report/correction/reason", TextNote.model_validate_json(note.body).text),) if note else ()


def in_text(pointer: str, text: str, file: str = "") -> Iterator[Disclosure]:
    """The places in one text, each with its surroundings; whatever was found in them is masked, too."""
    spans = sorted(_spans(text))
    masked = _masked(text, spans)
    for start, end, kind in spans:
        yield Disclosure(pointer=pointer, kind=kind, excerpt=_around(masked, start, end), file=file)


def _spans(text: str) -> Iterator[Span]:
    """Telephones last: figures that are part of something else are none."""
    taken: list[Span] = []
    for match in _TWELVE.finditer(text):
        if is_iin(_digits(match)):
            taken.append((match.start(), match.end(), DisclosureKind.IIN))
        elif _is_called_iin(text, match):
            taken.append((match.start(), match.end(), DisclosureKind.POSSIBLE_IIN))
    for match in _ADDRESS.finditer(text):
        if _is_address(match.group().rstrip(".")):
            taken.append((match.start(), match.end(), DisclosureKind.EMAIL))
    yield from taken
    for number in phonenumbers.PhoneNumberMatcher(text, _HOME):
        if all(number.end <= start or end <= number.start for start, end, _ in taken):
            yield number.start, number.end, DisclosureKind.PHONE


def _is_called_iin(text: str, twelve: re.Match[str]) -> bool:
    """Whether a text calls twelve digits an IIN that are none; a body's BIN has a 4, 5 or 6 in the place."""
    called = _CALLED_SO.search(text, max(0, twelve.start() - _LABEL), twelve.start())
    return called is not None and _digits(twelve)[4] not in "456"


def _digits(twelve: re.Match[str]) -> str:
    return "".join(filter(str.isdecimal, twelve.group()))


def _is_address(text: str) -> bool:
    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True


def _masked(text: str, spans: list[Span]) -> str:
    letters = list(text)
    for start, end, _ in spans:
        for position in range(start + _SHOWN, end):
            if letters[position].isalnum():
                letters[position] = "•"
    return "".join(letters)


def _around(masked: str, start: int, end: int) -> str:
    first, last = max(0, start - _AROUND), min(len(masked), end + _AROUND)
    shown = " ".join(masked[first:last].split())
    return f"{'…' if first else ''}{shown}{'…' if last < len(masked) else ''}"


async def _in_file(
    session: AsyncSession, number: Number, pointer: str, sha256: Sha256
) -> tuple[Disclosure, ...]:
    row = await session.get(FileRow, sha256)
    if row is None:
        return ()
    named = select(AttachmentRow.filename).where(
        AttachmentRow.number == number, AttachmentRow.sha256 == sha256
    )
    name = (await session.exec(named.order_by(col(AttachmentRow.at)).limit(1))).first() or ""
    hidden = await asyncio.to_thread(hidden_parts, row.media_type, row.content)
    return tuple(_hidden(pointer, name, part) for part in hidden)


def _hidden(pointer: str, name: str, part: Hidden) -> Disclosure:
    """Whoever wrote a file is masked as a number is; comments show what is in them, but for such places."""
    person = part.kind is DisclosureKind.AUTHOR
    spans = [(0, len(part.text), part.kind)] if person else sorted(_spans(part.text))
    excerpt = _around(_masked(part.text, spans), 0, len(part.text))
    return Disclosure(pointer=pointer, kind=part.kind, excerpt=excerpt, file=name)
