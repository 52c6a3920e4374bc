"""The journal is a chain: each line carries the hash of the one before, so that a changed line shows."""

import hashlib
import json

from models.events import Entry

BEGINNING = "0" * 64


def entry_hash(previous: str, workflow_id: str, entry: Entry) -> str:
    """SHA-256 over the hash before, the workflow's id and the entry in canonical JSON (sorted, no spaces)."""
    line = json.dumps(
        {"previous": previous, "workflow": workflow_id, "entry": entry.model_dump(mode="json")},
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(line.encode()).hexdigest()
