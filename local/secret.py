"""Secrets of a local stack: made once at random, readable by their owner only."""

import os
import secrets
from pathlib import Path


def lasting_secret(path: Path) -> str:
    """The secret in the file, created with 256 random bits when there is none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        secret = secrets.token_urlsafe(32)
        file.write(secret)
    return secret
