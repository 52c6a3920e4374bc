"""Settings, read once at the edge (worker, API, command line). Production differs only in addresses."""

from functools import lru_cache

from pydantic import EmailStr, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Environment variables of the same names, e.g. `DATABASE_URL`."""

    model_config = SettingsConfigDict(extra="ignore")

    database_url: str = "postgresql+psycopg://localhost/monitoring"
    temporal_address: str = "127.0.0.1:7233"
    temporal_namespace: str = "default"
    smtp_url: SecretStr = SecretStr(
        "smtp://127.0.0.1:1025"
    )  # smtp, smtps or smtp+starttls://user:password@host:port
    public_url: str = "http://127.0.0.1:8000"
    link_secret: SecretStr = SecretStr("")
    link_days: int = 180
    signing_key: SecretStr = SecretStr("")  # Ed25519 seed, 32 bytes in base64: signs the auditors' bundles
    former_public_keys: str = ""  # of earlier signing keys, base64, separated by commas
    min_retention_days: int = 90  # a worker refuses a namespace that forgets closed histories sooner
    sweep_seconds: float = 60.0  # how often closed runs are looked for, to archive them
    archive_within_minutes: int = 60  # closed runs that wait longer make the service not ready
    mail_from: EmailStr = "monitoring@example.kz"
    mail_reply_to: EmailStr | None = None
    mail_per_second: float = 20.0
    worker_queues: str = "procedure,mail,documents"
    command_budget_seconds: float = 8.0
    upload_limit_bytes: int = 20 * 1024 * 1024
    log_level: str = "INFO"


@lru_cache
def settings() -> Settings:
    """The environment's settings. Raises ValueError when links or bundles could not be signed."""
    given = Settings()
    if not given.link_secret.get_secret_value():
        raise ValueError("LINK_SECRET is not set: the links in letters could neither be signed nor opened")
    if not given.signing_key.get_secret_value():
        raise ValueError("SIGNING_KEY is not set: the bundles for auditors could not be signed")
    return given
