"""The letter that all messages of the corpus are about, and how a message is written down."""

from typing import Final, NamedTuple

from models.mail.keys import HEADER, Role, SentLetter, signed_address, signed_name
from models.mail.sorts import Envelope, Sort

SECRET: Final = "0123456789abcdef0123456789abcdef"
FORMER: Final = "fedcba9876543210fedcba9876543210"
SECRETS: Final = (SECRET, FORMER)
DOMAIN: Final = "reply.example.kz"
SENT: Final = SentLetter(number="2026-SARY-0001", letter="L42-0", attempt=1)
KEY: Final = signed_name(SECRET, Role.LETTER, SENT)
MESSAGE_ID: Final = "<2026-SARY-0001.L42-0.1@example.kz>"
THREAD: Final = "<2026-SARY-0001@example.kz>"
CLERK: Final = "kense@akimdik.example.kz"


def address(role: Role, secret: str = SECRET) -> str:
    given = signed_address(secret, role, SENT, DOMAIN)
    assert given is not None
    return given


BOUNCE: Final = address(Role.BOUNCE)
REPLY: Final = address(Role.REPLY)

HEADERS: Final = f"""\
From: =?utf-8?b?0KHQsNGA0YvQttCw0LnQu9Cw0YM=?= <monitoring@example.kz>
To: {CLERK}
Reply-To: {REPLY}
Date: Mon, 02 Nov 2026 09:00:00 +0000
Subject: =?utf-8?b?0JzQvtC90LjRgtC+0YDQuNC90LMg0YLRg9GA0LDQu9GL?=
 =?utf-8?b?INGF0LDRgtGC0LDQvNCw?=
Message-ID: {MESSAGE_ID}
In-Reply-To: {THREAD}
References: {THREAD}
Auto-Submitted: auto-generated
{HEADER}: {KEY}
MIME-Version: 1.0
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: base64
"""
"""Of our letter, as reports return them."""

LETTER: Final = HEADERS + "\n0KHTmdC70LXQvNC10YLRgdGW0Lcg0LHQtQ==\n"

THREADS: Final = f"In-Reply-To: {MESSAGE_ID}\nReferences: {THREAD} {MESSAGE_ID}\n"


class Case(NamedTuple):
    """A message as it comes to the door, and what it is."""

    name: str
    sort: Sort
    message: bytes
    envelope: Envelope
    knows_letter: bool = True

    def __repr__(self) -> str:
        return self.name


def case(
    name: str,
    sort: Sort,
    message: str | bytes,
    to: str = BOUNCE,
    sender: str = "",
    knows_letter: bool = True,
) -> Case:
    """A message with the line ends of mail."""
    content = message.encode("utf-8", "surrogateescape") if isinstance(message, str) else message
    return Case(
        name=name,
        sort=sort,
        message=content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"),
        envelope=Envelope(sender=sender, recipient=to),
        knows_letter=knows_letter,
    )


def report(
    head: str,
    status: str,
    *,
    frame: str = "multipart/report; report-type=delivery-status",
    kind: str = "message/delivery-status",
    words: str = "This is the mail system.",
    returned: str = f"Content-Type: text/rfc822-headers\n\n{HEADERS}",
    charset: str = "us-ascii",
    to: str = BOUNCE,
) -> str:
    """A report in three parts (RFC 6522)."""
    return f"""\
{head.strip()}
To: {to}
Subject: report
MIME-Version: 1.0
Content-Type: {frame}; boundary="part"

This is a MIME-encapsulated message.

--part
Content-Type: text/plain; charset={charset}

{words}

--part
Content-Type: {kind}

{status.strip()}

--part
{returned}
--part--
"""


def written(
    words: str,
    *,
    subject: str = "Re: monitoring",
    writer: str = CLERK,
    head: str = THREADS,
    to: str = REPLY,
    kind: str = "text/plain; charset=utf-8",
) -> str:
    """What somebody's mail program writes."""
    return f"""\
From: {writer}
To: {to}
Subject: {subject}
Date: Tue, 03 Nov 2026 10:00:00 +0500
Message-ID: <1@akimdik.example.kz>
{head}MIME-Version: 1.0
Content-Type: {kind}
Content-Transfer-Encoding: 8bit

{words}
"""


def with_file(
    words: str,
    content: str = "JVBERi0xLjcK",
    *,
    media_type: str = "application/pdf",
    filename: str = "answer.pdf",
    frame: str = "multipart/mixed",
    head: str = THREADS,
) -> str:
    """The same with a file, in base64."""
    disposition = f'Content-Disposition: attachment; filename="{filename}"'
    return written(
        f"""--m
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

{words}

--m
Content-Type: {media_type}; name="{filename}"
{disposition}
Content-Transfer-Encoding: base64

{content}
--m--""",
        kind=f'{frame}; boundary="m"',
        head=head,
    )
