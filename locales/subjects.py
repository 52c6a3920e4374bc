"""In which file a text is: one subject, one file in each language. A key's first words say its subject."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

# The longest beginning of a key decides: the pages of a subject lie with the subject.
FILES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "alerts": "alerts",
        "bundle": "bundle",
        "calendar": "calendar",
        "digest": "people",
        "event": "history",
        "field": "fields",
        "field.import_": "importing",
        "follow_up": "follow_up",
        "form": "form",
        "history": "history",
        "letter": "letters",
        "page": "pages",
        "page.alerts": "alerts",
        "page.calendar": "calendar",
        "page.desk": "desk",
        "page.desk.import_": "importing",
        "page.desk.importing": "importing",
        "page.fault.calendar_": "calendar",
        "page.fault.desk_": "desk",
        "page.fault.desk_import_": "importing",
        "page.fault.long_reply_": "replies",
        "page.fault.registries_": "registries",
        "page.figures": "public",
        "page.history": "history",
        "page.implementation": "follow_up",
        "page.keys": "bundle",
        "page.list": "public",
        "page.long_reply": "replies",
        "page.mail": "mail",
        "page.personal_data": "personal_data",
        "page.public": "public",
        "page.register": "register",
        "page.registries": "registries",
        "page.rules": "rules",
        "account": "people",
        "deputy": "people",
        "page.deputies": "people",
        "page.settings": "people",
        "page.sign_in": "sign_in",
        "page.workplace": "workplace",
        "problem": "problems",
        "problem.import_": "importing",
        "refused": "refusals",
        "register": "register",
        "reply": "replies",
        "rules": "rules",
        "say": "terms",
        "sign_in": "sign_in",
        "term": "terms",
        "term.sign": "mail",
        "term.sort": "mail",
        "term.told": "mail",
        "term.access_way": "personal_data",
        "term.ending": "personal_data",
        "term.held": "personal_data",
        "term.letter_kind": "letters",
        "term.personal_data": "personal_data",
        "term.reception": "registries",
        "term.way_in": "sign_in",
        "term.webhook_state": "registries",
        "file_schedule": "registries",
        "term.scheduled_register": "registries",
        "term.file_format": "registries",
        "term.rhythm": "registries",
        "term.file_outcome": "registries",
    }
)


def file_of(key: str) -> str | None:
    """The name of the file for a key, without its ending; nothing for a word that names no subject."""
    beginnings = [each for each in FILES if f"{key}.".startswith(each if each.endswith("_") else f"{each}.")]
    return FILES[max(beginnings, key=len)] if beginnings else None
