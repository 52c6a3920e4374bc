"""Mail of whatever shape is sorted: parts within parts, charsets that nobody knows, headers that are none."""

from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from models.mail.sorting import sort_mail
from models.mail.sorts import Envelope, Sort
from tests.models.mail.corpus.ground import BOUNCE, CLERK, REPLY, SECRETS

LINE: Final = st.text(max_size=30).map(lambda text: text.encode("utf-8", "replace"))
NAMES: Final = st.sampled_from(
    [
        *(b"From", b"To", b"Subject", b"Date", b"Message-ID", b"In-Reply-To", b"References", b"Reply-To"),
        *(b"Auto-Submitted", b"Precedence", b"List-Id", b"Return-Path", b"X-Failed-Recipients", b"", b"\xff"),
    ]
)
TYPES: Final = st.sampled_from(
    [
        *(b"text/plain", b"text/html", b"text/calendar; method=REPLY", b"message/rfc822", b"message/partial"),
        *(b"multipart/mixed", b"multipart/report; report-type=delivery-status", b"multipart/signed", b"a"),
        *(b"message/delivery-status", b'application/pdf; name="\xff.pdf"', b"application/ms-tnef", b""),
        *(
            b"text/plain; charset=nobody-knows",
            b"text/plain; charset=utf-7",
            b"text/plain; charset*0*=x''%ff",
        ),
    ]
)
ENCODINGS: Final = st.sampled_from([b"7bit", b"8bit", b"base64", b"quoted-printable", b"x-uuencode", b"?"])
HEADERS: Final = st.lists(st.tuples(NAMES, LINE), max_size=5)


def _leaf(type_: bytes, encoding: bytes, disposition: bytes, body: bytes) -> bytes:
    return b"Content-Type: %s\r\nContent-Transfer-Encoding: %s\r\n%s\r\n%s\r\n" % (
        type_,
        encoding,
        disposition,
        body,
    )


def _within(parts: list[bytes]) -> bytes:
    parted = b"".join(b"--b\r\n" + part for part in parts)
    return b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + parted + b"--b--\r\n"


LEAVES: Final = st.builds(
    _leaf,
    TYPES,
    ENCODINGS,
    st.sampled_from(
        [b"", b"Content-Disposition: attachment; filename=a.pdf\r\n", b"Content-Disposition: \xff\r\n"]
    ),
    st.binary(max_size=80) | LINE,
)
PARTS: Final = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3).map(_within), max_leaves=6)


@settings(max_examples=150, deadline=None)
@given(
    headers=HEADERS,
    part=PARTS,
    sender=st.sampled_from(["", CLERK, "a@b", "\udcff"]),
    recipient=st.sampled_from([REPLY, BOUNCE, "", "nobody@reply.example.kz"]),
)
def test_mail_of_any_shape_is_of_one_sort(
    headers: list[tuple[bytes, bytes]], part: bytes, sender: str, recipient: str
) -> None:
    head = b"".join(name + b": " + value + b"\r\n" for name, value in headers)
    found = sort_mail(head + part, Envelope(sender=sender, recipient=recipient), SECRETS)
    assert found.sort in Sort
    assert found.model_dump_json()
