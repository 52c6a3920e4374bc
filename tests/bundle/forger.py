"""Somebody who changes a bundle and then recomputes everything that can be recomputed without the key."""

import base64
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from pydantic import SecretStr

from activities.proofs.bundle.container import BundleWriter
from activities.proofs.signing import Signer
from activities.proofs.verification.found import Wrong
from activities.proofs.verification.verify import verify
from models.monitoring.state import MonitoringState
from models.proof.bundle import (
    JOURNAL,
    MANIFEST,
    SIGNATURE,
    STATE,
    JournalLine,
    Manifest,
    Sheet,
    line_bytes,
    model_bytes,
    sheet_name,
)
from models.proof.chain import BEGINNING, Head, line_hash
from models.proof.journals import kind_of_journal
from workflows import ALL_WORKFLOWS


@dataclass
class Forger:
    """The files of a bundle, to be changed; `seal` makes them look whole again under a key of its own."""

    files: dict[str, bytes]
    signer: Signer = field(
        default_factory=lambda: Signer(SecretStr(base64.b64encode(os.urandom(32)).decode()))
    )

    @property
    def manifest(self) -> Manifest:
        return Manifest.model_validate_json(self.files[MANIFEST])

    @property
    def lines(self) -> list[JournalLine]:
        return [JournalLine.model_validate_json(line) for line in self.files[JOURNAL].splitlines()]

    @property
    def sheet(self) -> Sheet:
        return Sheet.model_validate_json(self.files[self.sheet_name])

    @property
    def sheet_name(self) -> str:
        return sheet_name(self.manifest.workflow_id)

    def rewrite_journal(self, lines: Iterable[JournalLine], *, ahead: int = 0) -> None:
        """Number, chain and fold the journal anew, and say so everywhere."""
        head, rewritten = BEGINNING, []
        for seq, line in enumerate(lines, start=1):
            written = line.written | {"seq": seq}
            previous, head = head, line_hash(head, self.manifest.workflow_id, written)
            rewritten.append(line.model_copy(update={"written": written, "previous": previous, "hash": head}))
        self.files[JOURNAL] = line_bytes(tuple(rewritten))
        try:
            state = kind_of_journal(self.manifest.workflow_id).fold(line.entry for line in rewritten)
        except Exception:  # no such journal can be folded: the forger leaves the state as it is
            state = None
        known = Head(seq=len(rewritten), hash=head)
        sheet = self.sheet.model_copy(update={"head": known, "ahead": ahead})
        if state is not None:
            self.files[STATE] = model_bytes(state)
            stage = state.stage if isinstance(state, MonitoringState) else None
            sheet = sheet.model_copy(update={"stage": stage})
        self.files[self.sheet_name] = model_bytes(sheet)
        self.files[MANIFEST] = model_bytes(self.manifest.model_copy(update={"head": known}))

    def replace_line(self, position: int, line: JournalLine) -> None:
        """Change one line of the journal and nothing that follows from it."""
        lines = self.lines
        lines[position] = line
        self.files[JOURNAL] = line_bytes(tuple(lines))

    def seal(self) -> bytes:
        """The bundle with a manifest and a signature that fit."""
        target = BytesIO()
        writer = BundleWriter(target)
        for name in sorted(self.files.keys() - {MANIFEST, SIGNATURE}):
            writer.add(name, self.files[name])
        manifest = model_bytes(
            self.manifest.model_copy(update={"files": tuple(writer.files), "key": self.signer.public_key})
        )
        writer.add(MANIFEST, manifest)
        writer.add(SIGNATURE, self.signer.sign(manifest))
        writer.close()
        return target.getvalue()


def forger_of(content: bytes) -> Forger:
    with ZipFile(BytesIO(content)) as files:
        return Forger({name: files.read(name) for name in files.namelist()})


def zipped(files: dict[str, bytes]) -> bytes:
    """The same files in the same order, with check sums that fit."""
    target = BytesIO()
    writer = BundleWriter(target)
    for name, content in files.items():
        writer.add(name, content)
    writer.close()
    return target.getvalue()


async def verdict(
    content: bytes, where: Path, *, head: str | None = None, key: str | None = None
) -> Wrong | None:
    """What `verify` finds wrong first; None when it finds nothing."""
    path = where / "bundle.zip"
    path.write_bytes(content)
    try:
        await verify(path, ALL_WORKFLOWS, head=head, key=key)
    except Wrong as wrong:
        return wrong
    return None
