"""The whole check, in the order of trust: bytes, chain, fold, histories, content, letters."""

from collections.abc import Sequence
from pathlib import Path

from activities.proofs.bundle.container import BrokenContainer, BundleReader
from activities.proofs.verification.chain import check_chain, check_fold
from activities.proofs.verification.content import check_content
from activities.proofs.verification.found import Wrong
from activities.proofs.verification.histories import check_histories
from activities.proofs.verification.letters import check_letters
from activities.proofs.verification.opened import Opened
from models.proof.bundle import JOURNAL, JournalLine, Manifest


async def verify(
    path: Path, workflows: Sequence[type], *, head: str | None = None, key: str | None = None
) -> Manifest:
    """Check a bundle; returns its manifest. Raises `Wrong` at the first thing that is not as it must be.

    `head` is a journal's hash printed in a letter or on a page, `key` the public key of the installation.
    """
    with path.open("rb") as file:
        try:
            reader = BundleReader(file)
        except BrokenContainer as broken:
            raise Wrong("the ZIP", str(broken)) from None
        with reader:
            bundle = Opened(reader, key)
            lines = bundle.lines(JOURNAL, JournalLine)
            check_chain(bundle, lines, head)
            state = check_fold(bundle, lines)
            await check_histories(bundle, lines, workflows)
            check_content(bundle, lines)
            check_letters(bundle, lines, state)
            return bundle.manifest
