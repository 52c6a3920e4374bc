"""Mail in words: what it is and by what that was seen, who wrote it, what servers say of which mailbox."""

from collections.abc import Iterable

from sqlmodel.ext.asyncio.session import AsyncSession

from api.history.heard import reports_said
from api.history.names import people_named
from api.views.received_mail import MailSeen
from locales.catalogue import text
from locales.dates import say_instant
from locales.terms import term
from models.mail.opening import content_of, opened, parts_of
from models.mail.sorts import EnclosedFile, Sort
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Language

SHOWN = 4_000
"""Characters of a message that a page shows at once; the whole of it can be fetched."""


class MailSaid(Model):
    """One message, ready for a page. `letter` is the id of the letter it is about, `of` what that is."""

    id: int
    at: str
    sort: Sort
    what: str
    by_person: bool
    signs: tuple[str, ...]
    letter: str
    of: str
    writer: str
    known: str
    authenticated: str
    subject: str
    words: str
    cut: bool
    quoted: str
    files: tuple[EnclosedFile, ...]
    reports: tuple[str, ...]
    numbers: tuple[str, ...]
    handled: str


async def mail_said(
    session: AsyncSession, language: Language, mails: Iterable[MailSeen], letters: dict[Id, str]
) -> tuple[MailSaid, ...]:
    """Messages in words; `letters` names the letters they may be about."""
    seen = tuple(mails)
    people = await people_named(session, {each.handled_by for each in seen if each.handled_by})
    return tuple(_said(language, each, letters, people) for each in seen)


def file_inside(message: bytes, place: int) -> bytes | None:
    """A file out of a message, by its place among the parts."""
    parts = tuple(parts_of(opened(message)))
    return content_of(parts[place]) if 0 <= place < len(parts) else None


def _said(language: Language, seen: MailSeen, letters: dict[Id, str], people: dict[Id, str]) -> MailSaid:
    mail = seen.mail
    by = seen.handled_by or ""
    handled = ""
    if seen.handled_at is not None:
        at = say_instant(language, seen.handled_at)
        handled = text(language, "page.mail.handled", by=people.get(by, by), at=at)
    return MailSaid(
        id=seen.id,
        at=say_instant(language, seen.at),
        sort=mail.sort,
        what=term(language, mail.sort),
        by_person=mail.sort.is_a_persons or mail.sort is Sort.UNKNOWN,
        signs=tuple(term(language, sign) for sign in mail.signs),
        letter=seen.letter or "",
        of=letters.get(seen.letter or "", ""),
        writer=mail.writer or seen.sender,
        known=text(language, "page.mail.known" if seen.from_recipient else "page.mail.unknown_writer"),
        authenticated=mail.authenticated,
        subject=mail.subject,
        words=mail.words[:SHOWN],
        cut=len(mail.words) > SHOWN,
        quoted=mail.quoted[:SHOWN],
        files=mail.files,
        reports=reports_said(language, mail.reports),
        numbers=mail.numbers,
        handled=handled,
    )
