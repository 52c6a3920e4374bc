"""Reports as OpenSMTPD, sendmail, Courier, Exchange and others write them, and as the standards have them."""

import base64
from typing import Final

from models.mail.sorts import Sort
from tests.models.mail.corpus.ground import (
    BOUNCE,
    CLERK,
    DOMAIN,
    HEADERS,
    KEY,
    LETTER,
    REPLY,
    Case,
    case,
    report,
)

_OPENSMTPD = "Return-Path: <>\nFrom: Mailer Daemon <MAILER-DAEMON@mx.example.kz>\n"
_SENDMAIL = """\
Return-Path: <MAILER-DAEMON@mx.example.kz>
From: Mail Delivery Subsystem <MAILER-DAEMON@mx.example.kz>
Auto-Submitted: auto-generated (failure)
"""
_COURIER = 'From: "Courier mail server at mx.example.kz" <@>\n'
_EXCHANGE = """\
From: <postmaster@akimdik.example.kz>
X-MS-Exchange-Message-Is-Ndr:
X-Auto-Response-Suppress: All
Auto-Submitted: auto-replied
"""
_BLOCK = "Reporting-MTA: dns; mx.example.kz\n\n"
_WHOLE = f"Content-Type: message/rfc822\n\n{LETTER}"
_GLOBAL = "message/global-delivery-status"
_CYRILLIC = "кеңсе@әкімдік.example.kz"
_POINTS = r"\x{43A}\x{435}\x{4A3}\x{441}\x{435}@\x{4D9}\x{43A}\x{456}\x{43C}\x{434}\x{456}\x{43A}.example.kz"


def _status(action: str, status: str, reason: str = "", final: str = f"rfc822; {CLERK}") -> str:
    code = f"Diagnostic-Code: {reason}\n" if reason else ""
    return f"{_BLOCK}Final-Recipient: {final}\nAction: {action}\nStatus: {status}\n{code}"


def _opensmtpd(status: str, words: str) -> str:
    return report(_OPENSMTPD, status, frame="multipart/mixed", words=words)


def _reading(
    disposition: str, kind: str = "message/disposition-notification", box: str = f"rfc822; {CLERK}"
) -> str:
    return report(
        f"From: {CLERK}\n",
        f"Reporting-UA: akimdik.example.kz; Mail\nFinal-Recipient: {box}\n"
        f"Original-Message-ID: <2026-SARY-0001.L42-0.1@example.kz>\nDisposition: {disposition}\n",
        frame="multipart/report; report-type=disposition-notification",
        kind=kind,
        words="The message was displayed.",
    )


OPENSMTPD: Final[tuple[Case, ...]] = (
    case(
        "opensmtpd, multipart/mixed, 5.0.0, the code in words alone",
        Sort.BOUNCE,
        _opensmtpd(_status("failed", "5.0.0"), f"{CLERK}: 550 5.1.1 no such user"),
    ),
    case(
        "opensmtpd, Kazakh in UTF-8 under us-ascii",
        Sort.BOUNCE,
        _opensmtpd(
            _status("failed", "5.0.0", final=f"rfc822; {_CYRILLIC}"), f"{_CYRILLIC}: 550 Мұндай жәшік жоқ"
        ),
    ),
    case(
        "opensmtpd, late after four hours",
        Sort.DELAY,
        _opensmtpd(_status("delayed", "4.0.0"), "Warning: it has not been possible yet"),
    ),
    case(
        "opensmtpd, delivered",
        Sort.RECEIPT,
        _opensmtpd(_status("relayed", "2.0.0"), "Your message was relayed"),
    ),
)

SENDMAIL: Final[tuple[Case, ...]] = (
    case(
        "sendmail, failed",
        Sort.BOUNCE,
        report(_SENDMAIL, _status("failed", "5.1.1", "SMTP; 550 5.1.1 unknown")),
    ),
    case(
        "sendmail, late, with the whole letter",
        Sort.DELAY,
        report(
            _SENDMAIL, _status("delayed", "4.4.1"), returned=_WHOLE, words="THIS IS A WARNING MESSAGE ONLY"
        ),
    ),
    case(
        "sendmail, delivered (to mailbox)",
        Sort.RECEIPT,
        report(_SENDMAIL, _status("delivered (to mailbox)", "2.1.5")),
    ),
    case(
        "sendmail, relayed (to non-DSN-aware mailer)",
        Sort.RECEIPT,
        report(_SENDMAIL, _status("relayed (to non-DSN-aware mailer)", "2.0.0")),
    ),
    case(
        "sendmail, Russian in raw UTF-8",
        Sort.BOUNCE,
        report(_SENDMAIL, _status("failed", "5.7.1", "SMTP; 550 5.7.1 Отправитель отвергнут")),
    ),
    case(
        "sendmail, expanded to a list",
        Sort.RECEIPT,
        report(_SENDMAIL, _status("expanded (to list)", "2.0.0")),
    ),
)

COURIER: Final[tuple[Case, ...]] = (
    case(
        "courier, message/global also for ASCII, unknown; 550",
        Sort.BOUNCE,
        report(
            _COURIER,
            _status("failed", "5.0.0", "unknown; 550 User unknown"),
            returned=f"Content-Type: message/global\n\n{LETTER}",
        ),
    ),
    case("courier, late", Sort.DELAY, report(_COURIER, _status("delayed", "4.0.0"))),
    case(
        "courier, the type in capital letters",
        Sort.BOUNCE,
        report(_COURIER, _status("failed", "5.0.0", final=f"UTF-8; {_CYRILLIC}"), kind=_GLOBAL),
    ),
)

