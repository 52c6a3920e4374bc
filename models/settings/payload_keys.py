"""The keys under which payloads lie in histories: `id:base64key,…`; the first encrypts, all decrypt."""

import binascii
import re
from base64 import b64decode
from enum import StrEnum
from typing import Final

from pydantic import Field

from models.vocabulary.base import Model

KEY_BYTES: Final = 32
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_TO_STANDARD: Final = str.maketrans("-_", "+/")


class PayloadEncryption(StrEnum):
    """Whether new payloads are encrypted. `off` still reads what lies under a known key."""

    ON = "on"
    OFF = "off"


class PayloadKey(Model):
    """An AES-256 key; its id stands in the clear beside everything it encrypted."""

    id: str
    secret: bytes = Field(repr=False)


class BadPayloadKeys(ValueError):
    """The setting cannot be used. The message names the place and never what stands there."""


def payload_keys(written: str) -> tuple[PayloadKey, ...]:
    """The keys in their order. Raises `BadPayloadKeys`."""
    parts = [part.strip() for part in written.split(",")] if written.strip() else []
    keys = tuple(_key(part, place) for place, part in enumerate(parts, start=1))
    if len({key.id for key in keys}) < len(keys):
        raise BadPayloadKeys("PAYLOAD_KEYS: two keys have the same id. Give a new key a new id.")
    return keys


def _key(written: str, place: int) -> PayloadKey:
    key_id, separator, secret = written.partition(":")
    if not separator or not _ID.fullmatch(key_id):
        raise BadPayloadKeys(
            f"PAYLOAD_KEYS: entry {place} is not `id:key` (id: letters, digits, point, hyphen, underscore)."
        )
    return PayloadKey(id=key_id, secret=_secret(secret, place))


def _secret(written: str, place: int) -> bytes:
    """Standard or URL-safe base64, padded or not."""
    standard = written.rstrip("=").translate(_TO_STANDARD)
    try:
        secret = b64decode(standard + "=" * (-len(standard) % 4), validate=True)
    except (binascii.Error, ValueError):
        secret = b""
    if len(secret) != KEY_BYTES:
        raise BadPayloadKeys(
            f"PAYLOAD_KEYS: the key of entry {place} is not base64 of {KEY_BYTES} bytes. "
            "Make one with `openssl rand -base64 32`."
        )
    return secret
