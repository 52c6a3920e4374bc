"""A letter as it is kept: the message as it was sent, with the token of its link cut out.

It follows from the message alone, so whoever has the letter as it arrived can make it anew and compare. In
the token's place stands, in as many bytes, that the link was removed: nothing else in the message moves.
"""

import base64
import re
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from typing import Final

# A link's token: its payload, a time and a signature (itsdangerous, HMAC-SHA256).
_TOKEN: Final = re.compile(rb"\.?[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,8}\.[A-Za-z0-9_-]{40,}")
_SAID: Final = "сілтеме-алынды_ссылка-удалена_link-removed"
_SAID_IN_ASCII: Final = "link-removed"
# Every token ends so. It begins with a point, of which base64 has none: a look for it costs next to nothing.
_END: Final = re.compile(rb"\.[A-Za-z0-9_-]{4,8}\.[A-Za-z0-9_-]{40,}")
_LINE: Final = re.compile(rb"\S+")
_FOLD: Final = re.compile(r"\r?\n(?=[ \t])")


class LinkLeft(ValueError):
    """A message in which a link stands so that it cannot be cut out: it must not be kept, nor leave."""


def kept_copy(message: bytes) -> bytes:
    """The message without its link. Raises `LinkLeft`."""
    copy = _cut(message, _SAID_IN_ASCII)
    for part in _leaves(message_from_bytes(message)):
        if str(part.get("Content-Transfer-Encoding", "")).strip().lower() == "base64":
            written = str(part.get_payload()).encode("ascii", "surrogateescape")
            copy = copy.replace(written, _rewritten(written))
    if holds_link(copy):
        raise LinkLeft("a link cannot be cut out of a message")
    return copy


def holds_link(message: bytes) -> bool:
    """Whether a token can be read in any header or part, whatever they are encoded by."""
    parsed = message_from_bytes(message)
    headers = (value for part in parsed.walk() for value in part.values())
    said = [_unfolded(str(value)).encode("utf-8", "surrogateescape") for value in headers]
    contents = [bytes(part.get_payload(decode=True) or b"") for part in _leaves(parsed)]
    return any(reads_like_a_link(text) for text in (message, *said, *contents))


def reads_like_a_link(content: bytes) -> bool:
    """Whether bytes, as they stand, hold what looks like a token."""
    return _END.search(content) is not None and _TOKEN.search(content) is not None


def _leaves(message: Message) -> list[Message]:
    return [part for part in message.walk() if not part.is_multipart()]


def _unfolded(header: str) -> str:
    whole = _FOLD.sub("", header)
    try:
        return str(make_header(decode_header(whole)))
    except (LookupError, ValueError):  # of an alphabet nobody knows: looked at as it stands
        return whole


def _cut(text: bytes, said: str) -> bytes:
    if _END.search(text) is None:
        return text
    return _TOKEN.sub(lambda found: _in_place_of(found[0], said), text)


def _in_place_of(token: bytes, said: str) -> bytes:
    """The words, in as many bytes as the token had; in ASCII where those of all languages have no room."""
    words = next(words for words in (said.encode(), _SAID_IN_ASCII.encode()) if len(words) <= len(token))
    return words.ljust(len(token), b"_")


def _rewritten(written: bytes) -> bytes:
    """The base64 of a part without the token, in the same lines."""
    content = base64.b64decode(written)
    cut = _cut(content, _SAID)
    if cut == content:
        return written
    fresh = memoryview(base64.b64encode(cut))
    if sum(map(len, written.split())) != len(fresh):
        raise LinkLeft("a part of a message is not written as base64 is")
    done = 0

    def in_its_place(line: re.Match[bytes]) -> bytes:
        nonlocal done
        done += len(line[0])
        return bytes(fresh[done - len(line[0]) : done])

    return _LINE.sub(in_its_place, written)
