"""A particular of several parts: each on a line of its own, in both forms of a letter."""

from collections.abc import Sequence
from typing import Final

DASH: Final = "– "


def in_lines(parts: Sequence[str]) -> str:
    """One part stands beside its label; several are a list below it."""
    return parts[0] if len(parts) == 1 else "\n".join(f"{DASH}{part}" for part in parts)
