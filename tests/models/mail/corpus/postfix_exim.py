"""Reports as Postfix and Exim write them."""

from typing import Final

from models.mail.sorts import Sort
from tests.models.mail.corpus.ground import BOUNCE, CLERK, DOMAIN, HEADERS, KEY, LETTER, Case, case, report

_POSTFIX = """\
Return-Path: <>
From: MAILER-DAEMON@mx.example.kz (Mail Delivery System)
Auto-Submitted: auto-replied
"""
_BLOCK = """\
Reporting-MTA: dns; mx.example.kz
X-Postfix-Queue-ID: 4X1
Arrival-Date: Mon,  2 Nov 2026 14:00:00 +0500 (+05)

"""
_GLOBAL_RETURNED = f"Content-Type: message/global-headers\nContent-Transfer-Encoding: 8bit\n\n{HEADERS}"
_EXIM = f"""\
Return-path: <>
X-Failed-Recipients: {CLERK}
Auto-Submitted: auto-replied
From: Mail Delivery System <Mailer-Daemon@mx.example.kz>
"""
_EXIM_LATE = "Auto-Submitted: auto-replied\nFrom: Mail Delivery System <Mailer-Daemon@mx.example.kz>\n"
_OCTAL = (
    r"\320\272\320\265\322\243\321\201\320\265"
    r"@\323\231\320\272\321\226\320\274\320\264\321\226\320\272.example.kz"
)


def _status(
    final: str = f"rfc822; {CLERK}",
    action: str = "failed",
    status: str = "5.1.1",
    reason: str = "smtp; 550 5.1.1 no such user",
    more: str = "",
) -> str:
    return (
        f"{_BLOCK}Final-Recipient: {final}\nOriginal-Recipient: rfc822;{CLERK}\nAction: {action}\n"
        f"Status: {status}\nRemote-MTA: dns; mail.example.kz\nDiagnostic-Code: {reason}\n{more}"
    )


def _exim(head: str, status: str, returned: str = f"Content-type: message/rfc822\n\n{LETTER}") -> str:
    frame = "multipart/report; report-type=delivery-status"
    return report(head, status, frame=frame, returned=returned, words="A message could not be delivered.")


POSTFIX: Final[tuple[Case, ...]] = (
    case("postfix, no such mailbox", Sort.BOUNCE, report(_POSTFIX, _status())),
    case(
        "postfix, a full mailbox, told in Kazakh in raw UTF-8",
        Sort.BOUNCE,
        report(_POSTFIX, _status(status="5.2.2", reason="smtp; 552 5.2.2 Жәшік толы")),
    ),
    case(
        "postfix, late",
        Sort.DELAY,
        report(
            _POSTFIX,
            _status(
                action="delayed",
                status="4.4.1",
                reason="X-Postfix; connect to mail.example.kz: Connection timed out",
                more="Will-Retry-Until: Sat,  7 Nov 2026 14:00:00 +0500 (+05)\n",
            ),
        ),
    ),
    case(
        "postfix, relayed",
        Sort.RECEIPT,
        report(_POSTFIX, _status(action="relayed", status="2.0.0", reason="smtp; 250 2.0.0 Ok")),
    ),
    case(
        "postfix, delivered",
        Sort.RECEIPT,
        report(
            _POSTFIX, _status(action="delivered", status="2.0.0", reason="X-Postfix; delivered to mailbox")
        ),
    ),
    case(
        "postfix, one mailbox failed, one is late",
        Sort.BOUNCE,
        report(
            _POSTFIX,
            _status(action="delayed", status="4.2.0")
            + "\nFinal-Recipient: rfc822; bastyq@akimdik.example.kz\nAction: failed\nStatus: 5.1.1\n",
        ),
    ),
    case(
        "postfix, a Cyrillic mailbox in two spellings in one block",
        Sort.BOUNCE,
        report(
            _POSTFIX,
            f"{_BLOCK}Final-Recipient: utf-8; кеңсе@әкімдік.example.kz\n"
            "Original-Recipient: rfc822;кеңсе@әкімдік.example.kz\n"
            "Action: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 Мұндай жәшік жоқ\n",
            frame="multipart/report; report-type=global-delivery-status",
            kind="message/global-delivery-status\nContent-Transfer-Encoding: 8bit",
            returned=_GLOBAL_RETURNED,
            charset="utf-8",
        ),
    ),
    case(
        "postfix, the mailbox took it and a program behind it failed",
        Sort.BOUNCE,
        report(_POSTFIX, _status(status="5.3.0", reason='x-unix; command died with status 1: "|archive"')),
    ),
    case(
        "postfix, the address in capital letters",
        Sort.BOUNCE,
        report(_POSTFIX, _status()),
        to=BOUNCE.upper(),
    ),
    case(
        "postfix, the address rewritten by a forwarder",
        Sort.BOUNCE,
        report(_POSTFIX, _status(final="rfc822; another@forwarded.example.kz")),
        to=f"SRS0=AbCd=XY=example.kz={BOUNCE.partition('@')[0]}@{DOMAIN}",
    ),
    case(
        "postfix, the address damaged, the header of the letter whole",
        Sort.BOUNCE,
        report(_POSTFIX, _status()),
        to=BOUNCE.replace("bounce", "bonce"),
    ),
    case(
        "postfix, to the reply address",
        Sort.BOUNCE,
        report(_POSTFIX, _status()),
        to=BOUNCE.replace("bounce.", "reply."),
    ),
    case(
        "postfix, from a sender that is not null",
        Sort.BOUNCE,
        report(_POSTFIX, _status()),
        sender="x@example.kz",
    ),
    case(
        "postfix, an action unknown to the standard",
        Sort.BOUNCE,
        report(_POSTFIX, _status(action="refused-for-ever")),
    ),
    case("postfix, no action", Sort.BOUNCE, report(_POSTFIX, _status().replace("Action: failed\n", ""))),
    case(
        "postfix, failed by its action, 4.0.0 by its status",
        Sort.BOUNCE,
        report(_POSTFIX, _status(status="4.0.0")),
    ),
    case(
        "postfix, late by its action, 5.0.0 by its status",
        Sort.DELAY,
        report(_POSTFIX, _status(action="delayed", status="5.0.0")),
    ),
    case(
        "postfix, without the letter and to a stranger's address",
        Sort.BOUNCE,
        report(
            _POSTFIX,
            _status(),
            returned="Content-Type: text/rfc822-headers\n\nSubject: x\n",
            to="x@example.kz",
        ),
        to=f"bounce@{DOMAIN}",
        knows_letter=False,
    ),
)

