"""Lists that come in pages, and the feed of events, read on by their cursors."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic, Protocol, TypeVar

import httpx

T_co = TypeVar("T_co", covariant=True)
E = TypeVar("E")
LONGEST_WAIT: Final = 25
"""Seconds; the API waits no longer for an event."""


class Page(Protocol[T_co]):
    """A part of a list, as the models of the API have it."""

    @property
    def items(self) -> Sequence[T_co]: ...

    @property
    def next_cursor(self) -> object: ...


class Answered(Protocol[T_co]):
    """An answer with its headers."""

    @property
    def parsed(self) -> Sequence[T_co] | None: ...

    @property
    def headers(self) -> Mapping[str, str]: ...


def every(read: Callable[..., Page[E]], **asked: object) -> Iterator[E]:
    """What a list has, page after page: `every(list_monitorings.sync, client=client, year=2026)`."""
    cursor: dict[str, str] = {}
    while True:
        page = read(**asked, **cursor)
        yield from page.items
        if not isinstance(page.next_cursor, str):
            return
        cursor = {"cursor": page.next_cursor}


@dataclass(frozen=True)
class Batch(Generic[E]):
    """Events in the order of recording, and where to read on once they are dealt with."""

    events: Sequence[E]
    cursor: str


def follow(
    read: Callable[..., Answered[E]], *, cursor: str | None = None, wait: int = LONGEST_WAIT, **asked: object
) -> Iterator[Batch[E]]:
    """The feed without an end: `follow(list_events.sync_detailed, client=client, cursor=kept)`.

    Batches may be empty: nothing happened for `wait` seconds. Whoever keeps a batch's cursor after having
    dealt with its events misses none and reads on there another day. With `wait=0` the feed ends where there
    is nothing more yet.
    """
    while True:
        known = {} if cursor is None else {"cursor": cursor}
        answer = read(**asked, **known, wait=wait)
        cursor = cursor_of(answer.headers)
        yield Batch(answer.parsed or [], cursor)
        if not wait and not answer.parsed:
            return


def cursor_of(headers: Mapping[str, str]) -> str:
    """The cursor in an answer's `Link`. Raises KeyError where the answer has none."""
    links = httpx.Response(200, headers={"Link": headers["Link"]}).links
    return httpx.URL(links["next"]["url"]).params["cursor"]
