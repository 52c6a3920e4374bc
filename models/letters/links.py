"""Reply links: signed, for one purpose of one letter, expiring. Minted while sending, never stored.

The signature is `itsdangerous` (HMAC-SHA256 over payload and time). Besides ids a link holds a key: random,
and kept as its SHA-256 only (`minted_links`), so that neither whoever can sign nor whoever reads everything
can make another.
"""

import hashlib
from enum import StrEnum

from itsdangerous import BadData, SignatureExpired, URLSafeTimedSerializer
from pydantic import Field, ValidationError

from models.vocabulary.base import Model
from models.vocabulary.letters import Purpose
from models.vocabulary.procedure import Id, Number, Sha256

_SALT = "reply-link/1"

Secrets = str | tuple[str, ...]
"""The secret that signs, and after it former ones: what they signed still opens."""


class Link(Model):
    number: Number
    letter: Id
    purpose: Purpose
    key: str = Field(default="", repr=False)
    """What only the holder of the letter has; links of earlier releases have none."""

    @property
    def key_sha256(self) -> Sha256:
        """By which its key is known here."""
        return hashlib.sha256(self.key.encode()).hexdigest()


class LinkFault(StrEnum):
    EXPIRED = "expired"
    FORGED = "forged"


class BadLink(Exception):
    """A link that cannot be used. An expired one still tells which letter it was for."""

    def __init__(self, fault: LinkFault, link: Link | None = None) -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.link = link


def mint(secrets: Secrets, link: Link) -> str:
    """The token of a link, safe in an address."""
    payload = [link.number, link.letter, link.purpose.value]
    return _serializer(secrets).dumps([*payload, link.key] if link.key else payload)


def verify(secrets: Secrets, token: str, days: int) -> Link:
    """The link behind a token. Raises `BadLink`: expired after `days` calendar days, or forged.

    Whether its key is one that was given out is asked of the database (`activities.letters.minting`).
    """
    serializer = _serializer(secrets)
    try:
        return _parse(serializer.loads(token, max_age=days * 86_400))
    except SignatureExpired as expired:
        raise BadLink(LinkFault.EXPIRED, _parse(serializer.load_payload(expired.payload or b""))) from None
    except BadData:
        raise BadLink(LinkFault.FORGED) from None


def _parse(payload: object) -> Link:
    fields = tuple(Link.model_fields)
    if not isinstance(payload, list) or not len(fields) - 1 <= len(payload) <= len(fields):
        raise BadLink(LinkFault.FORGED)
    try:
        return Link.model_validate(dict(zip(fields, payload, strict=False)))
    except ValidationError:
        raise BadLink(LinkFault.FORGED) from None


def _serializer(secrets: Secrets) -> URLSafeTimedSerializer:
    known = (secrets,) if isinstance(secrets, str) else secrets
    if not known or not all(known):
        raise ValueError("LINK_SECRET is not set: links cannot be signed")
    return URLSafeTimedSerializer(
        known[::-1],  # the library signs with the last one and reads with any
        salt=_SALT,
        signer_kwargs={"digest_method": hashlib.sha256, "key_derivation": "hmac"},
    )
