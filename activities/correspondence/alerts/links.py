"""Links that confirm or end alerts by mail: signed, each for one thing; the row they name says how long."""

import hashlib
from enum import StrEnum

from itsdangerous import BadSignature, Signer

from models.vocabulary.procedure import Id


class AlertLink(StrEnum):
    """What a link is for."""

    CONFIRM = "confirm"
    END = "end"


def alert_token(secrets: tuple[str, ...], link: AlertLink, subscription: Id) -> str:
    """The subscription's id and a signature, safe in an address."""
    return _signer(secrets, link).sign(subscription).decode()


def subscription_in(secrets: tuple[str, ...], link: AlertLink, token: str) -> Id | None:
    """Whose link it is; None for a forged one, and for one of the other kind."""
    try:
        return _signer(secrets, link).unsign(token).decode()
    except (BadSignature, UnicodeError):
        return None


def _signer(secrets: tuple[str, ...], link: AlertLink) -> Signer:
    if not secrets or not all(secrets):
        raise ValueError("LINK_SECRET is not set: links cannot be signed")
    return Signer(
        secrets[::-1],  # the library signs with the last one and reads with any
        salt=f"alert-{link.value}/1",
        key_derivation="hmac",
        digest_method=hashlib.sha256,
    )
