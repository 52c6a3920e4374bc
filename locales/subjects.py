"""In which file a text is: one subject, one file in each language. A key's first words say its subject."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

# The longest beginning of a key decides: the pages of a subject lie with the subject.
FILES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "bundle": "bundle",
        "calendar": "calendar",
        "event": "history",
        "field": "fields",
        "field.import_": "importing",
        "follow_up": "follow_up",
        "form": "form",
        "history": "history",
        "letter": "letters",
        "page": "pages",
        "page.calendar": "calendar",
        "page.desk": "desk",
        "page.desk.import_": "importing",
        "page.desk.importing": "importing",
        "page.fault.calendar_": "calendar",
        "page.fault.desk_": "desk",
        "page.fault.desk_import_": "importing",
        "page.fault.registries_": "registries",
        "page.figures": "public",
        "page.history": "history",
        "page.implementation": "follow_up",
        "page.keys": "bundle",
        "page.list": "public",
        "page.mail": "mail",
        "page.public": "public",
        "page.register": "register",
        "page.registries": "registries",
        "page.rules": "rules",
        "page.sign_in": "sign_in",
        "page.workplace": "workplace",
        "problem": "problems",
        "problem.import_": "importing",
        "refused": "refusals",
        "register": "register",
        "rules": "rules",
        "say": "terms",
        "sign_in": "sign_in",
        "term": "terms",
        "term.sign": "mail",
        "term.sort": "mail",
        "term.told": "mail",
        "term.letter_kind": "letters",
        "term.way_in": "sign_in",
    }
)


def file_of(key: str) -> str | None:
    """The name of the file for a key, without its ending; nothing for a word that names no subject."""
    beginnings = [each for each in FILES if f"{key}.".startswith(each if each.endswith("_") else f"{each}.")]
    return FILES[max(beginnings, key=len)] if beginnings else None
