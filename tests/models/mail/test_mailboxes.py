"""One Cyrillic mailbox in the spellings that servers make of it."""

from email.message import Message

import pytest

from models.mail.mailboxes import mailbox_of, same_mailbox, without_octals
from models.mail.reports import failed_recipients

BOX = "кеңсе@әкімдік.example.kz"
PUNY = f"xn--{'кеңсе'.encode('punycode').decode()}"
DOMAIN = f"xn--{'әкімдік'.encode('punycode').decode()}.example.kz"
OCTAL = "".join(f"\\{byte:03o}" if byte > 127 else chr(byte) for byte in BOX.encode())
XTEXT = "".join(f"+{byte:02X}" if byte > 127 else chr(byte) for byte in BOX.encode())
POINTS = "".join(f"\\x{{{ord(each):X}}}" if not each.isascii() else each for each in BOX)


@pytest.mark.parametrize(
    "spelt",
    [
        BOX,
        f"utf-8; {BOX}",
        f"rfc822;{BOX}",
        f"UTF-8 ; <{BOX}>",
        f"rfc822; {OCTAL}",
        f"utf-8; {POINTS}",
        f"rfc822;{PUNY}@{DOMAIN}",
        f"rfc822;кеңсе@{DOMAIN}",
        f"rfc822;{XTEXT}",
        BOX.upper(),
    ],
)
def test_it_is_the_same_mailbox(spelt: str) -> None:
    assert same_mailbox(BOX, spelt)
    assert not same_mailbox("басқа@әкімдік.example.kz", spelt)


def test_what_is_no_address_is_left_as_it_is() -> None:
    assert mailbox_of("rfc822; nobody") == "nobody"
    assert mailbox_of("xn--!!!\udce4@example.kz") == "xn--!!!\udce4@example.kz"
    assert mailbox_of(r"\x{110000}@example.kz") == r"\x{110000}@example.kz"
    assert not same_mailbox("", "")


def test_a_plus_address_stays_one() -> None:
    assert mailbox_of("rfc822;kense+box@example.kz") == "kense+box@example.kz"


def test_octals_are_read_in_the_midst_of_words() -> None:
    assert without_octals(r"550 \320\226\320\276\321\235 (full)") == "550 Жо\u045d (full)"


def test_exim_names_several_mailboxes_in_one_header() -> None:
    message = Message()
    message["X-Failed-Recipients"] = f"a@example.kz, {OCTAL}"
    assert [each.mailbox for each in failed_recipients(message)] == ["a@example.kz", BOX]
