"""A page as it was on a day, `?on=2026-11-03`: which day is asked for, and how things stood then."""

from datetime import date
from typing import Final

from fastapi import Request
from sqlmodel.ext.asyncio.session import AsyncSession

from api.history.as_it_was import NotBegun, Stood, stood_on
from api.pages.site.routing import readers_language
from api.pages.site.stopping import Elsewhere, StopKind, Stopped
from locales.dates import say_date
from models.proceeding.fold import BrokenJournal
from models.vocabulary.access import Action

ON: Final = "on"
READING: Final = frozenset(
    {
        Action.READ_PUBLISHED,
        Action.READ_SENT,
        Action.READ_OWN,
        Action.READ_ALL,
        Action.READ_NAMING,
        Action.READ_AS_MEMBER,
        Action.READ_REGISTRIES,
        Action.READ_CONSOLIDATION,
    }
)
"""All that can be done on a day that is over. Whose right it is, today decides."""


async def looked_back(request: Request, session: AsyncSession, workflow_id: str, today: date) -> Stood | None:
    """How it stood on the day that the address asks for; None where it asks for no day.

    Raises Stopped for a day that is none, is to come, was before the beginning, or cannot be told; Elsewhere,
    to the page itself, for today, which is not over.
    """
    asked = request.query_params.get(ON, "").strip()
    if not asked:
        return None
    language = readers_language(request)
    here = f"{request.url.path}?lang={language.value}"
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        raise Stopped(StopKind.NO_DAY, back=here) from None
    if day == today:
        raise Elsewhere(here)
    if day > today:
        raise Stopped(StopKind.DAY_AHEAD, back=here, said={"day": say_date(language, day)})
    try:
        return await stood_on(session, workflow_id, day)
    except NotBegun as begins:
        first = say_date(language, begins.first) if begins.first else "—"
        said = {"day": say_date(language, day), "first": first}
        raise Stopped(StopKind.DAY_BEFORE, back=here, said=said) from None
    except BrokenJournal:
        raise Stopped(StopKind.DAY_UNTOLD, back=here, said={"day": say_date(language, day)}) from None
