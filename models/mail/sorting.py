"""What came by mail, sorted before anything changes: by address, key and structure.

In this order: a report is a report wherever it comes; what comes to the bounce address is automatic, whoever
sent it; of what comes to the reply address only a person's message that answers the letter is an answer.
Whatever is doubtful waits for somebody. No status code, and no word of any language, makes an answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from email.message import Message
from typing import Final

from models.mail.answers import Judged, judge_person
from models.mail.automatic import (
    goes_round,
    is_calendar_reply,
    is_encrypted,
    is_marked_automatic,
    is_null,
    is_of_a_list,
    threads,
)
from models.mail.keys import HEADER, Role, SentLetter, SignedName, names_in, numbers_in
from models.mail.opening import TROUBLES, files_of, opened, read_bytes, said, words_of, writer_of
from models.mail.quoting import cut
from models.mail.reports import loose_reports, returned
from models.mail.server_words import judge_report, told_of
from models.mail.sorts import EnclosedFile, Envelope, MailboxReport, Sign, Sort, SortedMail

_LOOKED_THROUGH: Final = 2 * 1024 * 1024
"""Bytes of a message in which a key is looked for where its frame does not say."""


@dataclass(frozen=True)
class _Looked:
    """A message with all that its sort follows from."""

    message: bytes
    mail: Message
    envelope: Envelope
    came_to: Role | None
    letter: SentLetter | None
    words: str
    new: str
    files: tuple[EnclosedFile, ...]
    own: bool


def sort_mail(message: bytes, envelope: Envelope, secrets: Sequence[str]) -> SortedMail:
    """What a message is. `secrets` are those that signed the letters' names, the newest first."""
    addressed = _addressed(secrets, envelope.recipient)
    try:
        return _opened(message, envelope, addressed, secrets)
    except TROUBLES:
        return _unopened(message, addressed, secrets)


def _opened(
    message: bytes, envelope: Envelope, addressed: SignedName | None, secrets: Sequence[str]
) -> SortedMail:
    mail = opened(message)
    inside = _named_inside(secrets, message, mail)
    named = addressed or inside
    words = words_of(mail)
    new, quoted = cut(words)
    looked = _Looked(
        message=message,
        mail=mail,
        envelope=envelope,
        came_to=addressed.role if addressed else None,
        letter=named.letter if named else None,
        words=words,
        new=new,
        files=files_of(mail),
        own=bool(names_in(secrets, said(mail, HEADER))),
    )
    returns_letter = inside is not None and inside.role is Role.LETTER
    report = judge_report(message, mail, envelope, looked.came_to, returns_letter, words)
    judged = report.judged if report else _judged(looked)
    return SortedMail(
        sort=judged.sort,
        signs=judged.signs,
        letter=looked.letter,
        came_to=looked.came_to,
        writer=writer_of(mail),
        subject=said(mail, "Subject"),
        authenticated=said(mail, "Authentication-Results"),
        words=new,
        quoted=quoted,
        files=looked.files,
        reports=report.mailboxes if report else (),
        numbers=numbers_in(f"{envelope.recipient} {said(mail, 'Subject')} {threads(mail)}"),
    )


def _judged(looked: _Looked) -> Judged:
    return _automatic(looked) or _doubtful(looked) or _persons(looked)


def _automatic(looked: _Looked) -> Judged | None:
    if looked.own:
        return Judged(Sort.AUTO_REPLY, (Sign.OWN_LETTER,))
    marked = (Sign.MARKED_AUTOMATIC,) if is_marked_automatic(looked.mail) else ()
    if looked.came_to is Role.BOUNCE:
        return Judged(Sort.AUTO_REPLY, (Sign.BOUNCE_ADDRESS, *marked))
    return Judged(Sort.AUTO_REPLY, marked) if marked else None


def _doubtful(looked: _Looked) -> Judged | None:
    mail = looked.mail
    doubts = {
        Sign.GOES_ROUND: goes_round(mail),
        Sign.MAILING_LIST: is_of_a_list(mail),
        Sign.NULL_SENDER: is_null(looked.envelope.sender),
        Sign.CALENDAR_REPLY: is_calendar_reply(mail),
        Sign.ENCRYPTED: is_encrypted(mail),
        Sign.UNKNOWN_ADDRESS: looked.came_to is None,
    }
    signs = tuple(sign for sign, is_so in doubts.items() if is_so)
    return Judged(Sort.UNKNOWN, signs) if signs else None


def _persons(looked: _Looked) -> Judged:
    return judge_person(looked.mail, looked.letter, looked.new, looked.words, looked.files)


def _addressed(secrets: Sequence[str], recipient: str) -> SignedName | None:
    """The name in the recipient's address; that of a header is no address."""
    named = (each for each in names_in(secrets, recipient) if each.role is not Role.LETTER)
    return next(named, None)


def _named_inside(secrets: Sequence[str], message: bytes, mail: Message) -> SignedName | None:
    """The letter that a message returns, or whose names it quotes; returned, it is named as by its header."""
    for content in returned(mail):
        for name in names_in(secrets, read_bytes(content)):
            return SignedName(role=Role.LETTER, letter=name.letter)
    for place in (words_of(mail), read_bytes(message[:_LOOKED_THROUGH])):
        names = names_in(secrets, place)
        if names:
            return next((each for each in names if each.role is Role.LETTER), names[0])
    return None


def _unopened(message: bytes, addressed: SignedName | None, secrets: Sequence[str]) -> SortedMail:
    """A message that cannot be taken apart: a report is still known by its lines."""
    text = read_bytes(message[:_LOOKED_THROUGH])
    named = addressed or next(iter(names_in(secrets, text)), None)
    mailboxes: tuple[MailboxReport, ...] = loose_reports(message[:_LOOKED_THROUGH])
    sort = told_of(mailboxes) if mailboxes else Sort.UNKNOWN
    damaged = (Sign.DAMAGED_REPORT,) if mailboxes else ()
    return SortedMail(
        sort=sort,
        signs=(Sign.UNREADABLE, *damaged),
        letter=named.letter if named else None,
        came_to=addressed.role if addressed else None,
        reports=mailboxes,
        numbers=numbers_in(text[: _LOOKED_THROUGH // 32]),
    )
