"""Secrets that must be had again, under PAYLOAD_KEYS (AES-256-GCM), bound to what they are for."""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from models.settings.payload_keys import PayloadKey

_NONCE_BYTES: Final = 12
_BOUND_TO: Final = "monitoring-secret/1"


class NoKey(Exception):
    """There is no key to seal with, or not the one that sealed."""


class SealedTexts:
    """Seals with the first key, opens with all."""

    def __init__(self, keys: Sequence[PayloadKey]) -> None:
        self._ciphers = {key.id: AESGCM(key.secret) for key in keys}
        self._first = keys[0].id if keys else None

    def seal(self, text: str, purpose: str) -> str:
        """As it may be kept: the key's id and base64. Raises `NoKey`."""
        if self._first is None:
            raise NoKey
        nonce = os.urandom(_NONCE_BYTES)
        bound = _bound(self._first, purpose)
        sealed = self._ciphers[self._first].encrypt(nonce, text.encode(), bound)
        return f"{self._first}:{urlsafe_b64encode(nonce + sealed).decode()}"

    def open(self, sealed: str, purpose: str) -> str:
        """What was sealed for the same purpose. Raises `NoKey`."""
        key, _, rest = sealed.partition(":")
        cipher = self._ciphers.get(key)
        if cipher is None:
            raise NoKey
        whole = urlsafe_b64decode(rest)
        try:
            opened = cipher.decrypt(whole[:_NONCE_BYTES], whole[_NONCE_BYTES:], _bound(key, purpose))
        except InvalidTag:
            raise NoKey from None
        return opened.decode()


def _bound(key: str, purpose: str) -> bytes:
    return f"{_BOUND_TO}:{purpose}:{key}".encode()
