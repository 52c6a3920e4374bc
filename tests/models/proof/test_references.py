"""What an auditor follows from an entry to a text: every field of the type `Note`, and no other."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import get_args

import pytest
from pydantic import BaseModel

from models.commands import NewAddressee
from models.events import ConductConfirmed, ConsiderationRecorded, Entry, Event
from models.proof.references import NOTE_FIELDS, files_of
from models.vocabulary.actors import SYSTEM
from models.vocabulary.procedure import CouncilOutcome, Sha256
from models.vocabulary.texts import NoteHash

EVENTS: tuple[type[BaseModel], ...] = get_args(get_args(Event)[0])
FILES_BY_HASH = {"act", "excerpt", "eml", "kept", "sha256"}


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


@pytest.mark.parametrize("excerpt", ["e" * 64, None])
def test_an_excerpt_of_minutes_is_a_file_of_its_entry(excerpt: Sha256 | None) -> None:
    event = ConsiderationRecorded(
        item="c1",
        considered_on=date(2026, 9, 1),
        minutes_number="4",
        outcome=CouncilOutcome.SUPPORTED,
        excerpt=excerpt,
    )
    entry = Entry(seq=1, at=datetime(2026, 9, 1, tzinfo=UTC), actor=SYSTEM, event=event)
    assert list(files_of(entry)) == ([excerpt] if excerpt else [])


@pytest.mark.parametrize("act", ["f" * 64, None])
def test_the_act_of_a_co_conductor_is_a_file_of_its_entry(act: Sha256 | None) -> None:
    event = ConductConfirmed(organisation="ministry", own_word=act is None, act=act)
    entry = Entry(seq=1, at=datetime(2026, 9, 1, tzinfo=UTC), actor=SYSTEM, event=event)
    assert list(files_of(entry)) == ([act] if act else [])
