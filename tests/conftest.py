"""Fixtures for all tests: the real parts of `tests/fixtures/`."""

import os

# Stories are played in the clear, said explicitly: their histories are kept to be read (`tests/replay`).
# Encryption has its own tests (`tests/confidential`), and the whole stack is tested with it (`tests/e2e`).
os.environ["PAYLOAD_ENCRYPTION"] = "off"
os.environ.pop("PAYLOAD_KEYS", None)

pytest_plugins = [
    "tests.fixtures.cold",
    "tests.fixtures.cycles",
    "tests.fixtures.limit",
    "tests.fixtures.servers",
    "tests.fixtures.sharing",
    "tests.fixtures.stack",
    "tests.fixtures.statements",
]
