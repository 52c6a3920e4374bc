"""Settings, read once at the edge (worker, API, command line). Production differs only in addresses."""

from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Final, Self
from urllib.parse import quote

from pydantic import EmailStr, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from models.settings.observing import LogFormat, listen_address
from models.settings.payload_keys import BadPayloadKeys, PayloadEncryption, PayloadKey
from models.settings.payload_keys import payload_keys as keys_written
from models.settings.provider import (
    BadProvider,
    ProviderSettings,
    is_safe,
    roles_written,
    scopes_written,
)

LEAST_LINK_SECRET: Final = 32
"""Characters: what can be guessed offline from one letter's link must be too long to be guessed."""


SECRETS: Final = Path("/run/secrets")
"""Where container engines lay secrets, a file each."""


class Settings(BaseSettings):
    """Environment variables of the same names, e.g. `DATABASE_URL`; else files of `SECRETS` so called."""

    model_config = SettingsConfigDict(
        extra="ignore", env_ignore_empty=True, secrets_dir=SECRETS if SECRETS.is_dir() else None
    )

    database_url: str = "postgresql+psycopg://localhost/monitoring"
    database_password: SecretStr = SecretStr("")  # for a `database_url` that names a user and no password
    temporal_address: str = "127.0.0.1:7233"
    temporal_namespace: str = "default"
    temporal_ui_origin: str = (
        ""  # the only other origin that may ask the codec endpoint, e.g. https://temporal.example.kz
    )
    payload_keys: SecretStr = SecretStr("")  # id:base64key,… of 32 bytes; the first encrypts, all decrypt
    payload_encryption: PayloadEncryption = PayloadEncryption.ON
    smtp_url: SecretStr = SecretStr(
        "smtp://127.0.0.1:1025"
    )  # smtp, smtps or smtp+starttls://user:password@host:port
    public_url: str = "http://127.0.0.1:8000"
    link_secret: SecretStr = SecretStr("")
    former_link_secrets: SecretStr = SecretStr("")  # separated by commas: the links they signed still open
    link_days: int = 180
    signing_key: SecretStr = SecretStr("")  # Ed25519 seed, 32 bytes in base64: signs the auditors' bundles
    former_public_keys: str = ""  # of earlier signing keys, base64, separated by commas
    min_retention_days: int = 90  # a worker refuses a namespace that forgets closed histories sooner
    sweep_seconds: float = 60.0  # how often closed runs are looked for, to archive them
    archive_within_minutes: int = 60  # closed runs that wait longer make the service not ready
    disk_paths: str = ""  # separated by commas: disks whose room the readiness check looks at
    disk_free_megabytes: int = 1024  # less room than this on one of them makes the service not ready
    mail_from: EmailStr = "monitoring@example.kz"
    mail_reply_to: EmailStr | None = None
    mail_reply_domain: str = Field(default="", pattern=r"^$|^([a-z0-9-]+\.)+[a-z0-9-]+$")
    """All mail to it comes to the door (`python -m activities.mail`); without it letters take no answers."""
    mail_door: str = "lmtp://127.0.0.1:8024"  # or smtp://: where that mail is taken
    mail_limit_bytes: int = 40 * 1024 * 1024  # of one message, with its files as mail writes them
    mail_per_second: float = 20.0  # at most, of all workers together: half a core is left to letters
    mail_connections: int = 4  # to the mail server, of each worker: as many letters are handed over at once
    cached_workflows: int = 2000  # proceedings a worker keeps in memory, some 250 KB each
    worker_queues: str = "procedure,mail,documents,webhooks"
    webhook_private_hosts: str = ""  # by commas: hosts inside that events may be delivered to, by http too
    command_budget_seconds: float = 8.0
    upload_limit_bytes: int = 20 * 1024 * 1024
    log_level: str = "INFO"
    log_format: LogFormat = LogFormat.TEXT  # json where machines read the logs
    metrics_address: str = ""  # host:port for Prometheus, reached from inside only; none where it is empty
    temporal_metrics_address: str = ""  # the same of the Temporal SDK's own figures, of workers
    otel_exporter_otlp_endpoint: str = ""  # http://collector:4318; without it nothing is traced
    missed_after_minutes: int = 10  # a moment that has not come by then, while workers work, was missed
    copies_path: str = ""  # where copies of the stores are laid: `make doctor` looks at their age
    copies_within_hours: int = 26  # the newest copy is not to be older
    dkim_selector: str = ""  # under which the mail server signs: `make doctor` looks for its key
    oidc_issuer: str = ""  # a provider of OpenID Connect to sign in by; without it there is no such way
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = SecretStr("")
    oidc_client_secret_file: str = ""  # a file that holds it, in its place
    oidc_name: str = ""  # how people call the provider; its host where nothing is said
    oidc_scopes: str = "openid email profile"
    oidc_group_claim: str = "groups"
    oidc_roles: str = ""  # group=role; group=role: in which roles members of a group may come in

    @model_validator(mode="after")
    def _with_its_password(self) -> Self:
        """The address of the database is whole from here on, wherever its password came from."""
        password = quote(self.database_password.get_secret_value(), safe="")
        user, at, rest = self.database_url.rpartition("@")
        if password and at and ":" not in user.partition("://")[2]:
            self.database_url = f"{user}:{password}@{rest}"
        return self

    def link_secrets(self) -> tuple[str, ...]:
        """The secret that signs links and sign-ins, and after it the former ones."""
        former = self.former_link_secrets.get_secret_value().split(",")
        return (
            self.link_secret.get_secret_value(),
            *(secret.strip() for secret in former if secret.strip()),
        )

    def keys_of_payloads(self) -> tuple[PayloadKey, ...]:
        """The keys of histories. Raises `BadPayloadKeys` for a malformed one, or none where one is needed."""
        keys = keys_written(self.payload_keys.get_secret_value())
        if self.payload_encryption is PayloadEncryption.ON and not keys:
            raise BadPayloadKeys(
                "PAYLOAD_KEYS is not set: what workflows remember would lie in Temporal for all to read. "
                "Set PAYLOAD_KEYS=2026a:<key>, the key from `openssl rand -base64 32`, the same for the "
                "API and every worker; or say PAYLOAD_ENCRYPTION=off where nothing is confidential."
            )
        return keys

    def provider(self) -> ProviderSettings | None:
        """The provider to sign in by, where there is one. Raises BadProvider, which quotes no secret."""
        if not self.oidc_issuer:
            return None
        if not self.oidc_client_id:
            raise BadProvider("OIDC_ISSUER is set and OIDC_CLIENT_ID is not")
        if not is_safe(self.oidc_issuer):
            raise BadProvider("OIDC_ISSUER is not https://: whoever is on the way could sign in as anybody")
        return ProviderSettings(
            issuer=self.oidc_issuer,
            client_id=self.oidc_client_id,
            secret=self._oidc_secret(),
            name=self.oidc_name,
            scopes=scopes_written(self.oidc_scopes),
            group_claim=self.oidc_group_claim,
            roles=roles_written(self.oidc_roles),
        )

    def _oidc_secret(self) -> SecretStr:
        if not self.oidc_client_secret_file:
            return self.oidc_client_secret
        if self.oidc_client_secret.get_secret_value():
            raise BadProvider("OIDC_CLIENT_SECRET and OIDC_CLIENT_SECRET_FILE are both set: one is meant")
        try:
            return SecretStr(Path(self.oidc_client_secret_file).read_text(encoding="utf-8").strip())
        except (OSError, UnicodeDecodeError):
            raise BadProvider("OIDC_CLIENT_SECRET_FILE cannot be read") from None


