"""The environment of a program that nobody has told about keys."""

import os
from base64 import b64encode
from typing import Final

SIGNING_KEY: Final = b64encode(bytes(range(32))).decode()


def without_payload_settings() -> dict[str, str]:
    """This process's environment without a word on encryption, and with all else a start needs."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PAYLOAD_")}
    return kept | {"LINK_SECRET": "a-secret-of-these-tests-and-no-other", "SIGNING_KEY": SIGNING_KEY}
