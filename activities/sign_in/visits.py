"""A browser that went to the provider and comes back, once, within some minutes.

Its cookie holds random words; `state`, `nonce` and the PKCE verifier follow from them. So nothing secret is
kept here, and nobody brings an answer of the provider who did not ask for it in that browser.
"""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from typing import Final, Self

from sqlmodel import col, delete, update
from sqlmodel.ext.asyncio.session import AsyncSession

from models.tables.sign_ins import ProviderVisitRow
from models.vocabulary.base import Model

MINUTES: Final = 10
_BYTES: Final = 32
_REMEMBERED: Final = timedelta(days=1)


class Visit(Model):
    """What stands in the browser's cookie; everything else is a hash of it under a name of its own."""

    words: str

    @classmethod
    def new(cls) -> Self:
        return cls(words=secrets.token_urlsafe(_BYTES))

    @property
    def state(self) -> str:
        """Comes back in the address: RFC 6749, 10.12."""
        return self._named("state")

    @property
    def nonce(self) -> str:
        """Comes back in the provider's signed token: OpenID Connect Core, 3.1.2.1."""
        return self._named("nonce")

    @property
    def verifier(self) -> str:
        """Only its hash goes along with the browser: RFC 7636, 4.1."""
        return self._named("verifier")

    @property
    def challenge(self) -> str:
        """RFC 7636, 4.2 (S256)."""
        return _base64url(hashlib.sha256(self.verifier.encode()).digest())

    def _named(self, name: str) -> str:
        return _base64url(hmac.digest(self.words.encode("utf-8", "surrogateescape"), name.encode(), "sha256"))


async def set_out(session: AsyncSession, visit: Visit, way_on: str, now: datetime) -> None:
    """Remember that this browser went there. The caller commits."""
    await session.exec(delete(ProviderVisitRow).where(col(ProviderVisitRow.at) < now - _REMEMBERED))
    session.add(ProviderVisitRow(state_sha256=_sha256(visit.state), way_on=way_on, at=now))


async def come_back(session: AsyncSession, visit: Visit, state: str, now: datetime) -> str | None:
    """The page that was to be opened; None where this browser did not set out with this state, came back
    with it before, or took too long. The caller commits."""
    if not hmac.compare_digest(visit.state.encode(), state.encode("utf-8", "surrogateescape")):
        return None
    once = (
        update(ProviderVisitRow)
        .where(col(ProviderVisitRow.state_sha256) == _sha256(state))
        .where(col(ProviderVisitRow.returned_at).is_(None))
        .where(col(ProviderVisitRow.at) > now - timedelta(minutes=MINUTES))
        .values(returned_at=now)
        .returning(col(ProviderVisitRow.way_on))
    )
    row = (await session.exec(once)).first()
    return None if row is None else str(row[0])


def _base64url(digest: bytes) -> str:
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _sha256(state: str) -> str:
    return hashlib.sha256(state.encode()).hexdigest()
