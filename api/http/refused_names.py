"""The names of the bodies that refusals are about: a sentence names a body as the registry does."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

import psycopg
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.bodies import names_of
from activities.registries.local_day import local_day
from activities.registries.names_today import names_today
from api.http.deps import moment
from api.problems.wording import NOTHING_NAMED
from api.services.services import Services
from models.vocabulary.procedure import Language
from models.vocabulary.refusal import Refusal

_OF_BODIES: Final = ("organisation", "successor", "subject")
_SAID_BY_ITSELF: Final = frozenset({"recipient_is_nobody"})
"""Sentences that say themselves that a body is no more."""


async def names_in(services: Services, refusals: Iterable[Refusal], language: Language) -> Mapping[str, str]:
    """By id, in the reader's language, as they stand today. None while the database is away: a sentence
    with an id in it is better than no answer."""
    refusals = tuple(refusals)
    if not _bodies(refusals):
        return NOTHING_NAMED
    try:
        async with services.sessions() as session:
            return await names_said(session, local_day(moment()), refusals, language)
    except (SQLAlchemyError, psycopg.Error, OSError):
        return NOTHING_NAMED


async def names_said(
    session: AsyncSession, day: date, refusals: Iterable[Refusal], language: Language
) -> Mapping[str, str]:
    """The same by a session that is open. Beside a body that is no more stands whoever came after it."""
    refusals = tuple(refusals)
    itself = [refusal for refusal in refusals if refusal.code in _SAID_BY_ITSELF]
    own = await names_of(session, day, _bodies(itself)) if itself else {}
    names = await names_today(session, day, _bodies(refusals)) | own
    return {body: name.best(language) for body, name in names.items()}


def _bodies(refusals: Iterable[Refusal]) -> frozenset[str]:
    given = (refusal.params.get(name) for refusal in refusals for name in _OF_BODIES)
    return frozenset(each for each in given if each)
