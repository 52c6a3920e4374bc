"""Letters as files: one .eml and one .json (the envelope) each. Two with one Message-ID stay two."""

import itertools
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from pathlib import Path
from typing import Self

from pydantic import BaseModel

PREVIEW_LENGTH = 140


class Envelope(BaseModel):
    """What the SMTP conversation said, beside the message itself."""

    sender: str
    recipients: list[str]
    received_at: datetime


class Summary(BaseModel):
    """A letter in the list. `received_at` is UTC."""

    id: str
    received_at: datetime
    sender: str
    recipients: list[str]
    subject: str
    message_id: str
    preview: str


class Attachment(BaseModel):
    """A part that is a file; `number` addresses it within its letter."""

    number: int
    name: str
    content_type: str
    size: int


class Letter(Summary):
    """A letter opened."""

    text: str
    html: str | None
    headers: list[tuple[str, str]]
    attachments: list[Attachment]

    @classmethod
    def read(cls, letter_id: str, envelope: Envelope, message: EmailMessage) -> Self:
        """The letter as people and tests want to see it."""
        text = _body(message, "plain") or ""
        headers = [(name, _decoded(str(value))) for name, value in message.raw_items()]
        return cls(
            id=letter_id,
            received_at=envelope.received_at,
            sender=envelope.sender,
            recipients=envelope.recipients,
            subject=dict(headers).get("Subject", ""),
            message_id=str(message.get("Message-ID", "")).strip(),
            preview=" ".join(text.split())[:PREVIEW_LENGTH],
            text=text,
            html=_body(message, "html"),
            headers=headers,
            attachments=[_attachment(number, part) for number, part in enumerate(message.iter_attachments())],
        )


class LetterStore:
    """The letters under one directory."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._directory.mkdir(parents=True, exist_ok=True)
        self._sequence = itertools.count()
        self._opened: dict[str, Letter] = {}  # a letter never changes: it is read once

    def add(self, sender: str, recipients: list[str], content: bytes) -> str:
        """Keep a letter; its id, which sorts by time of arrival. Raises OSError: nothing of it is kept."""
        letter_id = f"{time.time_ns()}-{next(self._sequence)}"
        envelope = Envelope(sender=sender, recipients=recipients, received_at=datetime.now(UTC))
        try:
            _keep(self._path(letter_id, "eml"), content)
            # The envelope comes last: a letter is there when its envelope is.
            _keep(self._path(letter_id, "json"), envelope.model_dump_json().encode())
        except OSError:
            for part in ("json", "eml"):
                self._path(letter_id, part).unlink(missing_ok=True)
            raise
        return letter_id

    def letters(self, to: str | None = None) -> list[Letter]:
        """All letters, or those to one address, newest first."""
        wanted = to.lower() if to else None
        return [
            letter
            for letter in map(self.letter, self._ids())
            if wanted is None or wanted in (address.lower() for address in letter.recipients)
        ]

    def letter(self, letter_id: str) -> Letter:
        """One letter. Raises KeyError when there is none."""
        opened = self._opened.get(letter_id)
        if opened is None:
            envelope = Envelope.model_validate_json(self._existing(letter_id, "json").read_text())
            opened = self._opened[letter_id] = Letter.read(letter_id, envelope, self._message(letter_id))
        return opened

    def raw(self, letter_id: str) -> bytes:
        """The message as it arrived. Raises KeyError."""
        return self._existing(letter_id, "eml").read_bytes()

    def attachment(self, letter_id: str, number: int) -> tuple[Attachment, bytes]:
        """An attachment with its content. Raises KeyError."""
        parts = list(self._message(letter_id).iter_attachments())
        if not 0 <= number < len(parts):
            raise KeyError(number)
        return _attachment(number, parts[number]), _content(parts[number])

    def clear(self) -> None:
        """Throw all letters away."""
        self._opened.clear()
        for letter_id in self._ids():
            self._path(letter_id, "json").unlink()
            self._path(letter_id, "eml").unlink()

    def _ids(self) -> Iterator[str]:
        paths = self._directory.glob("*.json")
        return (path.stem for path in sorted(paths, key=lambda path: _order(path.stem), reverse=True))

    def _message(self, letter_id: str) -> EmailMessage:
        return message_from_bytes(self.raw(letter_id), _class=EmailMessage, policy=policy.default)

    def _existing(self, letter_id: str, suffix: str) -> Path:
        path = self._path(letter_id, suffix)
        if not letter_id.replace("-", "").isdigit() or not path.exists():
            raise KeyError(letter_id)
        return path

    def _path(self, letter_id: str, suffix: str) -> Path:
        return self._directory / f"{letter_id}.{suffix}"


def _keep(path: Path, content: bytes) -> None:
    """For its owner's eyes only: letters hold links and names."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)


def _order(letter_id: str) -> tuple[int, int]:
    moment, _, number = letter_id.partition("-")
    return int(moment), int(number)


def _decoded(value: str) -> str:
    """A header as it was meant.

    The parser of `policy.default` keeps the blank between two encoded words of a name: «әкімдіг і». RFC 2047,
    section 6.2, has it ignored.
    """
    value = value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")  # SMTPUTF8 (RFC 6531)
    return str(make_header(decode_header(value))).replace("\r", "").replace("\n", "")


def _body(message: EmailMessage, subtype: str) -> str | None:
    part = message.get_body((subtype,))
    return str(part.get_content()) if part else None


def _content(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    # An attached message (message/rfc822) has no payload of its own.
    return content if isinstance(content, bytes) else part.as_bytes()


def _attachment(number: int, part: EmailMessage) -> Attachment:
    return Attachment(
        number=number,
        name=part.get_filename() or f"attachment-{number}",
        content_type=part.get_content_type(),
        size=len(_content(part)),
    )
