"""Pages by cursor: the sort key of the last row, opaque to the caller. New rows never shift a page."""

import base64
import binascii
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Final, Generic, Protocol, TypeVar

from fastapi import Query
from pydantic import BaseModel, Field

from api.problems.problem import Failed, ProblemCode, invalid


class Numbered(Protocol):
    """A line that has a number of its own in its list."""

    @property
    def id(self) -> int: ...


T = TypeVar("T")
N = TypeVar("N", bound=Numbered)
_LONGEST_ID: Final = 18
Key = Callable[[T], tuple[str, ...]]
Limit = Annotated[int, Query(ge=1, le=200, description="How many at most.")]
Cursor = Annotated[str | None, Query(max_length=400, description="`next_cursor` of the page before.")]
AFTER: Final = "after"
BEFORE: Final = "before"


class Page(BaseModel, Generic[T]):
    """A part of a list. `next_cursor` is absent on the last page."""

    items: tuple[T, ...]
    next_cursor: str | None = Field(default=None, examples=["WyIyMDI2LTExLTIzIl0"])


def encode_cursor(*key: str) -> str:
    """The cursor that continues after a row with this sort key."""
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def decode_cursor(cursor: str, parts: int) -> tuple[str, ...]:
    """The sort key in a cursor. Raises Failed (422, bad_cursor) for anything this API did not make."""
    try:
        key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        raise invalid(ProblemCode.BAD_CURSOR, "query:cursor") from None
    if not (isinstance(key, list) and len(key) == parts and all(isinstance(part, str) for part in key)):
        raise invalid(ProblemCode.BAD_CURSOR, "query:cursor")
    if any("\x00" in part or not part.isascii() for part in key):
        raise invalid(ProblemCode.BAD_CURSOR, "query:cursor")
    return tuple(key)


def id_before(cursor: str) -> int:
    """The number in the cursor of a list that is numbered. Raises Failed (422, bad_cursor)."""
    (given,) = decode_cursor(cursor, 1)
    if not given.isdecimal() or len(given) > _LONGEST_ID:
        raise invalid(ProblemCode.BAD_CURSOR, "query:cursor")
    return int(given)


def numbered_page(found: Sequence[N], limit: int) -> "Page[N]":  # pydantic knows no Protocol
    """A page of a numbered list, newest first: `found` are up to `limit + 1` of it from the cursor on."""
    more = len(found) > limit
    return Page(
        items=tuple(found[:limit]),
        next_cursor=encode_cursor(str(found[limit - 1].id)) if more else None,
    )


class Turned(BaseModel):
    """Where in a list the address of a page points: after a row, before one, or at the beginning."""

    after: tuple[str, ...] | None = None
    before: tuple[str, ...] | None = None


class Part(BaseModel, Generic[T]):
    """A part of a list on a page, and the cursors of the parts before and after it."""

    rows: tuple[T, ...]
    before: str | None = None
    after: str | None = None


def turned_to(asked: Mapping[str, str], parts: int) -> Turned:
    """What an address says (`after`, `before`); the beginning where it says nothing that this site made."""
    given = {name: asked[name] for name in (AFTER, BEFORE) if asked.get(name)}
    try:
        return Turned(**{name: decode_cursor(cursor, parts) for name, cursor in given.items()})
    except Failed:
        return Turned()


def part_of(found: Sequence[T], key: Key[T], turned: Turned, most: int) -> Part[T]:
    """Of the rows that were found beyond a cursor, `most` of them, and whether the list goes on either way.

    Found are up to `most + 1` rows in the order of the list, next to the cursor.
    """
    more = len(found) > most
    rows = tuple(found[-most:] if turned.before else found[:most])
    if not rows:
        return Part(rows=())
    goes_back = more if turned.before else turned.after is not None
    goes_on = True if turned.before else more
    return Part(
        rows=rows,
        before=encode_cursor(*key(rows[0])) if goes_back else None,
        after=encode_cursor(*key(rows[-1])) if goes_on else None,
    )


def part_of_all(
    rows: Sequence[T], key: Key[T], turned: Turned, most: int, *, descending: bool = False
) -> Part[T]:
    """The same of a whole list, which is sorted by its key."""

    def beyond(row: T, cursor: tuple[str, ...]) -> bool:
        return key(row) < cursor if descending else key(row) > cursor

    if turned.before is not None:
        before = turned.before
        left = [row for row in rows if key(row) != before and not beyond(row, before)]
        return part_of(left[-most - 1 :], key, turned, most)
    left = [row for row in rows if turned.after is None or beyond(row, turned.after)]
    return part_of(left[: most + 1], key, turned, most)
