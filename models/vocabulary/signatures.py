"""What is known here of a signature that somebody attached."""

from enum import StrEnum


class SignatureCheck(StrEnum):
    """Whether it is of the file it was attached to. Neither says that it is valid or whose it is."""

    DIGEST_MATCHES = "digest_matches"  # the digest it signs is that of the very file
    NOT_VERIFIED_HERE = "not_verified_here"  # its digest is of a kind that is not computed here
