"""Deadlines of a monitoring, each with its basis, and how its day came about."""

from typing import Annotated

from fastapi import Path

from activities.registries.calendars import calendar_in
from api.access.policy import ANY_READ, Access
from api.access.routing import monitoring_router, permit
from api.calendar.store import edition_of
from api.history.extensions import extensions_said
from api.http.deps import Session, Today
from api.http.languages import ReadersLanguage
from api.problems.problem import ProblemCode, not_found
from api.views.deadlines import (
    DeadlineExplanationView,
    DeadlineView,
    deadline_view,
    deadlines_seen,
    explained,
)
from models.vocabulary.procedure import Id

router = monitoring_router("replies")
DeadlineInPath = Annotated[Id, Path(description="The deadline's id.", examples=["reply:akimat-sary"])]


@router.get("/deadlines")
async def list_deadlines(
    access: Annotated[Access, permit(*ANY_READ)], today: Today, language: ReadersLanguage
) -> tuple[DeadlineView, ...]:
    """All deadlines: what each rests on, how far it binds, how much time is left, when it speaks.

    Those to whom only the report was sent see the deadline of their own reply.
    """
    state = access.state
    return tuple(deadline_view(deadline, state, today, language) for deadline in deadlines_seen(access))


@router.get("/deadlines/{deadline}/explanation")
async def explain_deadline_of_monitoring(
    deadline: DeadlineInPath,
    access: Annotated[Access, permit(*ANY_READ)],
    session: Session,
    today: Today,
    language: ReadersLanguage,
) -> DeadlineExplanationView:
    """How a due day came about: every day skipped or counted, and under which act; who extended it."""
    found = next((each for each in deadlines_seen(access) if each.id == deadline), None)
    if found is None:
        raise not_found(ProblemCode.ITEM_UNKNOWN, item=deadline)
    row = await edition_of(session, found.calendar)
    extended = [found.id] if found.extensions else []
    by = await extensions_said(session, access.state, extended, language, today)
    edition = calendar_in(row) if row else None
    return explained(found, access.state, edition, by.get(found.id, ()), today, language)
