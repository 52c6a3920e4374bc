"""The PostgreSQL tables: columns only, no logic.

Three families. *Journal and projection* are written by `activities/record.py` alone. *Content* and
*reference data* are the truth of what they hold and keep every revision. *Service* tables carry tokens,
idempotency and proof of delivery. Instants are UTC (`timestamptz`), dates are local (Asia/Almaty).
"""

from datetime import date, datetime

from sqlalchemy import BigInteger, Column, DateTime, Index, LargeBinary, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSON, JSONB, TSVECTOR
from sqlmodel import Field, SQLModel, Text

Json = dict[str, object]


def _instant(**options: object) -> Column[datetime]:
    return Column(
        DateTime(timezone=True),
        nullable=bool(options.get("nullable", False)),
        index=bool(options.get("index", False)),
    )


# ——— journal and projection (written by record) ———
class EntryRow(SQLModel, table=True):
    """The journal: append-only, one chain of hashes per workflow."""

    __tablename__ = "journal"
    workflow_id: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    run_id: str
    type: str = Field(index=True)
    at: datetime = Field(sa_column=_instant(index=True))
    actor: Json = Field(sa_column=Column(JSONB, nullable=False))
    command_id: str | None = None
    event: Json = Field(sa_column=Column(JSONB, nullable=False))
    previous_hash: str
    hash: str
    recorded_at: datetime = Field(sa_column=_instant())


class MonitoringRow(SQLModel, table=True):
    """The projection of one monitoring: its folded state and the columns lists are filtered by."""

    __tablename__ = "monitorings"
    number: str = Field(primary_key=True)
    workflow_id: str = Field(unique=True)
    seq: int
    stage: str = Field(index=True)
    kind: str
    year: int = Field(index=True)
    lead: str = Field(index=True)
    conductors: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    objects: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    spheres: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    addressees: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    title_kk: str = ""
    title_ru: str = ""
    title_en: str = ""
    search: str = Field(sa_column=Column(TSVECTOR, nullable=False))
    published: bool = False
    next_due: datetime | None = Field(default=None, sa_column=_instant(nullable=True, index=True))
    started_at: datetime = Field(sa_column=_instant(index=True))
    changed_at: datetime = Field(sa_column=_instant())
    head_hash: str
    # JSON, not JSONB: the order of members, requests and letters is part of the state, JSONB forgets it.
    state: Json = Field(sa_column=Column(JSON, nullable=False))
    __table_args__ = (
        Index("monitorings_search", "search", postgresql_using="gin"),
        Index("monitorings_conductors", "conductors", postgresql_using="gin"),
        Index("monitorings_objects", "objects", postgresql_using="gin"),
        Index("monitorings_spheres", "spheres", postgresql_using="gin"),
        Index("monitorings_addressees", "addressees", postgresql_using="gin"),
    )


class DutyRow(SQLModel, table=True):
    """The projection of one duty of rule 13."""

    __tablename__ = "duties"
    workflow_id: str = Field(primary_key=True)
    mark: str = Field(unique=True)
    organisation: str = Field(index=True)
    kind: str
    seq: int
    period: str = ""
    fulfilled: bool = False
    ended: bool = False
    next_due: datetime | None = Field(default=None, sa_column=_instant(nullable=True))
    changed_at: datetime = Field(sa_column=_instant())
    head_hash: str
    state: Json = Field(sa_column=Column(JSON, nullable=False))


# ——— content ———
class RevisionRow(SQLModel, table=True):
    """One revision of one piece of content; the newest one is current, `body` NULL means removed."""

    __tablename__ = "content_revisions"
    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True, autoincrement=True))
    number: str = Field(index=True)
    part: str  # title, source, indicator, finding, draft, comment
    item: str
    revision: int
    body: Json | None = Field(sa_column=Column(JSONB(none_as_null=True), nullable=True))
    sha256: str
    account: str | None = None
    letter: str | None = None
    at: datetime = Field(sa_column=_instant())
    __table_args__ = (UniqueConstraint("number", "part", "item", "revision"),)


