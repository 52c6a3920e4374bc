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
    mail_from: EmailStr = "monitoring@example.kz"
    mail_reply_to: EmailStr | None = None
    mail_per_second: float = 20.0
    worker_queues: str = "procedure,mail,documents"
    command_budget_seconds: float = 8.0
    upload_limit_bytes: int = 20 * 1024 * 1024
    log_level: str = "INFO"


@lru_cache
def settings() -> Settings:
    """The environment's settings. Raises ValueError when links could not be signed."""
    given = Settings()
    if not given.link_secret.get_secret_value():
        raise ValueError("LINK_SECRET is not set: the links in letters could neither be signed nor opened")
    return given
