"""The provider people may sign in by (OpenID Connect), as the settings `OIDC_…` say it."""

import re
from typing import Final, get_args
from urllib.parse import urlsplit

from pydantic import Field, SecretStr

from models.vocabulary.base import Model
from models.vocabulary.procedure import Role
from models.vocabulary.sign_in import StaffRole

_AT_HOME: Final = frozenset({"127.0.0.1", "::1", "localhost"})
_SPACES: Final = re.compile(r"\s+")


class BadProvider(ValueError):
    """The settings of the provider do not go together. The message quotes no secret."""


class ProviderSettings(Model):
    """Where the provider is and as whom the system is known there."""

    issuer: str
    client_id: str
    secret: SecretStr = Field(default=SecretStr(""), repr=False)
    """Empty for a public client: PKCE alone binds the code to the browser then."""
    name: str = ""
    scopes: str = "openid email profile"
    group_claim: str = "groups"
    roles: tuple[tuple[str, Role], ...] = ()
    """Which roles membership of a group lets somebody enter in; empty: groups are not asked."""

    def roles_of(self, groups: tuple[str, ...]) -> frozenset[Role] | None:
        """The roles in which members of these groups may come in; None where groups are not asked."""
        if not self.roles:
            return None
        return frozenset(role for group, role in self.roles if group in groups)


def is_safe(address: str) -> bool:
    """Whether what is said there stays secret: over TLS, or on this machine."""
    parts = urlsplit(address)
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _AT_HOME)
    )


def scopes_written(written: str) -> str:
    """Scopes by spaces; `openid` is always among them."""
    scopes = [each for each in _SPACES.split(written.strip()) if each]
    return " ".join(scopes if "openid" in scopes else ["openid", *scopes])


def roles_written(written: str) -> tuple[tuple[str, Role], ...]:
    """`group=role; group=role`; a group's own name may have `=` and commas in it. Raises BadProvider."""
    parts = [part.strip() for part in written.split(";") if part.strip()]
    return tuple(_group_and_role(part, place) for place, part in enumerate(parts, start=1))


def _group_and_role(part: str, place: int) -> tuple[str, Role]:
    group, _, role = (each.strip() for each in part.rpartition("="))
    if not group or role not in get_args(StaffRole):
        raise BadProvider(
            f"OIDC_ROLES: entry {place} is not `group=role` with a role of accounts (docs/operations.md)"
        )
    return group, Role(role)
