"""Pages by cursor: the sort key of the last row, opaque to the caller. New rows never shift a page."""

import base64
import binascii
import json
from typing import Annotated, Final, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel, Field

from api.problems.problem import ProblemCode, invalid

T = TypeVar("T")
_LONGEST_ID: Final = 18
Limit = Annotated[int, Query(ge=1, le=200, description="How many at most.")]
Cursor = Annotated[str | None, Query(max_length=400, description="`next_cursor` of the page before.")]


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
