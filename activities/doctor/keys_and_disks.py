"""What lies on this machine: keys, room on disks, copies."""

import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from activities.doctor.finding import Finding, broken, doubtful, sound
from models.settings.environment import LEAST_LINK_SECRET, Settings
from models.settings.payload_keys import BadPayloadKeys, PayloadEncryption

_SECRETS: Final = "Changing a secret"
_COPIES: Final = "Copying (daily, and before every upgrade)"
_MEGABYTE: Final = 1024 * 1024
_HOUR: Final = 3600.0
_COPY: Final = "*.dump"


def keys(given: Settings) -> Sequence[Finding]:
    """Present, and an older one kept where there was one. No key is shown."""
    return [_of_payloads(given), _of_links(given), _of_bundles(given)]


def _of_payloads(given: Settings) -> Finding:
    try:
        known = given.keys_of_payloads()
    except BadPayloadKeys as why:
        return broken("keys", str(why), "Set PAYLOAD_KEYS; a key that is lost is a lost history.", _SECRETS)
    if given.payload_encryption is PayloadEncryption.OFF:
        said = "Histories are not encrypted: whoever reaches Temporal reads them."
        return doubtful(
            "keys", said, "Outside of a trial set PAYLOAD_KEYS and PAYLOAD_ENCRYPTION=on.", _SECRETS
        )
    first, *older = (key.id for key in known)
    kept = f"; kept for older histories: {', '.join(older)}" if older else ", the only one so far"
    return sound("keys", f"Histories are encrypted with the key {first}{kept}.")


def _of_links(given: Settings) -> Finding:
    current, *former = given.link_secrets()
    if len(current) < LEAST_LINK_SECRET:
        said = "LINK_SECRET is not set, or so short that it can be guessed."
        return broken("keys", said, "openssl rand -hex 32", _SECRETS)
    kept = f"; {len(former)} earlier ones still open links" if former else ""
    return sound("keys", f"The secret that signs links is set{kept}.")


def _of_bundles(given: Settings) -> Finding:
    if not given.signing_key.get_secret_value():
        return broken(
            "keys", "SIGNING_KEY is not set: no bundle can be signed.", "openssl rand -base64 32", _SECRETS
        )
    former = [key for key in given.former_public_keys.split(",") if key.strip()]
    kept = f"; {len(former)} earlier public keys are shown beside it" if former else ""
    return sound("keys", f"The key that signs bundles is set{kept}.")


def disks(given: Settings) -> Sequence[Finding]:
    """Room on the disks that are named; on this one where none is."""
    paths = [Path(path.strip()) for path in given.disk_paths.split(",") if path.strip()] or [Path("/")]
    return [_room(path, given.disk_free_megabytes) for path in paths]


def _room(path: Path, least: int) -> Finding:
    try:
        free = shutil.disk_usage(path).free // _MEGABYTE
    except OSError:
        return doubtful("disk", f"{path} of DISK_PATHS is not there.", "Set DISK_PATHS right.", "Watching")
    if free < least:
        said = f"{path} has {free} MB left, less than DISK_FREE_MEGABYTES ({least})."
        return broken("disk", said, "Make room on it.", "Watching")
    return sound("disk", f"{path} has {free} MB left.")


def copies(given: Settings) -> Finding:
    """How old the newest copy is."""
    if not given.copies_path:
        said = "Where copies of the stores are laid is not known here."
        return doubtful("copies", said, "Set COPIES_PATH to where the daily copies are laid.", _COPIES)
    laid = [path.stat().st_mtime for path in Path(given.copies_path).rglob(_COPY)]
    if not laid:
        return broken("copies", f"There is no copy in {given.copies_path}.", "Copy both stores now.", _COPIES)
    hours = (time.time() - max(laid)) / _HOUR
    if hours > given.copies_within_hours:
        said = f"The newest copy is {hours:.0f} hours old, more than COPIES_WITHIN_HOURS."
        return broken("copies", said, "Copy both stores now, and look why nobody did.", _COPIES)
    return sound("copies", f"The newest copy is {hours:.0f} hours old.")
