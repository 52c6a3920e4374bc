"""`python verify.py BUNDLE [--head HASH] [--key KEY]`: is this what happened? Needs no server, no network."""

import asyncio
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from activities.proofs.code_version import code_version
from activities.proofs.verification.found import Wrong
from activities.proofs.verification.verify import verify
from models.proof.bundle import Manifest
from workflows import ALL_WORKFLOWS

ExistingFile = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The ZIP file.")]
Head = Annotated[str | None, typer.Option(help="The journal's hash printed in a letter or on a page.")]
Key = Annotated[str | None, typer.Option(help="The public key shown on the page /keys.")]


def check(bundle: ExistingFile, head: Head = None, key: Key = None) -> None:
    """Recompute every hash, the signature and the chain; fold the journal; replay the histories; compare."""
    try:
        manifest = asyncio.run(verify(bundle, ALL_WORKFLOWS, head=head or None, key=key or None))
    except Wrong as wrong:
        _leave(f"NOT VERIFIED. {wrong}", 1)
    else:
        _leave(_praise(manifest, bool(head), bool(key)), 0)


def _praise(manifest: Manifest, head: bool, key: bool) -> str:
    made = manifest.code
    lines = [
        f"Verified: {manifest.number}, {manifest.head.seq} entries, {len(manifest.files)} files, "
        f"made {manifest.generated_at:%Y-%m-%d %H:%M} UTC "
        f"by release {made.version} (code {made.fingerprint[:12]}).",
        f"Head of the journal: {manifest.head.hash}",
    ]
    if made != code_version():
        lines.append(
            f"This is another release ({code_version().version}); it agrees with the one that made it."
        )
    if not key:
        lines.append(
            f"Signed with the key {manifest.key}: compare it with the page /keys, or give it as --key."
        )
    if not head:
        lines.append(
            "A head printed in a letter or on a page, given as --head, proves that nothing was made anew."
        )
    return "\n".join(lines)


def _leave(words: str, code: int) -> None:
    """The SDK's native threads can abort the interpreter's exit (sdk-python#300)."""
    print(words)
    sys.stdout.flush()
    os._exit(code)


if __name__ == "__main__":
    typer.run(check)
