"""What a reader of a timeline asks for: its filters, as they stand in the address."""

from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import Depends, Request
from pydantic import ValidationError

from api.history.filters import HistoryFilters
from models.vocabulary.base import Model

_FIELDS: Final = ("actor", "type", "rule", "since", "until")


class Asked(Model):
    """The filters as they stand in the address, and the fields among them that cannot be read."""

    filters: HistoryFilters
    typed: dict[str, str]
    faults: tuple[str, ...] = ()

    def query(self, **more: str) -> str:
        """The same view again, in another language or as a file."""
        return urlencode({**self.typed, **more})


def asked(request: Request) -> Asked:
    """An empty field does not narrow; a wrong one is named and does not narrow either."""
    given = ((name, request.query_params.get(name, "").strip()) for name in _FIELDS)
    typed = {name: value for name, value in given if value}
    faults: tuple[str, ...] = ()
    try:
        filters = HistoryFilters.model_validate(typed)
    except ValidationError as error:
        wrong = {str(each["loc"][0]) for each in error.errors()}
        faults = tuple(name for name in _FIELDS if name in wrong)
        kept = {name: value for name, value in typed.items() if name not in wrong}
        filters = HistoryFilters.model_validate(kept)
    return Asked(filters=filters, typed=typed, faults=faults)


Wanted = Annotated[Asked, Depends(asked)]
