"""The environment of a program that nobody has told about keys."""

import os


def without_payload_settings() -> dict[str, str]:
    """This process's environment without a word on encryption, and with all else a start needs."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PAYLOAD_")}
    return kept | {"LINK_SECRET": "a-secret-of-these-tests-and-no-other"}
