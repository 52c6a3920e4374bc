"""The parts of a long reply: one for each item, and one for the words on the whole and who signs."""

from typing import Final

from api.pages.forms.parts import Part
from api.pages.forms.uploads import ATTACHED
from models.vocabulary.procedure import Id, Response

LONG: Final = 6
"""From so many items on a reply is a list of tasks with a page for each."""
WHOLE: Final = Part(name="", fields=frozenset({"text", ATTACHED, "respondent", "post"}))


def part_of(item: Id) -> Part:
    """What is typed of one item."""
    names = ("response", "reason", "planned", ATTACHED)
    return Part(name=item, fields=frozenset(f"{name}-{item}" for name in names))


def places_of(item: Id) -> tuple[str, ...]:
    """What a fault or a line to be changed may point at on an item's page."""
    first = f"response-{item}"
    chosen = (f"{first}-{response.value}" for response in Response)
    return (first, *chosen, f"reason-{item}", f"planned-{item}", f"upload-{item}")
