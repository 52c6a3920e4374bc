"""What an auditor follows from an entry to a text: every field of the type `Note`, and no other."""

from collections.abc import Iterator
from typing import get_args

import pytest
from pydantic import BaseModel

from models.commands import NewAddressee
from models.events import Event
from models.proof.references import NOTE_FIELDS
from models.vocabulary.procedure import Sha256
from models.vocabulary.texts import NoteHash

EVENTS: tuple[type[BaseModel], ...] = get_args(get_args(Event)[0])
FILES_BY_HASH = {"excerpt", "eml", "kept", "sha256"}


def hash_fields(model: type[BaseModel]) -> Iterator[str]:
    """Fields that hold a hash. `Note` is another name of `Sha256`: only the name tells them apart."""
    pattern = get_args(Sha256)[1].metadata[0].pattern
    for name, field in model.model_fields.items():
        if pattern in str(field) or pattern in str(field.annotation):
            yield name


@pytest.mark.parametrize("model", [*EVENTS, NewAddressee], ids=lambda model: model.__name__)
def test_every_hash_of_a_text_is_followed(model: type[BaseModel]) -> None:
    assert NoteHash is Sha256
    known = NOTE_FIELDS | FILES_BY_HASH
    assert set(hash_fields(model)) <= known, (
        f"models/proof/references.py does not follow a field of {model.__name__}"
    )
