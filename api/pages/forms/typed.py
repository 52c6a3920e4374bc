"""What somebody typed, and what is wrong with it. Nothing typed is ever thrown away because of an error."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Final, TypeVar

from fastapi import Request
from pydantic import Field
from starlette.datastructures import FormData, UploadFile

from api.http.requests import EARLIEST, LATEST
from api.http.sieve import TEXT_BYTES
from models.vocabulary.base import Model
from models.vocabulary.texts import says_something, writable

E = TypeVar("E", bound=StrEnum)
LINE: Final = 300
TEXT: Final = 20_000
_PARTS: Final = 5_000  # fields, and as many places for files: a report may have five hundred items
_OF_PAGE: Final = frozenset({"action", "draft", "key", "shown"})
SAVED: Final = "saved-"
"""Begins the field of a draft that says when a part of it was saved (UTC, ISO 8601)."""
SAVED_BY: Final = f"{SAVED}/by"
"""The field of a draft that says by whose link it was saved, where several letters share it."""
_CHOICE: Final = re.compile(r"[a-z][0-9a-z_-]*")  # the value of a box or button; not what a person wrote
_DATES: Final = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y")


class Typed(Model):
    """Field by field, as typed; a field may have several values (boxes)."""

    fields: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    unseen: frozenset[str] = frozenset()  # fields from which marks that nobody sees were taken

    def one(self, name: str) -> str:
        """The value of a field; empty where nothing was typed."""
        return next(iter(self.fields.get(name, ())), "")

    def all(self, name: str) -> tuple[str, ...]:
        return self.fields.get(name, ())

    def with_values(self, name: str, values: tuple[str, ...]) -> "Typed":
        return Typed(fields={**self.fields, name: values}, unseen=self.unseen)


async def fields_of(request: Request) -> FormData:
    """A form as it was sent; how large it may be, the door said (`api/http/sieve.py`)."""
    return await request.form(max_files=_PARTS, max_fields=_PARTS, max_part_size=TEXT_BYTES)


def typed_in(form: FormData) -> Typed:
    """The texts of a form as it was sent."""
    fields: dict[str, tuple[str, ...]] = {}
    unseen: set[str] = set()
    for name, value in form.multi_items():
        if not isinstance(value, UploadFile):
            field, typed, composed = _storable(name), _storable(value), _composed(value)
            fields[field] = (*fields.get(field, ()), typed)
            if typed != composed:
                unseen.add(field)
    return Typed(fields=fields, unseen=frozenset(unseen))


def written(typed: Typed) -> tuple[str, ...]:
    """What was written out in the fields, to be read where there is no form to show it in."""
    own = (name for name in typed.fields if name not in _OF_PAGE and not name.startswith(SAVED))
    values = (value for name in own for value in typed.all(name))
    return tuple(value for value in values if value.strip() and not _CHOICE.fullmatch(value))


def _composed(text: str) -> str:
    """NFC, line ends as LF."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n"))


def _storable(text: str) -> str:
    """Without the control characters that pasting brings along and databases refuse."""
    return writable(_composed(text))


class Fault(Model):
    """A field that cannot be taken yet; `key` is `page.fault.<key>`, in words that say how to mend it.

    Where a form asks the same of several items, `params` names the `item` as its heading does.
    """

    field: str
    key: str
    params: dict[str, str | int] = Field(default_factory=dict)


class Reader:
    """Reads values from what was typed and collects the faults, so that a person mends them in one go."""

    def __init__(self, typed: Typed) -> None:
        self._typed = typed
        self.faults: list[Fault] = []

    def fault(self, field: str, key: str, **params: str | int) -> None:
        self.faults.append(Fault(field=field, key=key, params=params))

    def text(self, field: str, missing: str = "", limit: int = TEXT, **params: str | int) -> str:
        """A text of several lines; `missing` is the fault of an empty one, none where it may be empty.

        A text without a letter or a figure is none.
        """
        text = self._typed.one(field).strip()
        if missing and not says_something(text):
            self.fault(field, missing, **params)
        elif field in self._typed.unseen:
            # As the API refuses them: a text is never another one than was sent. The form holds it without.
            self.fault(field, "unseen", **params)
        if len(text) > limit:
            self.fault(field, "too_long", limit=limit, length=len(text), **params)
        return text[:limit]

    def line(self, field: str, missing: str = "", **params: str | int) -> str:
        """A text of one line."""
        return " ".join(self.text(field, missing, LINE, **params).split())

    def choice(self, field: str, kinds: type[E], missing: str, **params: str | int) -> E | None:
        """One of several answers."""
        chosen = self._typed.one(field)
        if chosen in {kind.value for kind in kinds}:
            return kinds(chosen)
        self.fault(field, missing, **params)
        return None

    def day(self, field: str, missing: str = "", **params: str | int) -> date | None:
        """A local date, as a browser's calendar gives it or as people type it: 22.11.2026."""
        typed = self._typed.one(field).strip()
        if not typed:
            if missing:
                self.fault(field, missing, **params)
            return None
        day = _parsed(typed)
        if day is None:
            self.fault(field, "date_unreadable", **params)
            return None
        if not EARLIEST <= day <= LATEST:
            self.fault(field, "date_bounds", **params, **BOUNDS)
            return None
        return day


BOUNDS: Final[Mapping[str, str]] = {
    "earliest": EARLIEST.strftime("%d.%m.%Y"),
    "latest": LATEST.strftime("%d.%m.%Y"),
}


def _parsed(typed: str) -> date | None:
    for pattern in _DATES:
        try:
            return datetime.strptime(typed, pattern).date()  # noqa: DTZ007 - a date has no zone
        except ValueError:
            continue
    return None
