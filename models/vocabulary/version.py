"""The release of this program: the one place that says it (pyproject.toml is held to it by a test)."""

from models.vocabulary.base import Model
from models.vocabulary.procedure import Sha256

VERSION = "0.1.0"


class CodeVersion(Model):
    """Which code did something: the release, and the SHA-256 of the sources a history is replayed with."""

    version: str
    fingerprint: Sha256
