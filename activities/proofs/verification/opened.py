"""An opened bundle: its container, its manifest, its signature, each file under its hash."""

import json
from typing import TypeVar

from activities.proofs.bundle.container import BrokenContainer, BundleReader
from activities.proofs.signing import BadKey, is_signed, same_key
from activities.proofs.verification.found import Wrong, must, readable
from models.proof.bundle import (
    FORMAT,
    MANIFEST,
    SIGNATURE,
    Manifest,
    Sheet,
    plain_json,
    sha256_of,
    sheet_name,
)
from models.proof.journals import JournalKind, kind_of_journal
from models.vocabulary.base import Model

M = TypeVar("M", bound=Model)


class Opened:
    """A bundle whose every byte is accounted for by the signed manifest."""

    def __init__(self, reader: BundleReader, key: str | None) -> None:
        """Raises `Wrong`. `key` is the public key it must be signed with; None takes the one it names."""
        self._reader = reader
        self.names = tuple(reader.names)
        must(MANIFEST in self.names, MANIFEST, "is missing")
        must(SIGNATURE in self.names, SIGNATURE, "is missing")
        self._check_content_hashes(key)

    def _check_content_hashes(self, key: str | None) -> None:
        written = self.read(MANIFEST)
        with readable(MANIFEST):
            self.manifest = Manifest.model_validate_json(written)
        _check_signature(self.manifest, written, self.read(SIGNATURE), key)
        # As it was written: an older release's manifest may lack what today's has.
        must(plain_json(json.loads(written)) == written, MANIFEST, "is not written in canonical JSON")
        must(self.manifest.format == FORMAT, MANIFEST, f"is of format {self.manifest.format}, not {FORMAT}")
        for file in self.manifest.files:
            must(file.name in self.names, file.name, "is listed in the manifest and missing in the bundle")
            content = self.read(file.name)
            must(len(content) == file.size, file.name, "has another size than the manifest says")
            must(sha256_of(content) == file.sha256, file.name, "has another SHA-256 than the manifest says")
        listed = [*(file.name for file in self.manifest.files), MANIFEST, SIGNATURE]
        for name in self.names:
            must(name in listed, name, "is in the bundle and not in the manifest")
        must(list(self.names) == listed, MANIFEST, "lists the files in another order than they stand in")
        try:
            self._reader.check_bytes()
        except BrokenContainer as broken:
            raise Wrong("the ZIP", str(broken)) from None

    @property
    def sheet_name(self) -> str:
        """The file that says what this is."""
        return sheet_name(self.manifest.workflow_id)

    @property
    def sheet(self) -> Sheet:
        """What this is, at one look. Raises `Wrong`."""
        return self.one(self.sheet_name, Sheet)

    @property
    def kind(self) -> JournalKind:
        """How its journal is folded. Raises `Wrong`."""
        with readable(MANIFEST):
            return kind_of_journal(self.manifest.workflow_id)

    def read(self, name: str) -> bytes:
        """The bytes of a file. Raises `Wrong`."""
        must(name in self.names, name, "is missing")
        try:
            return self._reader.read(name)
        except BrokenContainer as broken:
            raise Wrong(name, str(broken).removeprefix(f"{name}: ")) from None

    def one(self, name: str, kind: type[M]) -> M:
        """A file as a model. Raises `Wrong`."""
        content = self.read(name)
        with readable(name):
            return kind.model_validate_json(content)

    def lines(self, name: str, kind: type[M]) -> tuple[M, ...]:
        """A file of lines as models. Raises `Wrong` and names the line."""
        found = []
        for position, line in enumerate(self.read(name).split(b"\n")[:-1], start=1):
            with readable(f"{name}, line {position}"):
                found.append(kind.model_validate_json(line))
        return tuple(found)

    def under(self, folder: str) -> list[str]:
        """The names in a folder."""
        return [name for name in self.names if name.startswith(folder)]


def _check_signature(manifest: Manifest, written: bytes, signature: bytes, key: str | None) -> None:
    try:
        must(
            key is None or same_key(manifest.key, key),
            MANIFEST,
            "was signed with another key than the one given",
        )
        signed = is_signed(written, signature, manifest.key)
    except BadKey:
        raise Wrong(MANIFEST, "names a key that is none, or the key given is none") from None
    must(signed, SIGNATURE, "is not the signature over manifest.json by the key it names")
