"""The bundle of one proceeding: what is in it, by name, and what its manifest says.

A bundle is a ZIP without compression whose bytes follow from its files alone, so that no byte of it can
be changed unnoticed. Everything in it can be read without the product: JSON, PDF, messages, text.
"""

import hashlib
import json
import re
from datetime import datetime
from typing import Self

from pydantic import ConfigDict, Field, model_validator

from models.events import Entry
from models.proof.archive import RunStatus
from models.proof.chain import Head
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Mark, Sha256, Stage
from models.vocabulary.signatures import SignatureCheck
from models.vocabulary.version import CodeVersion

FORMAT = 1
MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
JOURNAL, STATE = "journal.jsonl", "state.json"
EDITION, CALENDAR, REGISTRY = "edition.json", "calendar.json", "registry.json"
REVISIONS = "content/revisions.jsonl"
SNAPSHOTS, NOTES, DOCUMENTS = "content/snapshots/", "notes/", "documents/"
DELIVERIES, LETTERS = "letters/deliveries.jsonl", "letters/"
ATTACHMENT_LIST, ATTACHMENTS = "attachments/list.jsonl", "attachments/"
HISTORIES = "histories/"
FILE_NAME = re.compile(r"[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*")


class BundledFile(Model):
    """One file, as the manifest lists it."""

    name: str
    size: int
    sha256: Sha256


class Manifest(Model):
    """Signed with the installation's key: nothing that it lists can be changed unnoticed."""

    format: int = FORMAT
    number: Mark
    workflow_id: str
    code: CodeVersion
    head: Head
    generated_at: datetime
    key: str  # the public key that signed it, base64
    files: tuple[BundledFile, ...]


class RunLine(Model):
    """One run of the workflow; `code` is the one that archived it, None for a run taken from the server."""

    file: str
    run_id: str
    events: int  # the last event's id: an open run is told up to it
    status: RunStatus
    code: CodeVersion | None = None


class Sheet(Model):
    """What this is, at one look; only a monitoring has stages."""

    number: Mark
    workflow_id: str
    stage: Stage | None = None
    edition: str
    calendar: str
    head: Head
    ahead: int = 0  # entries the history orders to be recorded that are not in the journal yet
    runs: tuple[RunLine, ...]


class JournalLine(Model):
    """One line of the journal with its link in the chain.

    `written` is the entry letter by letter as it was recorded: that is what was hashed. Read and written anew
    by a later release, an old one would show fields that came later.
    """

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True, serialize_by_alias=True)

    previous: Sha256
    hash: Sha256
    run_id: str
    recorded_at: datetime
    written: dict[str, object] = Field(alias="entry")

    @property
    def entry(self) -> Entry:
        """What it says, as this release understands it."""
        return Entry.model_validate(self.written)

    @model_validator(mode="after")
    def _is_readable(self) -> Self:
        """Raises ValidationError where no entry was written."""
        assert self.entry
        return self


class RevisionLine(Model):
    """One revision of a piece of content (a comment is one too); `body` is null where it was removed."""

    part: str
    item: str
    revision: int
    sha256: Sha256
    account: Id | None
    letter: Id | None
    at: datetime
    body: dict[str, object] | None


class DeliveryLine(Model):
    """One attempt to hand a letter to the mail server.

    `eml` is the hash of the message as sent, `kept` names its copy here, without the link. Bundles from
    before have the message itself, under `eml`.
    """

    letter: Id
    attempt: int
    kind: str
    message_id: str
    recipient: Id
    address: str
    language: str
    subject: str
    outcome: str
    smtp_code: int | None
    smtp_reply: str
    eml: Sha256 | None
    kept: Sha256 | None = None
    at: datetime

    @property
    def file(self) -> Sha256 | None:
        """Under which hash the message is in the bundle."""
        return self.kept or self.eml


class AttachmentLine(Model):
    """A file somebody attached, under the name they gave it."""

    id: str
    sha256: Sha256
    filename: str
    media_type: str
    account: Id | None
    letter: Id | None
    signs: Sha256 | None = None
    signature_check: SignatureCheck | None = None
    signature_algorithms: str | None = None
    at: datetime


class RegisteredName(Model):
    """Who stands behind an id; `of` is the body somebody belongs to."""

    id: Id
    kk: str
    ru: str = ""
    en: str = ""
    post: str = ""
    of: Id | None = None


class RegistryExtract(Model):
    """The names needed to read the journal, as the registries had them when the bundle was made."""

    organisations: tuple[RegisteredName, ...] = ()
    people: tuple[RegisteredName, ...] = ()
    accounts: tuple[RegisteredName, ...] = ()
    councils: tuple[RegisteredName, ...] = ()
    spheres: tuple[RegisteredName, ...] = ()


def sheet_name(workflow_id: str) -> str:
    """The sheet is called after what it is of: `monitoring.json`, `duty.json`, `consolidation.json`."""
    return f"{workflow_id.partition('/')[0]}.json"


def plain_json(value: object) -> bytes:
    """Canonical JSON: sorted keys, no spaces, UTF-8; the same value is always the same bytes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def model_bytes(model: Model) -> bytes:
    """A model in canonical JSON."""
    return plain_json(model.model_dump(mode="json"))


def line_bytes(lines: tuple[Model, ...]) -> bytes:
    """A model per line."""
    return b"".join(model_bytes(line) + b"\n" for line in lines)


def sha256_of(content: bytes) -> Sha256:
    return hashlib.sha256(content).hexdigest()
