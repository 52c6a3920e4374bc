"""Reports of mail servers and mail programs (RFC 3464, RFC 6533, RFC 8098), as servers really write them.

Their parts are read as bytes, block by block: what the library makes of them loses the recipients, or the
letters of a Cyrillic mailbox. Codes are told and judge nothing: many servers write 5.0.0 for everything.
"""

import re
from collections.abc import Iterator
from email.message import Message
from typing import Final

from models.mail.mailboxes import mailbox_of, without_octals
from models.mail.opening import content_of, parts_of, read_bytes, said
from models.mail.sorts import MailboxReport, Told

_STATUS_PARTS: Final = frozenset({"message/delivery-status", "message/global-delivery-status"})
_READING_PARTS: Final = frozenset(
    {"message/disposition-notification", "message/global-disposition-notification"}
)
_RETURNED_PARTS: Final = frozenset(
    {
        *("message/rfc822", "message/global"),
        *("text/rfc822-headers", "message/rfc822-headers", "message/global-headers"),
    }
)
_BLANK: Final = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_FOLD: Final = re.compile(r"\n[ \t]+")
_LOOSE: Final = re.compile(
    rb"(?im)^(?:final|original)-recipient:[^\n]*\n(?:[^\n]+\n){0,8}?"
    rb"action:[ \t]*(?:failed|delayed|delivered|relayed)[^\n]*(?:\n[^\n]+){0,8}"
)
_MOST_REPORTS: Final = 200

Fields = dict[str, str]


def status_reports(message: Message) -> tuple[MailboxReport, ...] | None:
    """What the message reports, mailbox by mailbox; None where it holds no status report of its own.

    A report inside of an enclosed message is somebody else's.
    """
    parts = [part for part in parts_of(message) if part.get_content_type() in _STATUS_PARTS]
    if not parts:
        return None
    return tuple(each for part in parts for each in _reports(content_of(part)))[:_MOST_REPORTS]


def loose_reports(message: bytes) -> tuple[MailboxReport, ...]:
    """Reports whose frame is broken, by their lines."""
    found = (_reports(block[0] + b"\n") for block in _LOOSE.finditer(message.replace(b"\r\n", b"\n")))
    return tuple(each for reports in found for each in reports)[:_MOST_REPORTS]


def reading_report(message: Message) -> MailboxReport | None:
    """What a mail program says was done with the letter (RFC 8098); None where it says nothing."""
    for part in parts_of(message):
        if part.get_content_type() in _READING_PARTS:
            fields = _fields(_lines(content_of(part)))
            return MailboxReport(
                told=None,
                mailbox=mailbox_of(fields.get("final-recipient", "")),
                reason=fields.get("disposition", ""),
            )
    return None


def failed_recipients(message: Message) -> tuple[MailboxReport, ...]:
    """Exim's own header: the mailboxes for which it has given up."""
    named = said(message, "X-Failed-Recipients")
    boxes = (mailbox_of(each) for each in named.split(","))
    return tuple(MailboxReport(told=Told.FAILED, mailbox=box) for box in boxes if box)[:_MOST_REPORTS]


def returned(message: Message) -> Iterator[bytes]:
    """The letters, or their headers, that a message encloses."""
    for part in parts_of(message):
        if part.get_content_type() in _RETURNED_PARTS:
            yield content_of(part)


def _reports(content: bytes) -> Iterator[MailboxReport]:
    for block in _BLANK.split(_lines(content).strip("\n")):
        fields = _fields(block)
        if not fields.keys().isdisjoint({"final-recipient", "original-recipient", "action"}):
            yield _of_mailbox(fields)


def _of_mailbox(fields: Fields) -> MailboxReport:
    action = re.match(r"[a-z]*", fields.get("action", "").strip().lower())
    word = action[0] if action else ""
    reason = fields.get("diagnostic-code", "")
    return MailboxReport(
        told=Told(word) if word in set(Told) else None,
        mailbox=mailbox_of(fields.get("original-recipient") or fields.get("final-recipient", "")),
        status=fields.get("status", "").split("(")[0].strip(),
        reason=without_octals(reason.partition(";")[2] or reason).strip(),
        retries_until=fields.get("will-retry-until", ""),
    )


def _fields(block: str) -> Fields:
    """Names in lower case; of several of one name the first counts."""
    fields: Fields = {}
    for line in _FOLD.sub(" ", block).split("\n"):
        name, colon, value = line.partition(":")
        if colon and name.strip() and " " not in name.strip():
            fields.setdefault(name.strip().lower(), value.strip())
    return fields


def _lines(content: bytes) -> str:
    return read_bytes(content).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
