"""A letter of no proceeding that is to be sent, as a row."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from activities.registries.local_day import local_day
from models.tables.service_letters import ServiceLetterRow
from models.vocabulary.procedure import Id
from models.vocabulary.service_letters import ServiceLetterKind


def letter_made(
    kind: ServiceLetterKind, about: Id, now: datetime, listed: Sequence[str] = ()
) -> ServiceLetterRow:
    """The caller adds it, and commits."""
    return ServiceLetterRow(
        id=uuid4().hex,
        kind=kind.value,
        about=about,
        listed=list(listed),
        made_on=local_day(now),
        made_at=now,
        next_try_at=now,
    )