class Key(StrEnum):
    """What letters, bundles or histories are signed or read with: a program holds what it needs."""

    LINKS = "links"
    BUNDLES = "bundles"
    HISTORIES = "histories"


@lru_cache
def settings(held: frozenset[Key] = frozenset(Key)) -> Settings:
    """The environment's settings. Raises ValueError when a key lacks that the program is to hold."""
    given = Settings()
    if Key.LINKS in held and not given.link_secret.get_secret_value():
        raise ValueError("LINK_SECRET is not set: the links in letters could neither be signed nor opened")
    if Key.LINKS in held and any(len(secret) < LEAST_LINK_SECRET for secret in given.link_secrets()):
        raise ValueError(
            f"LINK_SECRET or one of FORMER_LINK_SECRETS has fewer than {LEAST_LINK_SECRET} characters: "
            "whoever guesses it can answer for anybody. Take one from `openssl rand -hex 32`; "
            "FORMER_LINK_SECRETS keeps the links alive that the old one signed (docs/operations.md)."
        )
    if Key.BUNDLES in held and not given.signing_key.get_secret_value():
        raise ValueError("SIGNING_KEY is not set: the bundles for auditors could not be signed")
    if Key.HISTORIES in held:
        given.keys_of_payloads()
    given.provider()
    listen_address("METRICS_ADDRESS", given.metrics_address)
    listen_address("TEMPORAL_METRICS_ADDRESS", given.temporal_metrics_address)
    return given