EXIM: Final[tuple[Case, ...]] = (
    case(
        "exim, 5.0.0 and the true code in the diagnostic",
        Sort.BOUNCE,
        _exim(_EXIM, _status(status="5.0.0", reason="smtp; 550 5.1.1 <kense@akimdik.example.kz>: unknown")),
    ),
    case(
        "exim, raw UTF-8 under rfc822, octal in its header",
        Sort.BOUNCE,
        _exim(
            _EXIM.replace(CLERK, _OCTAL),
            _status(final="rfc822;кеңсе@әкімдік.example.kz", status="5.0.0"),
        ),
    ),
    case(
        "exim, punycode in the local part",
        Sort.BOUNCE,
        _exim(_EXIM, _status(final="rfc822;xn--e1aybc@xn--e1afmkfd.example.kz", status="5.0.0")),
    ),
    case(
        "exim, late, 4.0.0",
        Sort.DELAY,
        _exim(_EXIM_LATE, _status(action="delayed", status="4.0.0", reason="")),
    ),
    case(
        "exim, delivered where others say relayed",
        Sort.RECEIPT,
        _exim(_EXIM_LATE, _status(action="delivered", status="2.0.0", reason="smtp; 250 OK")),
    ),
    case(
        "exim of long ago, in words alone",
        Sort.BOUNCE,
        f"{_EXIM}To: {BOUNCE}\nSubject: Mail delivery failed: returning message to sender\n\n"
        "This message was created automatically by mail delivery software.\n\n"
        f"  {CLERK}\n    550 unknown user\n\n"
        "------ This is a copy of your message, including all the headers. ------\n\n"
        f"{LETTER}",
    ),
    case(
        "exim of long ago, late, in words alone",
        Sort.DELAY,
        f"{_EXIM_LATE}To: {BOUNCE}\nSubject: Warning: message 1abc delayed 24 hours\n\n"
        "This message was created automatically by mail delivery software.\n"
        f"A message that you sent has not yet been delivered to:\n\n  {CLERK}\n\n"
        "No action is required on your part.\n",
    ),
    case(
        "exim, the key in its header alone",
        Sort.BOUNCE,
        _exim(
            _EXIM,
            _status(),
            returned=f"Content-type: message/rfc822\n\nX-Monitoring-Letter: {KEY}\nSubject: x\n\nx\n",
        ),
        to=f"someone@{DOMAIN}",
    ),
)