class SnapshotRow(SQLModel, table=True):
    """Content frozen under its hash: what a stage or an approval pinned. `body` is the canonical text."""

    __tablename__ = "snapshots"
    sha256: str = Field(primary_key=True)
    number: str = Field(index=True)
    body: str = Field(sa_column=Column(Text, nullable=False))
    at: datetime = Field(sa_column=_instant())


class NoteRow(SQLModel, table=True):
    """A text that a command refers to by its hash: a reason, a question, an answer (canonical JSON)."""

    __tablename__ = "notes"
    sha256: str = Field(primary_key=True)
    number: str | None = Field(default=None, index=True)
    body: str = Field(sa_column=Column(Text, nullable=False))
    at: datetime = Field(sa_column=_instant())


class FileRow(SQLModel, table=True):
    """Bytes under their hash: attachments, rendered documents, letters as sent."""

    __tablename__ = "files"
    sha256: str = Field(primary_key=True)
    media_type: str
    size: int
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    at: datetime = Field(sa_column=_instant())


class AttachmentRow(SQLModel, table=True):
    """A file that somebody attached to a monitoring, under the name they gave it."""

    __tablename__ = "attachments"
    id: str = Field(primary_key=True)
    number: str = Field(index=True)
    sha256: str = Field(foreign_key="files.sha256")
    filename: str
    account: str | None = None
    letter: str | None = None
    at: datetime = Field(sa_column=_instant())


class FormDraftRow(SQLModel, table=True):
    """What a recipient typed behind a link and has not sent yet."""

    __tablename__ = "form_drafts"
    number: str = Field(primary_key=True)
    letter: str = Field(primary_key=True)
    body: Json = Field(sa_column=Column(JSONB, nullable=False))
    at: datetime = Field(sa_column=_instant())


# ——— letters ———
class DeliveryRow(SQLModel, table=True):
    """Proof: one row per attempt to hand a letter to the mail server."""

    __tablename__ = "deliveries"
    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True, autoincrement=True))
    number: str = Field(index=True)
    letter: str
    attempt: int  # the letter's attempt (a re-send is a new one)
    kind: str
    message_id: str = Field(index=True)
    recipient: str
    address: str
    language: str
    subject: str
    outcome: str  # accepted, deferred, rejected, no_address
    smtp_code: int | None = None
    smtp_reply: str = ""
    eml_sha256: str | None = None
    at: datetime = Field(sa_column=_instant())
    __table_args__ = (Index("deliveries_letter", "number", "letter"),)


# ——— reference data ———
class OrganisationRow(SQLModel, table=True):
    """What never changes of a body: its id and code."""

    __tablename__ = "organisations"
    id: str = Field(primary_key=True)
    code: str = Field(unique=True)  # in registration numbers: A-Z and 0-9


class OrganisationVersionRow(SQLModel, table=True):
    """What is known of a body from a day on, until the next version (effective-dated)."""

    __tablename__ = "organisation_versions"
    organisation: str = Field(primary_key=True, foreign_key="organisations.id")
    valid_from: date = Field(primary_key=True)
    valid_until: date | None = None
    kind: str
    name_kk: str
    name_ru: str
    name_en: str = ""
    superior: str | None = None
    legal_person: str
    region: str = ""
    special_state_body: bool = False
    email: str = ""
    phone: str = ""
    address: str = ""
    web_resource: str = ""
    language: str = "kk"
    head_post_kk: str = ""
    head_post_ru: str = ""
    reason: str = ""  # why the registry changed
    account: str | None = None  # who changed it
    at: datetime = Field(sa_column=_instant())


