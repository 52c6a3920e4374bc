"""How CMS signed data (RFC 5652) is written: binary, armoured, or bare base64 as the country's tool does."""

import base64
import re
from typing import Final

SEQUENCE: Final = b"\x30"
_ARMOUR: Final = re.compile(rb"\s*-----BEGIN (CMS|PKCS7)-----(?P<body>.*?)-----END \1-----\s*", re.DOTALL)
_BASE64: Final = re.compile(rb"[A-Za-z0-9+/=\s]+")


def binary(written: bytes) -> bytes:
    """Its bytes. Raises ValueError: it is none of these."""
    if written.startswith(SEQUENCE):
        return written
    armoured = _ARMOUR.fullmatch(written)
    body = armoured["body"] if armoured else written.removeprefix(b"\xef\xbb\xbf")
    if not _BASE64.fullmatch(body):  # seen at the first other byte, however long the file is
        raise ValueError("neither CMS nor base64")
    return base64.b64decode(b"".join(body.split()), validate=True)