EXCHANGE: Final[tuple[Case, ...]] = (
    case(
        "exchange, undeliverable",
        Sort.BOUNCE,
        report(
            _EXCHANGE,
            _status("failed", "5.1.10", "smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound"),
            returned=_WHOLE,
        ),
    ),
    case("exchange, late", Sort.DELAY, report(_EXCHANGE, _status("delayed", "4.4.7"), returned=_WHOLE)),
    case(
        "exchange, delivered",
        Sort.RECEIPT,
        report(
            _EXCHANGE,
            _status("delivered", "2.0.0"),
            returned="Content-Type: text/rfc822-headers\n\nSubject: x\n",
        ),
    ),
    case("exchange, relayed", Sort.RECEIPT, report(_EXCHANGE, _status("relayed", "2.0.0"))),
    case(
        "outlook, read",
        Sort.RECEIPT,
        _reading("automatic-action/MDN-sent-automatically; displayed"),
        to=REPLY,
    ),
    case(
        "outlook, deleted without being read",
        Sort.RECEIPT,
        _reading("manual-action/MDN-sent-manually; deleted"),
        to=REPLY,
    ),
)

STANDARDS: Final[tuple[Case, ...]] = (
    case(
        "RFC 6533, code points",
        Sort.BOUNCE,
        report(_SENDMAIL, _status("failed", "5.1.1", final=f"utf-8; {_POINTS}"), kind=_GLOBAL),
    ),
    case(
        "RFC 6533, global headers, base64",
        Sort.BOUNCE,
        report(
            _SENDMAIL,
            base64.encodebytes(_status("failed", "5.1.1", final=f"utf-8; {_CYRILLIC}").encode()).decode(),
            kind=f"{_GLOBAL}\nContent-Transfer-Encoding: base64",
            returned=f"Content-Type: message/global-headers\n\n{HEADERS}",
        ),
    ),
    case(
        "RFC 6533, late",
        Sort.DELAY,
        report(_SENDMAIL, _status("delayed", "4.4.1", final=f"utf-8; {_CYRILLIC}"), kind=_GLOBAL),
    ),
    case(
        "RFC 6533, read",
        Sort.RECEIPT,
        _reading(
            "manual-action/MDN-sent-manually; displayed",
            "message/global-disposition-notification",
            f"utf-8; {_CYRILLIC}",
        ),
        to=REPLY,
    ),
    case(
        "RFC 3461, the recipient in xtext",
        Sort.BOUNCE,
        report(
            _SENDMAIL,
            f"{_BLOCK}Original-Recipient: rfc822;kense+40akimdik.example.kz\n"
            "Final-Recipient: rfc822;x@example.kz\nAction: failed\nStatus: 5.1.1\n",
        ),
    ),
)

IN_WORDS: Final[tuple[Case, ...]] = (
    case(
        "qmail, in words alone",
        Sort.BOUNCE,
        f"Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.kz\nTo: {BOUNCE}\nSubject: failure notice\n\n"
        "Hi. This is the qmail-send program at mx.example.kz.\n"
        f"<{CLERK}>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n"
        f"--- Below this line is a copy of the message.\n\n{LETTER}",
    ),
    case(
        "a large provider, in Russian words alone",
        Sort.BOUNCE,
        f"From: mailer-daemon@example.kz\nTo: {BOUNCE}\n"
        "Subject: =?utf-8?b?0J3QtdC00L7RgdGC0LDQstC70LXQvdC90L7QtQ==?=\n"
        "Content-Type: text/plain; charset=windows-1251\n\n".encode()
        + "Это письмо создано автоматически.\nВаше сообщение не доставлено: такого ящика нет.\n".encode(
            "cp1251"
        ),
    ),
    case(
        "in Kazakh words alone, from a sender that is not null",
        Sort.BOUNCE,
        f"From: Postmaster <postmaster@akimdik.example.kz>\nTo: {BOUNCE}\nSubject: Хат жеткізілмеді\n"
        "Content-Type: text/plain; charset=utf-8\n\n"
        "Мұндай жәшік жоқ.\n",
        sender="postmaster@akimdik.example.kz",
    ),
    case(
        "in words alone, to a damaged address, quoting the header",
        Sort.BOUNCE,
        "From: MAILER-DAEMON@mx.example.kz\nSubject: Undelivered\n\n"
        f"Your letter is returned.\n\nX-Monitoring-Letter: {KEY}\n",
        to=f"bounce@{DOMAIN}",
    ),
)

BROKEN: Final[tuple[Case, ...]] = (
    case(
        "a report whose boundary is lost",
        Sort.BOUNCE,
        report(_SENDMAIL, _status("failed", "5.1.1")).replace('boundary="part"', 'boundary="other"'),
    ),
    case(
        "a late report whose boundary is lost",
        Sort.DELAY,
        report(_SENDMAIL, _status("delayed", "4.4.1")).replace('boundary="part"', 'boundary="other"'),
    ),
    case(
        "a report cut off after its words",
        Sort.BOUNCE,
        report(_SENDMAIL, _status("failed", "5.1.1")).partition("Content-Type: message/delivery-status")[0],
    ),
    case(
        "a report that names no boundary",
        Sort.BOUNCE,
        report(_SENDMAIL, _status("failed", "5.1.1")).replace('; boundary="part"', ""),
    ),
    case(
        "a report whose part for machines is empty",
        Sort.BOUNCE,
        report(_SENDMAIL, "Reporting-MTA: dns; mx.example.kz"),
    ),
)
