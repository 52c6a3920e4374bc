"""CMS signed data (RFC 5652) among the files that people attach."""

from typing import Final

from activities.proofs.signed_writing import SEQUENCE, binary

_SIGNED_DATA: Final = bytes.fromhex("06092a864886f70d010702")  # OID 1.2.840.113549.1.7.2


def is_signed_data(content: bytes) -> bool:
    """Whether the content begins as `ContentInfo` with signed data does, however it is written down."""
    try:
        begins = binary(content)[:40]
    except ValueError:
        return False
    return begins.startswith(SEQUENCE) and _SIGNED_DATA in begins
