"""Reply links: signed, for one purpose of one letter, expiring. Minted while sending, never stored.

The signature is `itsdangerous` (HMAC-SHA256 over payload and time); a link holds ids only.
"""

import hashlib
from enum import StrEnum

from itsdangerous import BadData, SignatureExpired, URLSafeTimedSerializer
from pydantic import ValidationError

from models.vocabulary.base import Model
from models.vocabulary.letters import Purpose
from models.vocabulary.procedure import Id, Number

_SALT = "reply-link/1"

Secrets = str | tuple[str, ...]
"""The secret that signs, and after it former ones: what they signed still opens."""


class Link(Model):
    number: Number
    letter: Id
    purpose: Purpose


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
    return _serializer(secrets).dumps([link.number, link.letter, link.purpose.value])


def verify(secrets: Secrets, token: str, days: int) -> Link:
    """The link behind a token. Raises `BadLink`: expired after `days` calendar days, or forged."""
    serializer = _serializer(secrets)
    try:
        return _parse(serializer.loads(token, max_age=days * 86_400))
    except SignatureExpired as expired:
        raise BadLink(LinkFault.EXPIRED, _parse(serializer.load_payload(expired.payload or b""))) from None
    except BadData:
        raise BadLink(LinkFault.FORGED) from None


def _parse(payload: object) -> Link:
    if not isinstance(payload, list) or len(payload) != len(Link.model_fields):
        raise BadLink(LinkFault.FORGED)
    try:
        return Link.model_validate(dict(zip(Link.model_fields, payload, strict=True)))
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
