"""Payloads encrypted before they leave for Temporal (AES-256-GCM), and read again by the key they name."""

import os
from collections.abc import Sequence
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from google.protobuf.message import DecodeError
from temporalio.api.common.v1 import Payload
from temporalio.converter import PayloadCodec

from models.settings.payload_keys import PayloadKey

ENCODING: Final = b"binary/encrypted"
_KEY_ID: Final = "encryption-key-id"
_CIPHER: Final = {"encryption-cipher": b"AES-256-GCM"}
_NONCE_BYTES: Final = 12
_BOUND_TO: Final = b"monitoring-payload/1:"
"""Authenticated with every payload, with the key's id: bytes of another purpose never pass for one."""


class UnreadablePayload(Exception):
    """A payload that no key opens. The message holds the key's id, nothing of the payload."""

    def __init__(self, key: str, why: str) -> None:
        super().__init__(f"Encrypted with the key {key!r}: {why}")
        self.key = key


class EncryptingCodec(PayloadCodec):
    """The first key encrypts when `encrypts`; every key decrypts. What is not encrypted passes as it is."""

    def __init__(self, keys: Sequence[PayloadKey], *, encrypts: bool) -> None:
        """Raises ValueError when it shall encrypt and has nothing to do it with."""
        if encrypts and not keys:
            raise ValueError("a key is needed to encrypt with")
        self._ciphers = {key.id: AESGCM(key.secret) for key in keys}
        self._writes_with = keys[0].id if encrypts else None

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Encrypt each whole: its metadata too tells what it is."""
        if self._writes_with is None:
            return list(payloads)
        return [self._encrypted(payload, self._writes_with) for payload in payloads]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Decrypt what is encrypted. Raises `UnreadablePayload`."""
        return [self._decrypted(payload) if is_encrypted(payload) else payload for payload in payloads]

    def _encrypted(self, payload: Payload, key: str) -> Payload:
        nonce = os.urandom(_NONCE_BYTES)
        sealed = self._ciphers[key].encrypt(nonce, payload.SerializeToString(), _bound(key))
        return Payload(metadata={"encoding": ENCODING, _KEY_ID: key.encode(), **_CIPHER}, data=nonce + sealed)

    def _decrypted(self, payload: Payload) -> Payload:
        # A damaged id may hold anything: it is neither trusted to be text nor repeated at length.
        key = payload.metadata.get(_KEY_ID, b"").decode("ascii", "replace")[:64]
        cipher = self._ciphers.get(key)
        if cipher is None:
            raise UnreadablePayload(key, "it is not among PAYLOAD_KEYS, where old keys must stay")
        nonce, sealed = payload.data[:_NONCE_BYTES], payload.data[_NONCE_BYTES:]
        try:
            return Payload.FromString(cipher.decrypt(nonce, sealed, _bound(key)))
        except (InvalidTag, ValueError, DecodeError):
            why = "the key of that id does not open it; the payload was damaged, or the key is another one"
            raise UnreadablePayload(key, why) from None


def is_encrypted(payload: Payload) -> bool:
    """Whether a payload lies under a key."""
    return payload.metadata.get("encoding") == ENCODING


def _bound(key: str) -> bytes:
    return _BOUND_TO + key.encode()
