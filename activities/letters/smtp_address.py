"""Where the mail server is and how to speak to it, as the setting says."""

from enum import StrEnum
from urllib.parse import unquote, urlsplit

from pydantic import SecretStr

from models.vocabulary.base import Model


class SmtpScheme(StrEnum):
    PLAIN = "smtp"
    TLS = "smtps"
    STARTTLS = "smtp+starttls"

    @property
    def port(self) -> int:
        """The usual port."""
        return {SmtpScheme.PLAIN: 25, SmtpScheme.TLS: 465, SmtpScheme.STARTTLS: 587}[self]


class SmtpAddress(Model):
    """Where the mail server is and how to speak to it."""

    scheme: SmtpScheme
    host: str
    port: int
    user: str | None = None
    password: SecretStr | None = None


def smtp_address(url: SecretStr) -> SmtpAddress:
    """Read `smtp://`, `smtps://` or `smtp+starttls://user:password@host:port`.

    Raises ValueError without quoting the address: it may hold a password.
    """
    parts = urlsplit(url.get_secret_value())
    if parts.scheme not in set(SmtpScheme) or not parts.hostname:
        raise ValueError("SMTP_URL is not smtp://, smtps:// or smtp+starttls:// with a host")
    scheme = SmtpScheme(parts.scheme)
    return SmtpAddress(
        scheme=scheme,
        host=parts.hostname,
        port=parts.port or scheme.port,
        user=unquote(parts.username) if parts.username else None,
        password=SecretStr(unquote(parts.password)) if parts.password else None,
    )
