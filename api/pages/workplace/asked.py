"""What a reader of the list of monitorings asks for, as it stands in the address: that is its saved view."""

from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import Depends, Request
from pydantic import ValidationError

from api.http.pagination import Turned, turned_to
from api.views.desk_list import PLACED_BY, DeskFilters, is_place
from models.vocabulary.base import Model
from models.words.finding import sought

_FIELDS: Final = ("text", "stage", "kind", "conductor", "sphere", "year", "due", "desk", "sort")


class AskedList(Model):
    """The filters as they stand in the address, and those among them that cannot be read."""

    filters: DeskFilters
    typed: dict[str, str]
    faults: tuple[str, ...]
    turned: Turned

    @property
    def narrowed(self) -> bool:
        """Whether more is asked than words, or than one's own: then all fields are seen."""
        return bool(set(self.typed) - {"text", "desk"} or set(self.faults) - {"text"})

    def query(self, **more: object) -> str:
        """The same view again: in another language, as a file, its next page."""
        return urlencode({**self.typed, **more})


def asked(request: Request) -> AskedList:
    """An empty field does not narrow; a wrong one is named and does not narrow either."""
    given = ((name, request.query_params.get(name, "").replace("\x00", "").strip()) for name in _FIELDS)
    typed = {name: value for name, value in given if value}
    wrong = set()
    if "text" in typed and not sought(typed["text"]):
        wrong.add("text")
    kept = {name: value for name, value in typed.items() if name not in wrong}
    try:
        filters = DeskFilters.model_validate(kept)
    except ValidationError as error:
        wrong |= {str(each["loc"][0]) for each in error.errors()}
        kept = {name: value for name, value in kept.items() if name not in wrong}
        filters = DeskFilters.model_validate(kept)
    turned = turned_to(request.query_params, PLACED_BY)
    named = turned.before or turned.after
    return AskedList(
        filters=filters,
        typed=typed,
        faults=tuple(name for name in _FIELDS if name in wrong),
        turned=turned if named is None or is_place(filters.sort, named) else Turned(),
    )


Wanted = Annotated[AskedList, Depends(asked)]
