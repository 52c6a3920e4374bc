"""Signatures of deliveries (Standard Webhooks 1.0): HMAC-SHA256 over the id, the second and the body."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

PREFIX: Final = "whsec_"
_BYTES: Final = 32


def new_secret() -> str:
    """256 random bits as the standard writes them."""
    return PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def signed_headers(message: str, at: datetime, body: bytes, secrets_: Iterable[str]) -> Mapping[str, str]:
    """The three headers; a signature by each secret, so that either of two verifies while one is replaced."""
    second = str(int(at.timestamp()))
    signed = b".".join((message.encode(), second.encode(), body))
    signatures = (f"v1,{_signature(secret, signed)}" for secret in secrets_)
    return {
        "webhook-id": message,
        "webhook-timestamp": second,
        "webhook-signature": " ".join(signatures),
    }


def _signature(secret: str, signed: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
