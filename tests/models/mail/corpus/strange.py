"""What nobody expected: damaged and unknown addresses, encrypted, forwarded, broken, endless."""

from typing import Final

from models.mail.sorts import Sort
from tests.models.mail.corpus.ground import (
    CLERK,
    DOMAIN,
    HEADERS,
    REPLY,
    THREADS,
    Case,
    case,
    report,
    with_file,
    written,
)
from tests.models.mail.corpus.postfix_exim import POSTFIX

_WORDS = "Три рекомендации отчёта приняты, они будут исполнены до 1 марта 2027 года."
_BOUNCE_FOR_US = POSTFIX[0].message.decode()


def _nested(depth: int) -> str:
    opening = "".join(
        f'--b{each}\nContent-Type: multipart/mixed; boundary="b{each + 1}"\n\n' for each in range(depth)
    )
    return f'From: {CLERK}\n{THREADS}Content-Type: multipart/mixed; boundary="b0"\n\n{opening}'


def _unknown(
    name: str, message: str | bytes, to: str = REPLY, sender: str = CLERK, knows_letter: bool = True
) -> Case:
    return case(name, Sort.UNKNOWN, message, to, sender, knows_letter)


STRANGE: Final[tuple[Case, ...]] = (
    _unknown("a damaged signature", written(_WORDS, to=CLERK), REPLY.replace("@", "x@"), knows_letter=False),
    _unknown(
        "the signature cut off",
        written(_WORDS, to=CLERK),
        f"reply.2026-sary-0001@{DOMAIN}",
        knows_letter=False,
    ),
    _unknown(
        "another letter's number put in",
        written(_WORDS, to=CLERK),
        REPLY.replace("l42", "l43"),
        knows_letter=False,
    ),
    _unknown("a damaged address, the right one in To", written(_WORDS), REPLY.replace("reply.", "r.")),
    _unknown(
        "to the postmaster", written(_WORDS, head="", to=CLERK), f"postmaster@{DOMAIN}", knows_letter=False
    ),
    _unknown(
        "the header's key as an address",
        written(_WORDS, to=CLERK),
        REPLY.replace("reply.", "letter."),
        knows_letter=False,
    ),
    _unknown(
        "encrypted by OpenPGP",
        with_file(
            "Version: 1", media_type="application/octet-stream", filename="x.asc", frame="multipart/encrypted"
        ),
    ),
    _unknown(
        "signed and enveloped by S/MIME",
        written("MIIB", kind="application/pkcs7-mime; smime-type=signed-data; name=smime.p7m"),
    ),
    _unknown(
        "somebody complains of abuse",
        report(
            f"From: {CLERK}",
            "Feedback-Type: abuse\nUser-Agent: x\nVersion: 1",
            frame="multipart/report; report-type=feedback-report",
            kind="message/feedback-report",
        ),
    ),
    case(
        "somebody hands on a report he got, and asks",
        Sort.QUESTION,
        written(
            "--m\nContent-Type: text/plain; charset=utf-8\n\nПочему ваше письмо не дошло до отдела?\n\n"
            f"--m\nContent-Type: message/rfc822\n\n{_BOUNCE_FOR_US.replace(chr(13), '')}\n--m--",
            kind='multipart/mixed; boundary="m"',
        ),
        REPLY,
        CLERK,
    ),
    _unknown("nested a thousand deep", _nested(1_000)),
    _unknown(
        "cut into ten thousand parts",
        f'From: {CLERK}\nContent-Type: multipart/mixed; boundary="b"\n\n' + "--b\n\nx\n" * 30_000,
    ),
    _unknown("nothing at all", b""),
    _unknown("no header", b"\n\nx\n"),
    _unknown("bytes that are no message", bytes(range(256)) * 8),
    _unknown("headers that are not", b"From\x00: x\nSubject: =?utf-8?b?!!!?=\n: \nContent-Type: ;;;=\n\nx\n"),
    case(
        "an encoded subject cut off",
        Sort.ANSWER,
        written(_WORDS, subject="=?utf-8?b?0JzQvtC90Lj"),
        REPLY,
        CLERK,
    ),
    case("an unending line", Sort.ANSWER, written(_WORDS + " сөз" * 100_000), REPLY, CLERK),
    _unknown(
        "the headers of our letter, quoted to a stranger",
        written(f"Что это?\n\n{HEADERS}", head="", to=CLERK),
        f"office@{DOMAIN}",
    ),
)
