"""The signed names of a letter that goes out: its two addresses, and the key in its header.

All are one word of the same grammar, `role.number.letter.attempt.signature`, whose case does not matter and
which has none of the characters that servers refuse or cut at (a plus sign). Whoever holds a letter has its
names: they say which letter is meant, and let nobody do anything.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Mark

HEADER: Final = "X-Monitoring-Letter"
LONGEST_LOCAL_PART: Final = 64
"""Octets (RFC 5321, 4.5.3.1.1)."""

_PURPOSE: Final = b"mail-key/1"
_BYTES: Final = 10  # 80 bits: sixteen symbols of base32
_NAME: Final = re.compile(
    r"(reply|bounce|letter)\.([0-9a-z][0-9a-z.-]{2,39})\.(l\d{1,6}-\d{1,4})\.(\d{1,4})\.([a-z2-7]{16})(?![a-z2-7])"
)
_NUMBER: Final = re.compile(r"(?<![0-9A-Z-])\d{4}-[A-Z0-9]{1,12}-\d{4,6}(?!\d)")


class Role(StrEnum):
    """What a signed name of a letter is for."""

    BOUNCE = "bounce"  # the envelope's sender: all that comes there is automatic, whoever sent it
    REPLY = "reply"  # Reply-To: people answer there
    LETTER = "letter"  # in a header, which reports return whole


class SentLetter(Model):
    """Which attempt at which letter."""

    number: Mark
    letter: Id
    attempt: int


class SignedName(Model):
    """A name whose signature holds."""

    role: Role
    letter: SentLetter


def signed_name(secret: str, role: Role, letter: SentLetter) -> str:
    """`reply.2026-sary-0001.l12-0.1.` and the signature."""
    said = f"{role.value}.{letter.number}.{letter.letter}.{letter.attempt}".lower()
    return f"{said}.{_signature(secret, said)}"


def signed_address(secret: str, role: Role, letter: SentLetter, domain: str) -> str | None:
    """The address of that name; None where a number is so long that no mail server need take it."""
    name = signed_name(secret, role, letter)
    return f"{name}@{domain}" if len(name) <= LONGEST_LOCAL_PART and _NAME.fullmatch(name) else None


def names_in(secrets: Sequence[str], text: str) -> tuple[SignedName, ...]:
    """Every name in a text whose signature holds by one of the secrets, wherever it stands.

    So an address is read that a forwarder wrapped, or whose capital letters were changed.
    """
    found = (_verified(secrets, each) for each in _NAME.finditer(text.lower()))
    return tuple(dict.fromkeys(each for each in found if each is not None))


def numbers_in(text: str) -> tuple[str, ...]:
    """Registration numbers that can be read in a text, signed or not: guesses."""
    return tuple(dict.fromkeys(_NUMBER.findall(text.upper())))


def _verified(secrets: Sequence[str], found: re.Match[str]) -> SignedName | None:
    role, number, letter, attempt, signature = found.groups()
    said = f"{role}.{number}.{letter}.{attempt}"
    if not any(hmac.compare_digest(_signature(secret, said), signature) for secret in secrets):
        return None
    sent = SentLetter(number=number.upper(), letter=letter.upper(), attempt=int(attempt))
    return SignedName(role=Role(role), letter=sent)


def _signature(secret: str, said: str) -> str:
    key = hmac.digest(secret.encode(), _PURPOSE, hashlib.sha256)
    return base64.b32encode(hmac.digest(key, said.encode(), hashlib.sha256)[:_BYTES]).decode().lower()
