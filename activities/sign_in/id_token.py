"""What a provider's signed token says, believed only after every check of OpenID Connect Core, 3.1.3.7.

JOSE itself is joserfc's. Here is what we ask of it: which algorithms, whose key, which claims.
"""

from datetime import datetime
from typing import Final

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import Key, import_key
from pydantic import TypeAdapter, ValidationError

from models.vocabulary.base import Model

ALGORITHMS: Final = (
    *("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
    *("ES256", "ES384", "ES512", "Ed25519", "EdDSA"),
)
"""Signatures by a key that only the provider has. None and HMAC are not among them: the public key, or the
client's secret, would be enough to forge a token."""
LEEWAY_SECONDS: Final = 60
"""So far may the provider's clock be from ours."""
_LONGEST_SUBJECT: Final = 255
_KEYS: Final = frozenset({"RSA", "EC", "OKP"})
_STRINGS: Final = TypeAdapter(tuple[str, ...])


class NotBelieved(Exception):
    """The token is not what it should be; the reason is a word, for the log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Expected(Model):
    """What a token has to say of itself."""

    issuer: str
    client_id: str
    nonce: str


class Claims(Model):
    """What a token, or the provider's answer about its subject, says of somebody."""

    subject: str
    email: str = ""
    email_verified: bool = False
    groups: tuple[str, ...] | None = None


def signing_keys(answer: object) -> dict[str | None, Key]:
    """The keys of a JWK set that may sign, by their ids. What is unknown or malformed is passed over."""
    listed = answer.get("keys") if isinstance(answer, dict) else None
    found: dict[str | None, Key] = {}
    for each in listed if isinstance(listed, list) else ():
        if not isinstance(each, dict) or each.get("use", "sig") != "sig" or each.get("kty") not in _KEYS:
            continue
        kid = each.get("kid")
        try:
            key = import_key(each)
        except (JoseError, ValueError, TypeError, KeyError):
            continue
        if kid is None or isinstance(kid, str):
            found[kid] = key
    return found


def kid_of(token: str) -> str | None:
    """By which key it says that it is signed, of an allowed algorithm. Raises NotBelieved."""
    try:
        header = jws.extract_compact(token.encode()).headers()
    except (JoseError, ValueError, UnicodeError, TypeError):
        raise NotBelieved("malformed") from None
    if header.get("alg") not in ALGORITHMS:
        raise NotBelieved("alg")
    kid = header.get("kid")
    if kid is not None and not isinstance(kid, str):
        raise NotBelieved("kid")
    return kid


def believed(token: str, key: Key, expected: Expected, now: datetime, group_claim: str) -> Claims:
    """What the token says. Raises NotBelieved."""
    try:
        decoded = jwt.decode(token, key, algorithms=list(ALGORITHMS))
    except (JoseError, ValueError, TypeError):
        raise NotBelieved("signature") from None
    claims: dict[str, object] = decoded.claims
    registry = jwt.JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=LEEWAY_SECONDS,
        iss={"essential": True, "value": expected.issuer},
        aud={"essential": True, "value": expected.client_id},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": expected.nonce},
        sub={"essential": True},
    )
    try:
        registry.validate(claims)
    except JoseError as error:
        claim = getattr(error, "claim", None)
        raise NotBelieved(str(claim or error.error)) from None
    _for_us(claims, expected.client_id)
    return said(claims, group_claim)


def said(claims: dict[str, object], group_claim: str) -> Claims:
    """The part that is asked for. Raises NotBelieved where there is no subject."""
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST_SUBJECT:
        raise NotBelieved("sub")
    email = claims.get("email")
    return Claims(
        subject=subject,
        email=email if isinstance(email, str) else "",
        email_verified=claims.get("email_verified") is True,
        groups=_groups(claims.get(group_claim)),
    )


def _for_us(claims: dict[str, object], client_id: str) -> None:
    """A token for several is for whoever it was given to (`azp`)."""
    audience, party = claims.get("aud"), claims.get("azp")
    several = isinstance(audience, list) and len(audience) > 1
    if (several and party is None) or (party is not None and party != client_id):
        raise NotBelieved("azp")


def _groups(claim: object) -> tuple[str, ...] | None:
    if claim is None:
        return None
    try:
        return _STRINGS.validate_python([claim] if isinstance(claim, str) else claim)
    except ValidationError:
        return ()
