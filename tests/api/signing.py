"""Signatures as programs of the country write them, of keys that nobody has: their values sign nothing."""

import hashlib

from asn1crypto import cms
from asn1crypto.core import OctetString

GOST = ("1.2.398.3.10.1.3.3", "1.2.398.3.10.1.1.2.3.2")
SHA = ("sha256", "1.2.840.113549.1.1.11")


def signature(
    document: bytes, algorithms: tuple[str, str] = SHA, *, bare: bool = False, enclosed: bool = False
) -> bytes:
    """CMS signed data (RFC 5652), detached unless the document is `enclosed`; a `bare` one signs the bytes
    without attributes."""
    of_digest, of_signature = algorithms
    name = of_digest if of_digest in hashlib.algorithms_available else "sha512"
    attributes = [
        {"type": "content_type", "values": ["data"]},
        {"type": "message_digest", "values": [OctetString(hashlib.new(name, document).digest())]},
    ]
    signer = {
        "version": "v3",
        "sid": cms.SignerIdentifier({"subject_key_identifier": b"nobody"}),
        "digest_algorithm": {"algorithm": of_digest},
        "signature_algorithm": {"algorithm": of_signature},
        "signature": b"signs nothing",
        **({} if bare else {"signed_attrs": attributes}),
    }
    data = {
        "version": "v3",
        "digest_algorithms": [{"algorithm": of_digest}],
        "encap_content_info": {"content_type": "data", **({"content": document} if enclosed else {})},
        "signer_infos": [signer],
    }
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(data)}).dump())
