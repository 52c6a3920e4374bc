"""Numbers as people list them: «3, 7-9; 12»."""

import re
from typing import Final

_MOST: Final = 10_000
_LONGEST: Final = 7
_PART: Final = re.compile(rf"([0-9]{{1,{_LONGEST}}})(?:\s*[-–—]\s*([0-9]{{1,{_LONGEST}}}))?")


def numbers_listed(written: str) -> frozenset[int] | None:
    """The numbers, each once; None where something is no number, a range runs backwards, or there are too
    many."""
    found: set[int] = set()
    for part in re.split(r"[,;]", written):
        if not part.strip():
            continue
        said = _PART.fullmatch(part.strip())
        if said is None:
            return None
        first, last = int(said[1]), int(said[2] or said[1])
        if last < first or last - first >= _MOST or len(found) > _MOST:
            return None
        found |= set(range(first, last + 1))
    return frozenset(found)


def as_listed(numbers: frozenset[int]) -> str:
    """The same the other way: neighbours as a range."""
    parts: list[list[int]] = []
    for number in sorted(numbers):
        if parts and number == parts[-1][-1] + 1:
            parts[-1] = [parts[-1][0], number]
        else:
            parts.append([number])
    return ", ".join("-".join(map(str, part)) for part in parts)
