"""Parts of a form that have a page of their own: each is saved by itself into the one draft of the form."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from api.pages.forms.typed import SAVED, Typed

SHOWN: Final = "shown"
"""The field in which the page of a part says which marks of it were shown."""
_MARK: Final = 16  # characters of a hash that tell the states of one part of one form apart


@dataclass(frozen=True)
class Part:
    """Some fields of a form, by their names."""

    name: str
    fields: frozenset[str]

    @property
    def saved(self) -> str:
        return f"{SAVED}{self.name}"

    def of(self, typed: Typed) -> Typed:
        """What was typed into it; an empty field says as much as none."""
        said = {name: typed.all(name) for name in sorted(self.fields)}
        return Typed(
            fields={name: values for name, values in said.items() if any(values)}, unseen=typed.unseen
        )

    def in_place(self, whole: Typed, typed: Typed) -> Typed:
        """The whole form with this part of it as `typed` has it."""
        others = {name: values for name, values in whole.fields.items() if name not in self.fields}
        return Typed(fields={**others, **self.of(typed).fields}, unseen=whole.unseen | typed.unseen)

    def mark(self, typed: Typed) -> str:
        """Tells whether two states of the part say the same."""
        said = json.dumps(self.of(typed).fields, ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()[:_MARK]

    def saved_by(self, typed: Typed) -> str:
        """By whose link it was saved, where several letters share the draft; empty where nobody knows."""
        return "".join(typed.all(self.saved)[1:2])

    def empty(self, typed: Typed) -> bool:
        return not self.of(typed).fields

    def saved_at(self, typed: Typed) -> datetime | None:
        """When it was saved (UTC), where that is known."""
        try:
            at = datetime.fromisoformat(typed.one(self.saved))
        except ValueError:
            return None
        return at if at.tzinfo else None
