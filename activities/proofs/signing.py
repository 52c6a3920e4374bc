"""The installation's key (Ed25519): it signs bundles; everybody can check with the public key."""

import base64
import binascii

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pydantic import SecretStr

_BYTES = 32


class BadKey(ValueError):
    """A key that is none: neither its text nor its value is quoted."""


class Signer:
    """Signs with the installation's key."""

    def __init__(self, seed: SecretStr) -> None:
        """`seed` is 32 bytes in base64 (either alphabet, with or without padding). Raises `BadKey`."""
        self._key = Ed25519PrivateKey.from_private_bytes(_decoded(seed.get_secret_value()))

    @property
    def public_key(self) -> str:
        """The public key as it is shown, base64."""
        raw = self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return base64.b64encode(raw).decode()

    def sign(self, content: bytes) -> bytes:
        return self._key.sign(content)


def is_signed(content: bytes, signature: bytes, public_key: str) -> bool:
    """Whether the signature over the content is this key's. Raises `BadKey`."""
    key = Ed25519PublicKey.from_public_bytes(_decoded(public_key))
    try:
        key.verify(signature, content)
    except InvalidSignature:
        return False
    return True


def same_key(one: str, other: str) -> bool:
    """Whether two texts are one public key. Raises `BadKey`."""
    return _decoded(one) == _decoded(other)


def _decoded(text: str) -> bytes:
    plain = text.strip().rstrip("=").replace("-", "+").replace("_", "/")
    try:
        raw = base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except (binascii.Error, ValueError):
        raise BadKey("a key is 32 bytes in base64") from None
    if len(raw) != _BYTES:
        raise BadKey("a key is 32 bytes in base64")
    return raw
