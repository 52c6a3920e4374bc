"""Long lists of one monitoring, a part at a time: by their order in it, so that nothing shifts a page."""

from collections.abc import Mapping, Sequence
from typing import Final, TypeVar

from api.http.pagination import Part, part_of_all, turned_to

T = TypeVar("T")
AT_ONCE: Final = 60


def turned(rows: Sequence[T], asked: Mapping[str, str], at_once: int = AT_ONCE) -> Part[T]:
    """The part that an address points to (`after`, `before`); the beginning where it says nothing."""
    numbered = [(f"{index:06d}", row) for index, row in enumerate(rows)]
    part = part_of_all(numbered, lambda each: (each[0],), turned_to(asked, 1), at_once)
    return Part(rows=tuple(row for _, row in part.rows), before=part.before, after=part.after)
