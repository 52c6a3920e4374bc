"""Whether a message is a report of a server or a mail program, and of what: failure, delay or receipt.

By its parts first; a frame that is broken, or a report in words alone, is known by who signs it and by the
letter it returns. A bounce sorted too eagerly is a statement somebody looks at; a lost one is silence.
"""

import re
from collections.abc import Sequence
from email.message import Message
from typing import Final, NamedTuple

from models.mail.answers import Judged
from models.mail.automatic import is_from_a_server, is_marked_automatic, is_null, is_report_of
from models.mail.keys import Role
from models.mail.opening import said
from models.mail.reports import failed_recipients, loose_reports, reading_report, status_reports
from models.mail.sorts import Envelope, MailboxReport, Sign, Sort, Told

_ONLY_LATE: Final = re.compile(
    r"delayed|warning|still being retried|отложен|задерж|кешік|кейінге қалдыр", re.IGNORECASE
)
_REFUSED: Final = re.compile(r"\b5\d\d[ -]|\b5\.\d{1,3}\.\d{1,3}\b")


class Report(NamedTuple):
    """What a report is, and what it says of each mailbox."""

    judged: Judged
    mailboxes: tuple[MailboxReport, ...] = ()


def judge_report(
    message: bytes,
    mail: Message,
    envelope: Envelope,
    came_to: Role | None,
    returns_letter: bool,
    words: str,
) -> Report | None:
    """The report that a message is; None where it is none."""
    mailboxes = status_reports(mail)
    if mailboxes:
        return Report(Judged(told_of(mailboxes), (Sign.STATUS_REPORT,)), mailboxes)
    reading = reading_report(mail)
    if reading is not None:
        return Report(Judged(Sort.RECEIPT, (Sign.READING_REPORT,)), (reading,))
    if is_report_of(mail, "feedback-report"):
        return Report(Judged(Sort.UNKNOWN, (Sign.ABUSE_REPORT,)))
    return _broken(message, mail, envelope, came_to) or _in_words(
        mail, envelope, came_to, returns_letter, words
    )


def told_of(mailboxes: Sequence[MailboxReport]) -> Sort:
    """The worst that is told of any mailbox: a report that does not say is about a failure."""
    told = {each.told for each in mailboxes}
    if Told.FAILED in told or told == {None}:
        return Sort.BOUNCE
    return Sort.DELAY if Told.DELAYED in told else Sort.RECEIPT


def _broken(message: bytes, mail: Message, envelope: Envelope, came_to: Role | None) -> Report | None:
    """A report whose part for machines cannot be found in its place."""
    framed = is_report_of(mail, "delivery-status")
    if framed or came_to is Role.BOUNCE or is_null(envelope.sender) or is_from_a_server(mail):
        loose = loose_reports(message)
        if loose:
            return Report(Judged(told_of(loose), (Sign.DAMAGED_REPORT,)), loose)
    if is_report_of(mail, "disposition-notification"):
        return Report(Judged(Sort.RECEIPT, (Sign.DAMAGED_REPORT,)))
    return Report(Judged(Sort.BOUNCE, (Sign.DAMAGED_REPORT,))) if framed else None


def _in_words(
    mail: Message, envelope: Envelope, came_to: Role | None, returns_letter: bool, words: str
) -> Report | None:
    """A report without a part for machines: older servers, and those of large providers."""
    about_us = came_to is Role.BOUNCE or returns_letter
    mailboxes = failed_recipients(mail)
    servers = is_from_a_server(mail)
    unmarked = is_null(envelope.sender) and returns_letter and not is_marked_automatic(mail)
    if not ((mailboxes and (about_us or servers)) or (servers and about_us) or unmarked):
        return None
    late = not mailboxes and _ONLY_LATE.search(said(mail, "Subject")) and not _REFUSED.search(words)
    return Report(Judged(Sort.DELAY if late else Sort.BOUNCE, (Sign.REPORT_IN_WORDS,)), mailboxes)
