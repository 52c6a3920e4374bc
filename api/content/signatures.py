"""CMS signed data (RFC 5652): binary, armoured, or bare base64 as the country's signing tool writes it."""

import base64
import binascii
import re
from typing import Final

_SIGNED_DATA: Final = bytes.fromhex("06092a864886f70d010702")  # OID 1.2.840.113549.1.7.2
_SEQUENCE: Final = 0x30
_ARMOUR: Final = re.compile(rb"\s*-----BEGIN (CMS|PKCS7)-----(?P<body>.*?)-----END \1-----\s*", re.DOTALL)
_BASE64: Final = re.compile(rb"[A-Za-z0-9+/=\s]+")


def is_signed_data(content: bytes) -> bool:
    """Whether the content begins as `ContentInfo` with signed data does, however it is written down."""
    armoured = _ARMOUR.fullmatch(content)
    if armoured is not None:
        return _is_binary(_decoded(armoured["body"]))
    return _is_binary(content) or _is_binary(_decoded(content.removeprefix(b"\xef\xbb\xbf")))


def _is_binary(content: bytes) -> bool:
    """A sequence whose first element is the object identifier of signed data."""
    return content[:1] == bytes([_SEQUENCE]) and _SIGNED_DATA in content[:40]


def _decoded(text: bytes) -> bytes:
    if not _BASE64.fullmatch(text):
        return b""
    try:
        return base64.b64decode(b"".join(text.split()), validate=True)
    except binascii.Error:
        return b""
