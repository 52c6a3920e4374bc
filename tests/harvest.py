"""Everything in an answer by which somebody might act as the recipient of a letter, however it is wrapped."""

import base64
import binascii
import html
import quopri
import re
from collections.abc import Iterator
from email import message_from_bytes
from io import BytesIO
from typing import Final
from urllib.parse import unquote_to_bytes
from zipfile import ZipFile, is_zipfile

# Whatever stands in the place of a link's token, and whatever looks like one anywhere.
_LINKS: Final = re.compile(rb"/r/([^\s\"'<>\\&?#]+)")
_TOKENS: Final = re.compile(rb"\.?[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]{20,}")
_BASE64: Final = re.compile(rb"(?:[A-Za-z0-9+/]{4}(?:\r?\n|\\r\\n|\\n)?){12,}(?:[A-Za-z0-9+/]{2,3}={0,2})?")
_DEPTH: Final = 4


def tokens_in(content: bytes) -> set[str]:
    """Every token and every link in bytes, in what they contain, and in what that contains."""
    found: set[bytes] = set()
    for layer in _layers(content, _DEPTH):
        found.update(_LINKS.findall(layer))
        found.update(_TOKENS.findall(layer))
    return {token.decode("utf-8", "replace") for token in found}


def _layers(content: bytes, depth: int) -> Iterator[bytes]:
    yield content
    if depth:
        for inner in _inside(content):
            if inner != content:
                yield from _layers(inner, depth - 1)


def _inside(content: bytes) -> Iterator[bytes]:
    """What is wrapped in it: files of an archive, parts of a message, encoded texts."""
    if is_zipfile(BytesIO(content)):
        with ZipFile(BytesIO(content)) as files:
            yield from (files.read(name) for name in files.namelist())
        return
    if b"Content-Transfer-Encoding:" in content:
        for part in message_from_bytes(content).walk():
            if not part.is_multipart():
                yield bytes(part.get_payload(decode=True) or b"")
    for run in _BASE64.findall(content):
        try:
            yield base64.b64decode(run.replace(b"\\r\\n", b"").replace(b"\\n", b""))
        except binascii.Error:
            continue
    if b"&" in content:
        yield html.unescape(content.decode("utf-8", "replace")).encode()
    if b"%2" in content:
        yield unquote_to_bytes(content)
    if b"=\r\n" in content or b"=3D" in content:
        yield quopri.decodestring(content)
