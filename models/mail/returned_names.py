"""The address to which a letter of no proceeding is reported undeliverable: it names the letter, signed."""

import base64
import hashlib
import hmac
import re
from collections.abc import Sequence
from typing import Final

from models.vocabulary.procedure import Id

_PURPOSE: Final = b"returned-letter/1"
_BYTES: Final = 10  # 80 bits: sixteen symbols of base32
_NAME: Final = re.compile(r"returned\.([0-9a-f]{32})\.([a-z2-7]{16})(?![a-z2-7])")


def returned_address(secret: str, letter: Id, domain: str) -> str:
    """The envelope's sender; `letter` is 32 hexadecimal digits, so the local part has 58 octets."""
    return f"returned.{letter}.{_signature(secret, letter)}@{domain}"


def letter_returned_to(secrets: Sequence[str], recipient: str) -> Id | None:
    """The letter that a recipient's address names, in whatever case; None for a forged or any other one."""
    found = _NAME.match(recipient.lower())
    if found is None:
        return None
    letter, signature = found.groups()
    known = (_signature(secret, letter) for secret in secrets)
    return letter if any(hmac.compare_digest(each, signature) for each in known) else None


def _signature(secret: str, letter: Id) -> str:
    key = hmac.digest(secret.encode(), _PURPOSE, hashlib.sha256)
    return base64.b32encode(hmac.digest(key, letter.encode(), hashlib.sha256)[:_BYTES]).decode().lower()
