"""A detached signature (CMS signed data, RFC 5652) and the file it is said to sign, compared by digest.

That is all that is looked at: neither the signature's own value nor a certificate, its owner or its term.
"""

import hashlib
from enum import StrEnum
from typing import Any, Final

from asn1crypto import cms

from activities.proofs.signed_writing import binary
from models.vocabulary.base import Model
from models.vocabulary.signatures import SignatureCheck

LONGEST: Final = 1024 * 1024
"""Bytes of a signature: one with its certificates and time stamps takes some ten thousand."""
MOST_SIGNERS: Final = 50
_DIGESTS: Final = frozenset({"sha224", "sha256", "sha384", "sha512", "sha3_256", "sha3_384", "sha3_512"})
# The republic's algorithms by their identifiers (national certification authority).
_NAMES: Final = {
    "1.2.398.3.10.1.3.1": "ГОСТ 34.311-95",
    "1.2.398.3.10.1.3.2": "ГОСТ Р 34.11-2015 (256)",
    "1.2.398.3.10.1.3.3": "ГОСТ Р 34.11-2015 (512)",
    "1.2.398.3.10.1.1.1.1": "ГОСТ 34.310-2004",
    "1.2.398.3.10.1.1.1.2": "ГОСТ 34.310-2004",
    "1.2.398.3.10.1.1.2.3.1": "ГОСТ 34.10-2015 (256)",
    "1.2.398.3.10.1.1.2.3.2": "ГОСТ 34.10-2015 (512)",
    "sha256": "SHA-256",
    "sha384": "SHA-384",
    "sha512": "SHA-512",
    **dict.fromkeys(("rsassa_pkcs1v15", "sha256_rsa", "sha384_rsa", "sha512_rsa"), "RSA"),
    **dict.fromkeys(("sha256_ecdsa", "sha384_ecdsa", "sha512_ecdsa"), "ECDSA"),
}


class Why(StrEnum):
    """Why a file is no signature of another one."""

    NOT_A_SIGNATURE = "signature_unreadable"
    OF_ANOTHER_FILE = "signature_of_another_file"
    NOT_DETACHED = "signature_not_detached"


class BadSignature(Exception):
    """It is not taken."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


class Compared(Model):
    """What was found, and the names of the algorithms: of the digests, of the signatures."""

    check: SignatureCheck
    algorithms: str


def compared(signature: bytes, document: bytes) -> Compared:
    """Raises BadSignature: it cannot be read, has a document of its own in it, or is of another file."""
    signers = _signers(signature)
    named: list[str] = []
    known = True
    for signer in signers:
        algorithm = str(signer["digest_algorithm"]["algorithm"].native)
        of_signature = str(signer["signature_algorithm"]["algorithm"].native)
        named += [_NAMES.get(each, each)[:60] for each in (algorithm, of_signature)]
        digest = _message_digest(signer)
        if digest is None or algorithm not in _DIGESTS:
            known = False
        elif hashlib.new(algorithm, document).digest() != digest:
            raise BadSignature(Why.OF_ANOTHER_FILE)
    check = SignatureCheck.DIGEST_MATCHES if known else SignatureCheck.NOT_VERIFIED_HERE
    return Compared(check=check, algorithms=", ".join(dict.fromkeys(named))[:200])


def _signers(signature: bytes) -> list[Any]:
    """The signers in it, one at least. Whatever is wrong inside is found as it is opened."""
    if len(signature) > LONGEST:
        raise BadSignature(Why.NOT_A_SIGNATURE)
    try:
        info = cms.ContentInfo.load(binary(signature), strict=True)
        if info["content_type"].native != "signed_data":
            raise BadSignature(Why.NOT_A_SIGNATURE)
        signers = list(info["content"]["signer_infos"])
        enclosed = info["content"]["encap_content_info"]["content"].native
        for signer in signers:
            signer["digest_algorithm"]["algorithm"].native, signer["signature_algorithm"]["algorithm"].native
            _message_digest(signer)
    except (ValueError, TypeError, KeyError, IndexError, OverflowError, RecursionError):
        raise BadSignature(Why.NOT_A_SIGNATURE) from None
    if enclosed is not None:
        raise BadSignature(Why.NOT_DETACHED)
    if not 0 < len(signers) <= MOST_SIGNERS:
        raise BadSignature(Why.NOT_A_SIGNATURE)
    return signers


def _message_digest(signer: Any) -> bytes | None:
    """The digest that is signed; None where the signature is of the bytes themselves."""
    for attribute in signer["signed_attrs"]:
        if attribute["type"].native == "message_digest":
            (digest,) = attribute["values"].native
            return bytes(digest)
    return None
