"""Headers read back from the bytes that were sent: every word, and every space between two of them."""

from email import message_from_bytes
from email.header import decode_header, make_header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy, compat32
from itertools import product

import pytest

from activities.letters.headers import POLICY, POLICY_UTF8
from activities.letters.text import subject_of
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Language

NUMBERS = tuple(f"2026-{'A' * length}-0007" for length in range(1, 13))
SENDER = "Сыбайлас жемқорлыққа қарсы іс-қимыл агенттігінің аумақтық бөлімшесі, өңірлік басқарма"
LONGEST_LINE = 78


def read(sent: bytes, name: str) -> str:
    """A header as RFC 2047 has it read: white space between encoded words does not count."""
    return str(make_header(decode_header(message_from_bytes(sent, policy=compat32)[name])))


@pytest.mark.parametrize("policy", [POLICY, POLICY_UTF8], ids=["ascii", "utf8"])
def test_subjects_arrive_as_they_were_written(policy: EmailPolicy) -> None:
    for kind, language, number in product(LetterKind, Language, NUMBERS):
        subject = subject_of(language, kind, number)
        message = EmailMessage(policy=policy)
        message["Subject"] = subject
        sent = message.as_bytes()
        assert read(sent, "Subject") == subject
        assert sent.isascii()
        assert all(len(line) <= LONGEST_LINE for line in sent.splitlines()), sent


def test_names_of_senders_arrive_as_they_were_written() -> None:
    for length in range(2, len(SENDER)):
        name = SENDER[:length].strip()
        message = EmailMessage(policy=POLICY)
        message["From"] = Address(name, addr_spec="monitoring@example.kz")
        assert read(message.as_bytes(), "From") == f"{name} <monitoring@example.kz>"
    message = EmailMessage(policy=POLICY)
    message["From"] = Address("Division, Sary", addr_spec="monitoring@example.kz")
    assert message.as_bytes().startswith(b'From: "Division, Sary" <monitoring@example.kz>')


def test_no_header_is_smuggled_in_by_a_name() -> None:
    message = EmailMessage(policy=POLICY)
    with pytest.raises(ValueError, match="linefeed"):
        message["Subject"] = "Тақырып\r\nBcc: somebody@example.kz"