class PersonRow(SQLModel, table=True):
    """A person letters go to: a working-group member, a head, a secretary."""

    __tablename__ = "people"
    id: str = Field(primary_key=True)
    name: str
    post: str = ""
    organisation: str | None = Field(default=None, foreign_key="organisations.id")
    email: str
    language: str = "kk"


class CouncilRow(SQLModel, table=True):
    """Rule 21: a public council or another consultative-advisory body, with its secretary."""

    __tablename__ = "councils"
    id: str = Field(primary_key=True)
    kind: str
    name_kk: str
    name_ru: str
    name_en: str = ""
    organisation: str = Field(foreign_key="organisations.id")
    secretary: str = Field(foreign_key="people.id")


class SphereRow(SQLModel, table=True):
    __tablename__ = "spheres"
    id: str = Field(primary_key=True)
    name_kk: str
    name_ru: str
    name_en: str = ""


class EditionRow(SQLModel, table=True):
    __tablename__ = "editions"
    id: str = Field(primary_key=True)
    in_force_from: date
    body: Json = Field(sa_column=Column(JSONB, nullable=False))
    at: datetime = Field(sa_column=_instant())


class CalendarRow(SQLModel, table=True):
    """One edition of the working calendar; the newest is in use."""

    __tablename__ = "calendars"
    serial: int | None = Field(default=None, primary_key=True)
    edition: str = Field(unique=True)
    body: Json = Field(sa_column=Column(JSONB, nullable=False))
    reason: str = ""
    account: str | None = None
    at: datetime = Field(sa_column=_instant())


# ——— accounts and service ———
class AccountRow(SQLModel, table=True):
    __tablename__ = "accounts"
    id: str = Field(primary_key=True)
    person: str = Field(foreign_key="people.id")
    organisation: str = Field(foreign_key="organisations.id")
    role: str
    active: bool = True


class TokenRow(SQLModel, table=True):
    """An opaque bearer token, by the SHA-256 of its text."""

    __tablename__ = "tokens"
    id: str = Field(primary_key=True)
    sha256: str = Field(unique=True)
    account: str = Field(foreign_key="accounts.id")
    label: str = ""
    issued_at: datetime = Field(sa_column=_instant())
    expires_at: datetime = Field(sa_column=_instant())
    revoked_at: datetime | None = Field(default=None, sa_column=_instant(nullable=True))


class NumberRow(SQLModel, table=True):
    """The last serial given per year and conductor."""

    __tablename__ = "numbers"
    year: int = Field(primary_key=True)
    code: str = Field(primary_key=True)
    last: int


class CommandRow(SQLModel, table=True):
    """One command as the API received it: its idempotency key, its answer, and, if refused, why."""

    __tablename__ = "commands"
    id: str = Field(primary_key=True)  # derived from account (or letter) and Idempotency-Key
    number: str | None = Field(default=None, index=True)
    name: str
    actor: Json = Field(sa_column=Column(JSONB, nullable=False))
    request_sha256: str
    outcome: str  # pending, done, refused
    code: str = Field(default="", index=True)
    rule: str = ""
    answer: Json | None = Field(default=None, sa_column=Column(JSONB(none_as_null=True), nullable=True))
    at: datetime = Field(sa_column=_instant(index=True))


class ReadRow(SQLModel, table=True):
    """One read of an auditor. Append-only: a trigger refuses changes and removals."""

    __tablename__ = "reads"
    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True, autoincrement=True))
    account: str = Field(index=True)
    organisation: str
    number: str | None = Field(default=None, index=True)
    what: str  # the route's name
    filters: Json = Field(sa_column=Column(JSONB, nullable=False))
    at: datetime = Field(sa_column=_instant(index=True))


class HeartbeatRow(SQLModel, table=True):
    """A worker says it is alive (pollers stay listed after a crash, so the server cannot tell)."""

    __tablename__ = "heartbeats"
    worker: str = Field(primary_key=True)
    queues: str
    at: datetime = Field(sa_column=_instant())
