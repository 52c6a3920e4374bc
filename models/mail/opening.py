"""A message taken apart, whatever is wrong with it: headers, parts, words.

`email` is asked for what it reads literally; its newer interface raises on headers that servers do write.
"""

import html
import re
from collections import deque
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr
from typing import Final

from models.mail.sorts import EnclosedFile

MOST_PARTS: Final = 2_000
_MOST_LINES_OF_DASHES: Final = 20_000
MOST_WORDS: Final = 100_000
"""Characters of a message's text that are looked at and shown; the raw message is kept whole."""
_OLD: Final = "windows-1251"
# Said where nothing is known, and what Python decodes by beside alphabets, in more time than it is worth.
_NO_ALPHABET: Final = frozenset(
    {"us-ascii", "ascii", "unknown-8bit", "idna", "punycode", "unicode_escape", "raw_unicode_escape"}
)
TROUBLES: Final = (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""What the library raises, here and there, on headers that are none."""
# What is never closed reaches to the end: so each character is looked at once.
_UNSEEN: Final = re.compile(r"(?is)<(style|script|head)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)")
_LINE_ENDS: Final = re.compile(r"(?i)<br\s*/?>|</(?:p|div|tr|li|h[1-6]|blockquote)\s*>")
_TAG: Final = re.compile(r"<[^<>]*>")
_FOLD: Final = re.compile(r"\r?\n[ \t]*")


class Unreadable(ValueError):
    """A message out of which nothing can be read."""


def opened(message: bytes) -> Message:
    """The message. Raises one of `TROUBLES` where it is cut or nested without an end, or is none at all."""
    if message.count(b"\n--") > _MOST_LINES_OF_DASHES:
        raise Unreadable
    parsed = message_from_bytes(message)
    if not parsed.keys():
        raise Unreadable
    return parsed


def parts_of(message: Message) -> Iterator[Message]:
    """All parts of the message itself; an enclosed message is one of them, and is not looked into."""
    waiting, seen = deque([message]), 0
    while waiting and seen < MOST_PARTS:
        part = waiting.popleft()
        seen += 1
        yield part
        if part.get_content_maintype() == "multipart":
            waiting.extendleft(reversed(inside(part)))


def inside(part: Message) -> list[Message]:
    """The parts of a part."""
    payload = part.get_payload()
    return [each for each in payload if isinstance(each, Message)] if isinstance(payload, list) else []


def said(part: Message, name: str) -> str:
    """A header in words, the first of its name; empty where there is none."""
    return next(iter(all_said(part, name)), "")


def all_said(part: Message, name: str) -> list[str]:
    """Every header of a name in words."""
    return [in_words(str(value)) for key, value in part.raw_items() if key.lower() == name.lower()]


def in_words(value: str) -> str:
    """A header's value: unfolded, its encoded words (RFC 2047) and raw bytes read."""
    whole = _FOLD.sub(" ", read_bytes(value.encode("utf-8", "surrogateescape"))).strip()
    if "=?" not in whole:
        return whole
    try:
        pieces = decode_header(whole)
    except (MessageError, ValueError):  # cut off in the midst of a word: shown as it stands
        return whole
    return "".join(
        read_bytes(piece, charset) if isinstance(piece, bytes) else piece for piece, charset in pieces
    )


def read_bytes(content: bytes, charset: str | None = None) -> str:
    """Bytes as text: as they say, then as UTF-8, then as was usual here before it."""
    for known in (charset, "utf-8", _OLD):
        if known and known.lower() not in _NO_ALPHABET:
            try:
                return content.decode(known)
            except (LookupError, ValueError):
                continue
    return content.decode(_OLD, "replace")


def content_of(part: Message) -> bytes:
    """The bytes of a part, its transfer encoding taken off; of an enclosed message as far as it was read."""
    if part.is_multipart():
        inner = b"".join(each.as_bytes() for each in inside(part))
        coded = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
        if coded in {"base64", "quoted-printable"}:
            bare = Message()
            bare["Content-Transfer-Encoding"] = coded
            bare.set_payload(inner.strip().decode("ascii", "surrogateescape"))
            return bytes(bare.get_payload(decode=True) or b"")
        return inner
    return bytes(part.get_payload(decode=True) or b"")


def words_of(message: Message) -> str:
    """The text a person reads: the plain one, of HTML where there is no other."""
    plain, marked = [], []
    for part in parts_of(message):
        if part.get_content_maintype() != "text" or is_a_file(part):
            continue
        text = read_bytes(content_of(part), part.get_content_charset())
        if part.get_content_subtype() == "plain":
            plain.append(text)
        elif part.get_content_subtype() == "html":
            marked.append(_unmarked(text))
    chosen = plain if any(text.strip() for text in plain) else marked
    return "\n".join(chosen)[:MOST_WORDS].replace("\r\n", "\n").replace("\x00", "")


def files_of(message: Message) -> tuple[EnclosedFile, ...]:
    """Everything in it that is a file, and enclosed messages, which a person may open."""
    found = []
    for place, part in enumerate(parts_of(message)):
        if is_a_file(part):
            found.append(
                EnclosedFile(
                    place=place,
                    filename=_filename(part),
                    media_type=part.get_content_type(),
                    size=len(content_of(part)),
                )
            )
    return tuple(found)


def is_a_file(part: Message) -> bool:
    """A part that is neither a frame nor the text; a picture of somebody's signature is one too."""
    if part.get_content_maintype() == "multipart":
        return False
    named = bool(_filename(part)) or part.get_content_disposition() == "attachment"
    return named or part.get_content_maintype() not in {"text", "multipart"}


def writer_of(message: Message) -> str:
    """The address in From, in lower case; empty where none can be read."""
    return parseaddr(said(message, "From"))[1].strip().lower()


def _filename(part: Message) -> str:
    return in_words(part.get_filename() or "").replace("\x00", "")


def _unmarked(text: str) -> str:
    shown = _TAG.sub("", _LINE_ENDS.sub("\n", _UNSEEN.sub("", text[: 8 * MOST_WORDS])))
    return html.unescape(shown)
