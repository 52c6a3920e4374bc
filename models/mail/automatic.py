"""What says that no person wrote a message: headers of RFC 3834, and those that programs write instead.

Words of a language are no such sign: they only make somebody look (`models.mail.answers`).
"""

import re
from collections.abc import Mapping
from email.message import Message
from typing import Final

from models.mail.opening import all_said, said, writer_of

MOST_HOPS: Final = 50
"""A message that passed more servers than this goes round."""

# A header that only programs set, whatever stands in it.
_SET_BY_PROGRAMS: Final = (
    *("X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-AutoReply-From", "X-Mail-Autoreply"),
    *("X-Vacation", "X-FC-MachineGenerated", "X-MS-Exchange-Inbox-Rules-Loop", "X-Yandex-Autoreply"),
    "X-Auto-Response-Suppress",
)
_SAYS_SO: Final[Mapping[str, re.Pattern[str]]] = {
    "Auto-Submitted": re.compile(r"(?!no\b)\S"),
    "Precedence": re.compile(r"bulk|junk|auto[_-]?reply"),
    "X-Precedence": re.compile(r"bulk|junk|auto[_-]?reply"),
    "X-POST-MessageClass": re.compile(r".*autoresponder"),
    "X-Mailer": re.compile(r".*(?:autorespond|auto-?reply|vacation)"),
    "X-Message-Class": re.compile(r"ipm\.note\.rules\.(?:oof|reply)template"),
    "Delivered-To": re.compile(r"autoresponder"),
}
_OF_LISTS: Final = ("List-Id", "List-Post", "List-Unsubscribe", "Mailing-List")
_POSTMASTERS: Final = frozenset({"mailer-daemon", "postmaster", "mail-daemon", "mailerdaemon"})
_NULL: Final = frozenset({"", "<>"})


def is_marked_automatic(message: Message) -> bool:
    """Whether a header says that a program wrote it."""
    if not _names(message).isdisjoint({name.lower() for name in _SET_BY_PROGRAMS}):
        return True
    return any(
        pattern.match(value.strip().lower())
        for name, pattern in _SAYS_SO.items()
        for value in all_said(message, name)
    )


def is_of_a_list(message: Message) -> bool:
    """Whether it came through a mailing list."""
    return not _names(message).isdisjoint({name.lower() for name in _OF_LISTS})


def is_from_a_server(message: Message) -> bool:
    """Whether a mail server signs as its writer."""
    return writer_of(message).partition("@")[0] in _POSTMASTERS


def goes_round(message: Message) -> bool:
    """Whether it passed too many servers to be on its way to somebody."""
    return len(all_said(message, "Received")) > MOST_HOPS


def is_null(sender: str) -> bool:
    """The envelope sender of reports, and of much else."""
    return sender.strip() in _NULL


def is_calendar_reply(message: Message) -> bool:
    """A mail program answers an invitation: RFC 6047."""
    kinds = (part for part in message.walk() if part.get_content_type() == "text/calendar")
    return any(str(part.get_param("method", "")).lower() == "reply" for part in kinds)


def is_encrypted(message: Message) -> bool:
    """Whether its words are behind a key that nobody here has, or inside of a signature."""
    kind = message.get_content_type()
    return kind in {"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"}


def is_report_of(message: Message, kind: str) -> bool:
    """A multipart/report that names its kind (RFC 6522)."""
    return message.get_content_type() == "multipart/report" and (
        str(message.get_param("report-type", "")).lower() == kind
    )


def threads(message: Message) -> str:
    """The letters it says it answers."""
    return f"{said(message, 'In-Reply-To')} {said(message, 'References')}"


def _names(message: Message) -> frozenset[str]:
    return frozenset(name.lower() for name in message)
